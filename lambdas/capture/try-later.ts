import { GIVE_UP_AFTER, waitFor } from '../core/backoff.ts';
import type { CaptureMessage, Slice } from '../core/capture-message.ts';
import type { Later } from '../core/failures.ts';

export interface WaitPorts {
  /** ISO 8601, UTC. */
  now: () => string;
  /** Sends a message to `capture` again, held back until its `notBefore`. */
  sendLater: (message: CaptureMessage) => Promise<void>;
  /** Puts an event on the DLQ with the reason. */
  giveUp: (slice: Slice, reason: string) => Promise<void>;
}

interface Waiting {
  index: number;
  slice: Slice | undefined;
  delivery: { rawKey: string };
}

/** Waiting is not failing: a message for the event alone, as much later as the vendor says, else as long again as it waits already. */
export async function tryLater(
  { index, slice, delivery }: Waiting,
  { retryAfter }: Later,
  reason: string,
  ports: WaitPorts,
): Promise<{ outcome: 'waiting'; reason: string; waited: number; until?: string }> {
  const now = Date.parse(ports.now());
  const since = slice?.since ?? iso(now);
  const waited = Math.round((now - Date.parse(since)) / 1000);
  const { retry, bulk, again, rescuedAt } = slice ?? {};
  const kept = {
    ...(retry && { retry }),
    ...(bulk && { bulk }),
    ...(again && { again }),
    ...(rescuedAt && { rescuedAt }),
  };
  const alone: Slice = { v: 1, key: delivery.rawKey, from: index, to: index + 1, since, ...kept };
  const end = Date.parse(since) + GIVE_UP_AFTER;
  if (now >= end) {
    await ports.giveUp(alone, `waited 24 hours: ${reason}`);
    return { outcome: 'waiting', reason: `${reason}, given up after 24 hours`, waited };
  }
  const seconds = waitFor(retryAfter, waited);
  // Whoever asks for more time than there is gets one last try.
  const until = iso(Math.min(end, now + seconds * 1000));
  await ports.sendLater({ ...alone, notBefore: until });
  return { outcome: 'waiting', reason, waited, until };
}

const iso = (milliseconds: number) => new Date(milliseconds).toISOString();
