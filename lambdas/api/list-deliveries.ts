import type { EventPlace, EventRow } from '../core/event-row.ts';
import type { Actor } from './actor.ts';
import { Failed } from './failed.ts';
import type { DeliveriesQuery, DeliveryEvent } from './schemas/delivery.ts';

export interface ListPorts {
  /** A tenant's newest events before a place, not before `from` and before `to`. */
  eventsBefore: (
    tenant: string,
    within: { before?: EventPlace | undefined; from?: string | undefined; to?: string | undefined },
    most: number,
  ) => Promise<{ events: EventRow[]; isEnd: boolean }>;
}

/** Rows of one look, and looks for a page: a filter that finds little ends its page early, with a cursor. */
const AT_ONCE = 200;
const MOST_LOOKS = 5;

/** What vendors sent the tenant, the newest first, and what became of it. */
export async function listDeliveries(
  { tenant }: Actor,
  { from, to, outcome, source, cursor, limit }: DeliveriesQuery,
  ports: ListPorts,
): Promise<{ data: DeliveryEvent[]; cursor: string | null }> {
  let before = cursor === undefined ? undefined : placeIn(cursor);
  const data: DeliveryEvent[] = [];
  for (let looks = 0; looks < MOST_LOOKS; looks += 1) {
    const { events, isEnd } = await ports.eventsBefore(tenant, { before, from, to }, AT_ONCE);
    for (const row of events) {
      before = { at: row.at, id: row.event_id };
      const isMeant = (outcome ?? row.outcome) === row.outcome && (source ?? row.source) === row.source;
      if (isMeant) data.push(shown(row));
      if (data.length === limit) return { data, cursor: cursorAt(before) };
    }
    if (isEnd) return { data, cursor: null };
  }
  return { data, cursor: before ? cursorAt(before) : null };
}

const PREFIX = 'source/';
export const nameIn = (rawKey: string) => rawKey.slice(PREFIX.length);
export const keyFor = (name: string) => `${PREFIX}${name}`;

/** An event for people. */
export const shown = (row: EventRow): DeliveryEvent => ({
  delivery: nameIn(row.raw_key),
  at: row.at,
  source: row.source,
  event: row.event,
  event_id: row.event_id,
  lead_id: row.lead_id ?? null,
  outcome: row.outcome as DeliveryEvent['outcome'],
  reason: row.reason ?? null,
  attempts: row.attempts ?? null,
  received: row.received?.size ?? 1,
  run_again_at: row.again_at ?? null,
});

const cursorAt = ({ at, id }: EventPlace) => Buffer.from(JSON.stringify([at, id])).toString('base64url');

function placeIn(cursor: string): EventPlace {
  try {
    const [at, id] = JSON.parse(Buffer.from(cursor, 'base64url').toString()) as unknown[];
    if (typeof at === 'string' && typeof id === 'string') return { at, id };
  } catch {
    // Said below.
  }
  throw new Failed('bad_request', 'cursor: is not one of ours');
}
