import { GIVE_UP_AFTER } from '../core/backoff.ts';
import type { DigestMessage, OwnerMessage } from '../core/owner-message.ts';
import { UNNOTED_WAIT } from '../core/rescue.ts';
import type { Processed } from './processed.ts';

/** A reason to try again at `until`, in milliseconds since 1970. */
export interface Wait {
  until: number;
  reason: string;
  /** Whether something failed, rather than had its turn later. */
  failed: boolean;
  /** The channel whose moment `slot` was reserved for the lead. */
  channel?: string;
  slot?: number;
}

export interface WaitPorts {
  now: () => number;
  /** Sends a message again, held back until its `notBefore`. */
  sendAgain: (message: OwnerMessage | DigestMessage) => Promise<void>;
  /** Notes until when a message is held back, for whoever wonders where it is. */
  noteWait: (message: OwnerMessage | DigestMessage, until: string) => Promise<unknown>;
  /** Puts a lead or a digest on the DLQ with the reason. */
  giveUp: (message: OwnerMessage | DigestMessage, reason: string) => Promise<void>;
}

/** Waiting is not failing: a new message for the earliest of these times, and the old one is done with. After 24 hours it is. */
export async function waitOn(
  message: OwnerMessage | DigestMessage,
  dueAt: number,
  waits: Wait[],
  ports: WaitPorts,
): Promise<Processed> {
  const now = ports.now();
  const reason = [...new Set(waits.map((wait) => wait.reason))].join('; ');
  const overdue = Math.round((now - dueAt) / 1000);
  if (message.since && now - Date.parse(message.since) >= GIVE_UP_AFTER) {
    await ports.giveUp(message, `waited 24 hours: ${reason}`);
    return { outcome: 'gave_up', reason, overdue };
  }
  const since = message.since ?? (waits.some(({ failed }) => failed) ? iso(now) : undefined);
  const slots = Object.fromEntries(
    waits.flatMap(({ channel, slot }) => (channel && slot !== undefined ? [[channel, slot]] : [])),
  );
  // Whoever asks for more time than there is gets one last try.
  const end = since === undefined ? Infinity : Date.parse(since) + GIVE_UP_AFTER;
  const notBefore = iso(Math.min(end, ...waits.map(({ until }) => until)));
  if (Date.parse(notBefore) > dueAt + UNNOTED_WAIT) await ports.noteWait(message, notBefore);
  await ports.sendAgain({
    ...message,
    notBefore,
    since,
    slots: Object.keys(slots).length > 0 ? slots : undefined,
  });
  return { outcome: 'waiting', reason, overdue };
}

const iso = (milliseconds: number) => new Date(milliseconds).toISOString();
