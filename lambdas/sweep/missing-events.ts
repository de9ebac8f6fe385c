import { type Account, NOBODY } from '../core/account.ts';
import type { Outcome } from '../core/event.ts';
import type { Lead } from '../core/lead.ts';
import { isOver } from '../core/rescue.ts';
import type { Source } from '../core/source.ts';
import type { SweepTools } from './finding.ts';
import { eventsIn, type KeptDelivery, likelyTenants, type Placed } from './events-in.ts';

/** A row of an event: what became of it, and until when its message is held back where it waits for its vendor. */
export interface EventRow {
  outcome: Outcome;
  waitingUntil?: string | undefined;
}

/** Where the row of an event would stand. */
export interface EventPlace {
  tenant: string;
  event: { id: string; leadId?: string | undefined };
  rawKey: string;
}

export interface MissingPorts extends Pick<SweepTools, 'leadOf'> {
  tenants: string[];
  sourceOf: (id: string) => Source | undefined;
  /** A page or portal, and whose it is. */
  accountOf: (account: Pick<Account, 'source' | 'id'>) => Promise<Account | undefined>;
  /** What is known of events, in the order in which it is asked. */
  rowsOf: (places: EventPlace[]) => Promise<(EventRow | undefined)[]>;
  /** Whether nothing shall be left of a lead. */
  isErased: (lead: Pick<Lead, 'tenant' | 'source' | 'lead_id'>) => Promise<boolean>;
}

/** Events of which it is asked at once whether somebody sees to them. */
const AT_ONCE = 25;

/**
 * The places in a delivery of events that nobody has worked through, and that nobody will: no row says what became of them, under
 * whatever tenant, or one says that they wait for their vendor, and that wait is long over. What is erased is not missing.
 */
export async function missingEvents(
  rawKey: string,
  delivery: KeptDelivery,
  { now, lostAfter }: { now: number; lostAfter: number },
  ports: MissingPorts,
): Promise<Placed[]> {
  const placed = eventsIn(delivery, ports.sourceOf);
  const likely = await likelyPlaces(rawKey, placed, delivery, ports);
  const rows = await firstRows(likely, ports);
  const isWaitOver = (row: EventRow | undefined) =>
    row?.waitingUntil !== undefined && isOver([row.waitingUntil], now, lostAfter);
  const unknown = placed.filter((_, index) => rows[index] === undefined);
  const seenTo = await seenToAmong(unknown, rawKey, delivery, ports);
  return placed.filter((one, index) => (rows[index] === undefined ? !seenTo.has(one) : isWaitOver(rows[index])));
}

/** Where each event stands usually: under its account's tenant as of now, or its delivery's, or under nobody. */
async function likelyPlaces(rawKey: string, placed: Placed[], { from }: KeptDelivery, ports: MissingPorts) {
  return Promise.all(
    placed.map(async ({ event }) => {
      const account =
        event.account === undefined || from.source === undefined
          ? undefined
          : await ports.accountOf({ source: from.source, id: event.account });
      return likelyTenants(account?.tenant ?? from.tenant).map((tenant): EventPlace => ({ tenant, event, rawKey }));
    }),
  );
}

/** For each of them the first row among its places. */
async function firstRows(places: EventPlace[][], { rowsOf }: MissingPorts): Promise<(EventRow | undefined)[]> {
  const rows = await rowsOf(places.flat());
  return places.map(({ length }) => rows.splice(0, length).find((row) => row !== undefined));
}

/** Those that stand under another tenant, whose their page or portal was once, whose lead another look finds, or that were erased. */
async function seenToAmong(unknown: Placed[], rawKey: string, delivery: KeptDelivery, ports: MissingPorts) {
  const everywhere = unknown.map(({ event }) => ports.tenants.map((tenant) => ({ tenant, event, rawKey })));
  const rows = await firstRows(everywhere, ports);
  const seenTo = new Set(unknown.filter((_, index) => rows[index] !== undefined));
  const rest = unknown.filter((one) => !seenTo.has(one));
  for (let at = 0; at < rest.length; at += AT_ONCE) {
    const some = rest.slice(at, at + AT_ONCE);
    const answers = await Promise.all(some.map(({ event }) => isSeenTo(event, delivery, ports)));
    for (const one of some.filter((_, index) => answers[index])) seenTo.add(one);
  }
  return seenTo;
}

/** Whether its lead was kept and never put into its wait, which is found in the table, or was erased. */
async function isSeenTo(
  { leadId: lead_id, effect }: Placed['event'],
  { from }: KeptDelivery,
  ports: MissingPorts,
): Promise<boolean> {
  if (lead_id === undefined) return false;
  const signs = [...ports.tenants, NOBODY].map(async (tenant) => {
    const known = effect === 'new_lead' ? await ports.leadOf({ tenant, lead_id }) : undefined;
    const isUnqueued = known && (known.lead.queuedAt ?? known.lead.toldAt ?? known.lead.silentAt) === undefined;
    return isUnqueued || ports.isErased({ tenant, source: from.source ?? '', lead_id });
  });
  return (await Promise.all(signs)).includes(true);
}
