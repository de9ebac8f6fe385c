import { boundsOf, isNarrow, matches } from '../core/lead-filter.ts';
import type { Lead } from '../core/lead.ts';
import { type LeadView, leadView, type Viewer } from '../core/lead-view.ts';
import { type ListId, pageCursor, readPageCursor, since } from '../core/page-cursor.ts';
import type { Actor } from './actor.ts';
import { Failed } from './failed.ts';
import type { LeadFilter, LeadPage } from './schemas/lead.ts';
import { viewerOf, type ViewerPorts } from './viewer.ts';

interface Place {
  at: string;
  id: string;
}

export interface ListPorts extends ViewerPorts {
  now: () => number;
  timeZoneOf: (tenant: string) => string;
  /** The newest leads before a place, not before `from` and before `until`. */
  leadsBefore: (
    tenant: string,
    within: { before?: Place | undefined; from?: string | undefined; until?: string | undefined },
    most: number,
  ) => Promise<{ leads: Lead[]; isEnd: boolean }>;
}

/** What a request may read where a filter leaves most leads out: so many times so many rows. */
const MOST_READS = 5;
const MOST_ROWS = 400;

/**
 * A page of leads, the newest first. Without a filter that is one look into the index; with one it goes on for a while, and the page
 * ends where it got to. The place behind a page is that of its last lead, which no lead that comes in later can shift.
 */
export async function listLeads(
  actor: Actor,
  filter: LeadFilter,
  { limit, cursor }: { limit: number; cursor?: string | undefined },
  ports: ListPorts,
): Promise<LeadPage> {
  const { tenant } = actor;
  const list = { tenant, filter };
  const begun = cursor === undefined ? undefined : placeIn(cursor, list);
  // Before anything is read: what changes from now on is told to whoever asks since then.
  const asked = new Date(ports.now()).toISOString();
  const viewing = viewerOf(actor, ports);
  const found: LeadView[] = [];
  let place = begun;
  let isEnd = false;
  for (let reads = 0; reads < MOST_READS && !isEnd && !isFull(found, limit, filter); reads += 1) {
    const most = isNarrow(filter) ? Math.min(MOST_ROWS, reads === 0 ? 2 * limit : MOST_ROWS) : limit;
    const [viewer, stretch] = await Promise.all([
      viewing,
      ports.leadsBefore(tenant, { before: place, ...boundsOf(filter, ports.timeZoneOf(tenant)) }, most),
    ]);
    const taken = take(stretch.leads, limit - found.length, filter, viewer);
    found.push(...taken.found);
    place = taken.last ?? place;
    isEnd = stretch.isEnd && taken.isAll;
  }
  await viewing;
  return {
    success: true,
    data: found,
    count: found.length,
    cursor: isEnd || !place ? null : pageCursor(list, place),
    since: since({ from: asked }),
    more: false,
    reached: isEnd || !place ? null : place.at,
  };
}

/** A page without a filter is full with what one look gave, unless that was nothing but test leads. */
const isFull = (found: LeadView[], limit: number, filter: LeadFilter) => found.length >= (isNarrow(filter) ? limit : 1);

function placeIn(cursor: string, list: ListId): Place {
  const place = readPageCursor(cursor, list);
  if (!place) throw new Failed('bad_request', 'cursor: is not one of these leads');
  return place;
}

/** Those that are meant, until there are enough; `last` is where that was. */
function take(leads: Lead[], most: number, filter: LeadFilter, viewer: Viewer) {
  const found: LeadView[] = [];
  let last: Place | undefined;
  for (const lead of leads) {
    if (found.length === most) return { found, last, isAll: false };
    const view = leadView(lead, viewer);
    if (matches(view, filter, viewer.statuses)) found.push(view);
    last = { at: lead.receivedAt, id: lead.lead_id };
  }
  return { found, last, isAll: true };
}
