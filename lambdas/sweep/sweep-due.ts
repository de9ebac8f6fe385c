import type { Lead } from '../core/lead.ts';
import { lossOf } from '../core/rescue.ts';
import type { DueSweep } from '../core/sweep-message.ts';
import { isInDigest, type DigestLookPorts } from './lost-digests.ts';
import { BACKLOG, RESERVE, type SweepTools } from './finding.ts';
import { rescueLead, type RescueLeadPorts } from './rescue-lead.ts';

/** A lead in the index of those that are due and not told: its place there, and its row as far as it is there. */
export interface DueLead {
  key: string;
  lead: Lead | undefined;
}

export interface DuePorts extends SweepTools, RescueLeadPorts, DigestLookPorts {
  tenants: string[];
  /** Leads due after `from` and before `until` (ISO 8601, UTC), behind one of them, the ones that are due the longest first. */
  dueLeads: (
    tenant: string,
    range: { from: string; until: string; after: string | undefined; limit: number },
  ) => Promise<{ leads: DueLead[]; isEnd: boolean }>;
}

/** Leads of an answer of the table, and those that are looked at at once. */
const PAGE = 100;
const AT_ONCE = 10;
/** A lead is due this long after it came in at the latest: milliseconds. */
const LONGEST_DELAY = 900_000;
/** What was due before that nobody wants to be told of without a person; DLQs forget as soon. Milliseconds. */
const OLDEST = 14 * 24 * 3600_000;

/**
 * Looks at every lead that is due and not told, or not even queued, and gives those a new start that got lost. What there was no time for
 * is the next message. The first look of a stage only says since when it is swept: what was left from before is for a person.
 */
export async function sweepDue(message: DueSweep, ports: DuePorts): Promise<DueSweep | undefined> {
  const lostAfter = message.olderThan === undefined ? ports.lostAfter : message.olderThan * 1000;
  const since = message.since ?? (await sinceWhen(ports));
  if (since === undefined) return undefined;
  const waiting = await ports.waiting();
  // Behind a long queue what is lost can't be told from what waits for its turn.
  const isClear = { not_queued: waiting.capture <= BACKLOG, not_told: waiting.owner <= BACKLOG };
  const begin = ports.tenants.indexOf(message.from?.tenant ?? '');
  for (const tenant of ports.tenants.slice(Math.max(0, begin))) {
    let after = tenant === message.from?.tenant ? message.from.after : undefined;
    for (let isEnd = false; !isEnd;) {
      const now = ports.now();
      const range = { from: since, until: iso(now + LONGEST_DELAY - lostAfter), after, limit: PAGE };
      const page = await ports.dueLeads(tenant, range);
      isEnd = page.isEnd;
      for (let at = 0; at < page.leads.length; at += AT_ONCE) {
        if (ports.timeLeft() < RESERVE) return { ...message, from: { tenant, ...(after && { after }) } };
        const some = page.leads.slice(at, at + AT_ONCE);
        await Promise.all(some.map(({ lead }) => look(lead, lostAfter, isClear, ports)));
        after = some.at(-1)?.key;
      }
    }
  }
  return undefined;
}

async function sinceWhen({ now, isDry, listingNow, noteListing }: DuePorts): Promise<string | undefined> {
  const known = await listingNow();
  if (!known && !isDry) await noteListing(iso(now()));
  const oldest = iso(now() - OLDEST);
  return known && known.firstAt > oldest ? known.firstAt : known && oldest;
}

/** What the index says may be a moment old, so a lead that seems lost is read once more. */
async function look(
  seen: Lead | undefined,
  lostAfter: number,
  isClear: Record<'not_queued' | 'not_told', boolean>,
  ports: DuePorts,
): Promise<void> {
  const now = ports.now();
  const seems = seen && lossOf(seen, now, lostAfter);
  if (!seems || !isClear[seems]) return;
  const known = await ports.leadOf(seen);
  const loss = known && lossOf(known.lead, now, lostAfter);
  if (!loss || !isClear[loss]) return;
  const digests = known.channels.filter(isInDigest);
  await rescueLead({ lead: known.lead, loss, digests, lostAfter }, ports);
}

const iso = (milliseconds: number) => new Date(milliseconds).toISOString();
