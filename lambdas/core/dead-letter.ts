import * as z from 'zod';
import { NOBODY } from './account.ts';
import { CaptureMessage } from './capture-message.ts';
import { Erasure } from './erasure.ts';
import { jsonIn } from './json.ts';
import { ProcessMessage } from './owner-message.ts';
import { ReplayMessage } from './replay.ts';
import { keysIn } from './s3-events.ts';
import { SyncMessage } from './sync.ts';
import { deliveryOf, type StoredPorts } from './stored-events.ts';

/** A message that was given up. */
export interface DeadLetter {
  id: string;
  /** Which queue it came from: `capture`. */
  queue: string;
  body: string;
  /** Why, in a sentence that names no person. */
  cause: string;
  /** When it was sent first: ISO 8601, UTC. */
  sentAt: string;
}

/** Nobody noted why: its function ended, or was ended, before it could. */
export const WITHOUT_A_WORD = 'Its function crashed or ran out of time each time, and could say nothing';

/** A reason as all messages have it that failed for the same: without the ids in it. */
export const causeIn = (reason: string | undefined): string =>
  reason === undefined ? WITHOUT_A_WORD : reason.replace(/\b(?=\w*\d)[A-Za-z0-9_-]{8,}\b/g, '…');

/** Which messages are sent back: all of one cause, one, or all there are; of one queue, or of each. */
export const RedriveOrder = z.object({
  queue: z.string().optional(),
  cause: z.string().optional(),
  message: z.string().optional(),
  isDryRun: z.boolean(),
});
export type RedriveOrder = z.infer<typeof RedriveOrder>;

export const isMeant = ({ id, queue, cause }: DeadLetter, order: RedriveOrder): boolean =>
  (order.queue === undefined || order.queue === queue) &&
  (order.cause === undefined || order.cause === cause) &&
  (order.message === undefined || order.message === id);

/** What a message is about, by ids. */
export interface About {
  /** Absent where only the delivery says. */
  tenant?: string;
  lead_id?: string;
  keys: string[];
}

/** `undefined` where the message can't be read. */
export function aboutIn(body: string): About | undefined {
  const content = jsonIn(body);
  const processed = ProcessMessage.safeParse(content).data;
  if (processed) {
    if ('digest' in processed) return { tenant: processed.digest.tenant, keys: [] };
    if ('settle' in processed) return { tenant: processed.settle.tenant, keys: [] };
    return { tenant: processed.tenant, lead_id: processed.lead_id, keys: [] };
  }
  const erased = Erasure.safeParse(content).data;
  // Who is to be forgotten is nobody's business.
  if (erased) return { tenant: erased.erase.tenant, keys: [] };
  const compared = SyncMessage.safeParse(content).data;
  // A comparison of the whole stage is nobody's.
  if (compared)
    return { tenant: 'round' in compared ? compared.round.tenant : (compared.compare.tenant ?? NOBODY), keys: [] };
  const replayed = ReplayMessage.safeParse(content).data;
  if (replayed) return { tenant: replayed.tenant, keys: [] };
  const captured = CaptureMessage.safeParse(content).data;
  if (captured && 'reconsider' in captured) return { ...captured.reconsider, keys: [] };
  if (captured && 'watch' in captured) return { keys: [] };
  if (captured) return { ...(captured.again && { tenant: captured.again.tenant }), keys: [captured.key] };
  try {
    return { keys: keysIn(body) };
  } catch {
    return undefined;
  }
}

/** Whether a message is about something that the tenant has. */
export async function isOf(body: string, tenant: string, ports: StoredPorts): Promise<boolean> {
  const about = aboutIn(body);
  if (!about) return false;
  if (about.tenant !== undefined) return about.tenant === tenant;
  const found = await Promise.all(about.keys.map((key) => deliveryOf(key, tenant, ports)));
  return found.some((one) => one !== undefined);
}

/** Groups that are listed, and messages of each that are named. */
const MOST_GROUPS = 50;
const NAMED = 20;

/** Groups as a job lists them: without what is in their messages. */
export const listedOf = (groups: DeadGroup[]): Record<string, unknown>[] =>
  groups.slice(0, MOST_GROUPS).map(({ letters, ...group }) => ({
    ...group,
    messages: letters.slice(0, NAMED).map(({ id, body, sentAt }) => {
      const { lead_id = null, keys = [] } = aboutIn(body) ?? {};
      return { id, sent_at: sentAt, lead_id, keys };
    }),
  }));

/** Messages of one queue that failed for the same, the largest group first. */
export interface DeadGroup {
  queue: string;
  cause: string;
  count: number;
  oldest: string;
  letters: DeadLetter[];
}

export function groupsOf(letters: DeadLetter[]): DeadGroup[] {
  const groups = Map.groupBy(letters, ({ queue, cause }) => `${queue} ${cause}`);
  return [...groups.values()]
    .flatMap((same) => {
      const [first, ...others] = same.toSorted((a, b) => (a.sentAt < b.sentAt ? -1 : 1));
      if (!first) return [];
      const { queue, cause, sentAt } = first;
      return [{ queue, cause, count: same.length, oldest: sentAt, letters: [first, ...others] }];
    })
    .sort((a, b) => b.count - a.count);
}
