import type { Lead } from '../core/lead.ts';
import { leadView } from '../core/lead-view.ts';
import { readSince, since } from '../core/page-cursor.ts';
import type { Actor } from './actor.ts';
import { Failed } from './failed.ts';
import type { LeadPage } from './schemas/lead.ts';
import { viewerOf, type ViewerPorts } from './viewer.ts';

export interface ChangePorts extends ViewerPorts {
  now: () => number;
  /** What changed after a moment or behind a place, the oldest change first; contacts that are no leads too. */
  changesAfter: (
    tenant: string,
    after: string | { at: string; id: string },
    most: number,
  ) => Promise<{ leads: Lead[]; isEnd: boolean }>;
}

/**
 * A change is found by the time at which its writer began to write it. It may show up later than one that began after it: three tries
 * of two seconds for each of three writes, a second until the index has it, and a second by which clocks differ. So each look begins
 * this much earlier than the one before it did: milliseconds.
 */
export const OVERLAP = 30_000;

/**
 * What changed since an earlier look. Whoever asks knows some of it already, and tells by id and time of change. A look of several
 * pages carries the moment at which it began: what is written meanwhile, wherever it sorts, is for the next look.
 */
export async function listChanges(actor: Actor, cursor: string, limit: number, ports: ChangePorts): Promise<LeadPage> {
  const known = readSince(cursor);
  if (!known) throw new Failed('bad_request', 'since: is not one of ours');
  const now = ports.now();
  const from = known.behind ? known.from : new Date(now).toISOString();
  // A clock that is ahead of ours must not hide what comes until ours is there.
  const overlapped = new Date(Math.min(Date.parse(known.from), now) - OVERLAP).toISOString();
  const { leads, isEnd } = await ports.changesAfter(actor.tenant, known.behind ?? overlapped, limit);
  const last = leads.at(-1);
  const changed = leads.filter(({ receivedAt }) => receivedAt !== undefined);
  const viewer = changed.length > 0 ? await viewerOf(actor, ports) : undefined;
  const data = viewer ? changed.map((lead) => leadView(lead, viewer)) : [];
  const behind = isEnd || !last?.updatedAt ? undefined : { at: last.updatedAt, id: last.lead_id };
  return {
    success: true,
    data,
    count: data.length,
    cursor: null,
    since: since(behind ? { from, behind } : { from }),
    more: behind !== undefined,
    reached: null,
  };
}
