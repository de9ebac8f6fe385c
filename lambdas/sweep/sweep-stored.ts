import type { StoredSweep } from '../core/sweep-message.ts';
import { BACKLOG, RESERVE, type SweepTools } from './finding.ts';
import { rescueDelivery, type RescueDeliveryPorts } from './rescue-delivery.ts';

/** A delivery in `source/` and when it was put there: milliseconds since 1970. */
export interface StoredObject {
  key: string;
  storedAt: number;
}

export interface StoredPorts extends SweepTools, RescueDeliveryPorts {
  /** Deliveries behind this one, in the order of their names. */
  listStored: (after: string | undefined) => Promise<{ objects: StoredObject[]; isEnd: boolean }>;
  /** Since when deliveries are looked at, and when the last listing began that came to its end: ISO 8601, UTC. */
  listingNow: () => Promise<{ firstAt: string; startedAt: string } | undefined>;
  /** Notes that a listing came to its end; the first one is also that since when deliveries are looked at. */
  noteListing: (startedAt: string) => Promise<unknown>;
}

const DAY = 24 * 3600_000;
/** Deliveries are looked at again for two days: an event may wait for its vendor for one, and be lost on its last day. */
const OVERLAP = 2 * DAY;
/** A listing that finds no quiet moment for so long leaves it to the next one. */
const PATIENCE = 20 * 3600_000;
const LATER = 15 * 60_000;
/** Deliveries that are read at once: each may have 1 MB. */
const AT_ONCE = 8;

/** Goes through the bucket and gives what nobody has read a new start. What there was no time for, or no quiet moment, is the next message. */
export async function sweepStored(message: StoredSweep, ports: StoredPorts): Promise<StoredSweep | undefined> {
  if (message.notBefore !== undefined && Date.parse(message.notBefore) > ports.now()) return message;
  const lostAfter = message.olderThan === undefined ? ports.lostAfter : message.olderThan * 1000;
  const { notBefore: _, ...rest } = message;
  const listing = message.listing ?? (await begun(ports));
  const { startedAt, since } = listing;
  if ((await ports.waiting()).capture > BACKLOG)
    return ports.now() - Date.parse(startedAt) < PATIENCE
      ? { ...rest, listing, notBefore: iso(ports.now() + LATER) }
      : undefined;
  let { after } = listing;
  for (;;) {
    const page = await ports.listStored(after);
    const young = page.objects.filter(({ storedAt }) => storedAt >= Date.parse(since));
    const lost = young.filter(({ storedAt }) => storedAt + lostAfter <= ports.now());
    for (let at = 0; at < lost.length; at += AT_ONCE) {
      if (ports.timeLeft() < RESERVE) return { ...rest, listing: { startedAt, since, ...(after && { after }) } };
      const some = lost.slice(at, at + AT_ONCE);
      await Promise.all(some.map(({ key }) => rescueDelivery(key, lostAfter, ports)));
      after = some.at(-1)?.key;
    }
    after = page.objects.at(-1)?.key ?? after;
    if (page.isEnd) break;
    if (ports.timeLeft() < RESERVE) return { ...rest, listing: { startedAt, since, ...(after && { after }) } };
  }
  if (!ports.isDry) await ports.noteListing(startedAt);
  return undefined;
}

/**
 * What came in before a stage was first swept is never looked at: where nothing is known of a listing, the table may be lost, and
 * whoever was told would be told again. Rebuilding it is for a person.
 */
async function begun({ now, listingNow }: StoredPorts): Promise<NonNullable<StoredSweep['listing']>> {
  const at = now();
  const last = await listingNow();
  const since = last ? Math.max(Date.parse(last.firstAt), Date.parse(last.startedAt) - OVERLAP) : at;
  return { startedAt: iso(at), since: iso(since) };
}

const iso = (milliseconds: number) => new Date(milliseconds).toISOString();
