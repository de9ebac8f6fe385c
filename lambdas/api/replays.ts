import * as z from 'zod';
import type { RedriveOrder } from '../core/dead-letter.ts';
import type { Job, JobId } from '../core/job.ts';
import type { ReplayMessage, ReplayOrder } from '../core/replay.ts';
import type { Actor } from './actor.ts';
import { Failed, notFound } from './failed.ts';
import { keyFor, nameIn } from './list-deliveries.ts';
import { DeadGroup, type Job as JobShown, type RedriveRequest, type ReplayRequest } from './schemas/replay.ts';

export interface ReplayPorts {
  /** Milliseconds since 1970. */
  now: () => number;
  newId: () => string;
  saveReplay: (job: Job) => Promise<unknown>;
  startReplay: (message: ReplayMessage) => Promise<void>;
  replayNow: (job: JobId) => Promise<Job | undefined>;
  sleep: (milliseconds: number) => Promise<void>;
}

/** Has deliveries of the tenant run again, or says what would become of them. */
export function startReplay(actor: Actor, asked: ReplayRequest, ports: ReplayPorts): Promise<JobShown> {
  const { deliveries, from, to, source, tell, dry_run: isDryRun } = asked;
  const keys = deliveries?.map(keyFor);
  const order: ReplayOrder = { how: tell ? 'tell' : 'quiet', isDryRun, ...(keys ? { keys } : { from, to, source }) };
  return start(actor, 'replay', order, ports);
}

/** Has messages of the tenant sent back that were given up. */
export function startRedrive(actor: Actor, asked: RedriveRequest, ports: ReplayPorts): Promise<JobShown> {
  const order: RedriveOrder = { ...asked, isDryRun: false };
  return start(actor, 'redrive', order, ports);
}

/** The job is there before its message is: whoever takes that finds it. */
async function start(
  { tenant, id: by, name }: Actor,
  kind: 'replay' | 'redrive',
  order: Job['order'],
  ports: ReplayPorts,
): Promise<JobShown> {
  const askedAt = new Date(ports.now()).toISOString();
  const id = ports.newId();
  const job: Job = { tenant, id, kind, askedBy: { id: by, name }, askedAt, order, state: 'waiting', counts: {} };
  await ports.saveReplay(job);
  await ports.startReplay({ v: 1, tenant, job_id: id });
  return shown(job, kind);
}

/** Where a job stands. Throws where nobody of the tenant asked for it. */
export async function showReplay({ tenant }: Actor, id: string, ports: ReplayPorts): Promise<JobShown> {
  const job = await ports.replayNow({ tenant, id });
  if (job?.kind !== 'replay' && job?.kind !== 'redrive') throw notFound('job');
  return shown(job, job.kind);
}

const shown = (job: Job, kind: JobShown['kind']): JobShown => ({
  id: job.id,
  kind,
  state: job.state,
  asked_by: job.askedBy.name,
  asked_at: job.askedAt,
  ended_at: job.endedAt ?? null,
  counts: job.counts,
  said: job.said || null,
  listed: (job.listed ?? []).flatMap(listedIn),
});

const Listed = z.object({
  what: z.string().default('untold'),
  lead_id: z.string().nullish(),
  key: z.string().optional(),
  rawKey: z.string().default(''),
});

/** What a job listed: what would change, or a lead that may be untold. */
const listedIn = (one: unknown): JobShown['listed'] => {
  const { data } = Listed.safeParse(one);
  if (!data) return [];
  return [{ what: data.what, lead_id: data.lead_id ?? null, delivery: nameIn(data.key ?? data.rawKey) }];
};

const Group = DeadGroup.extend({
  messages: z.array(DeadGroup.shape.messages.element.omit({ deliveries: true }).extend({ keys: z.array(z.string()) })),
});

/** Between two looks at the job: milliseconds; and how many there are at most, while somebody waits. */
const PAUSE = 250;
const MOST_LOOKS = 40;

/** Messages of the tenant that were given up, grouped by their cause. `replay` looks through them, as this function may read no queue. */
export async function listDeadLetters(actor: Actor, ports: ReplayPorts): Promise<DeadGroup[]> {
  const { id } = await start(actor, 'redrive', { isDryRun: true } satisfies RedriveOrder, ports);
  for (let looks = 0; looks < MOST_LOOKS; looks += 1) {
    const job = await ports.replayNow({ tenant: actor.tenant, id });
    if (job?.state === 'done')
      return z
        .array(Group)
        .parse(job.listed ?? [])
        .map(({ messages, ...group }) => ({
          ...group,
          messages: messages.map(({ keys, ...message }) => ({ ...message, deliveries: keys.map(nameIn) })),
        }));
    if (job?.state === 'failed') break;
    await ports.sleep(PAUSE);
  }
  throw new Failed('unavailable', 'what was given up could not be looked through just now');
}
