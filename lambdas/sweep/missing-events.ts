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
  const rows = await ports.rowsOf(likely.flat());
  const missing: Placed[] = [];
  let next = 0;
  for (const [index, one] of placed.entries()) {
    const asked = likely[index] ?? [];
    const row = rows.slice(next, next + asked.length).find((found) => found !== undefined);
    next += asked.length;
    if (row && !(row.waitingUntil !== undefined && isOver([row.waitingUntil], now, lostAfter))) continue;
    if (!row && (await isSeenTo(one, asked, delivery, ports))) continue;
    missing.push(one);
  }
  return missing;
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

/** Whether it stands under another tenant, whose its page or portal was once, made a lead that is on its way to its wait, which is another look's, or was erased. */
async function isSeenTo(
  { event }: Placed,
  asked: EventPlace[],
  { from }: KeptDelivery,
  ports: MissingPorts,
): Promise<boolean> {
  const others = ports.tenants.filter((tenant) => !asked.some((place) => place.tenant === tenant));
  const rows = await ports.rowsOf(others.flatMap((tenant) => asked.slice(0, 1).map((place) => ({ ...place, tenant }))));
  if (rows.some((row) => row !== undefined)) return true;
  const { leadId: lead_id } = event;
  if (lead_id === undefined) return false;
  const signs = [...new Set([...ports.tenants, NOBODY])].map(async (tenant) => {
    const known = await ports.leadOf({ tenant, lead_id });
    const isOnItsWay = known !== undefined && event.effect === 'new_lead' && isUnqueued(known.lead);
    return isOnItsWay || ports.isErased({ tenant, source: from.source ?? '', lead_id });
  });
  return (await Promise.all(signs)).includes(true);
}

const isUnqueued = ({ queuedAt, toldAt, silentAt }: Lead) => (queuedAt ?? toldAt ?? silentAt) === undefined;
