import type { Account, Parked } from '../core/account.ts';
import type { Slice } from '../core/capture-message.ts';
import type { EventOrigin, Settled, SourceEvent } from '../core/event.ts';
import { NOBODY } from '../core/account.ts';
import type { Source } from '../core/source.ts';
import type { Placed } from './delivery.ts';
import { startWatch, type StartWatchPorts } from './watch.ts';

export interface ParkPorts extends StartWatchPorts {
  /** The page or portal, as of the beginning of this message. */
  accountOf: (account: Pick<Account, 'source' | 'id'>) => Promise<Account | undefined>;
  /** The same as of now. */
  accountNow: (account: Pick<Account, 'source' | 'id'>) => Promise<Account | undefined>;
  park: (parked: Parked) => Promise<void>;
  recordEvent: (
    event: Pick<SourceEvent, 'id' | 'type' | 'leadId' | 'occurredAt'> & Partial<SourceEvent>,
    from: EventOrigin,
    settled: Settled,
  ) => Promise<void>;
  /** Sends what is parked for the page or portal once more. */
  release: (account: Pick<Account, 'source' | 'id' | 'tenant'>) => Promise<unknown>;
  sendToCapture: (slices: Slice[]) => Promise<void>;
}

/** Keeps an event of a page or portal that nobody has; it is taken up when somebody does. */
export async function keepForNobody(
  at: Placed,
  id: string,
  ports: ParkPorts,
): Promise<{ event: SourceEvent; tenant: string; outcome: 'no_route'; reason: string }> {
  const { event } = at;
  const { source } = at.delivery;
  const from = { ...at.from, tenant: NOBODY };
  const reason = `No user found for ${source.account?.id}: ${id}`;
  const { attempt: attempts, slice } = at;
  await ports.recordEvent(event, from, { outcome: 'no_route', reason, attempts, again: slice?.again?.how });
  await ports.park(parkedAs({ ...at, from }, id, reason, ports.now()));
  // Whoever was given the page meanwhile did not see this event, unless it was parked before.
  const account = await ports.accountNow({ source: source.id, id });
  if (account) await ports.release({ ...account, tenant: NOBODY });
  return { event, tenant: NOBODY, outcome: 'no_route', reason };
}

/** Keeps an event that its token may not read, for all of the page or for this lead alone, until the token is replaced or may. */
export async function parkForToken(
  at: Placed,
  account: Account,
  { isForAll, why }: { isForAll: boolean; why: string },
  ports: ParkPorts,
): Promise<{ outcome: 'parked'; reason: string }> {
  const reason = (isForAll ? refusal : forbidden)(at.delivery.source, account.id, why);
  await ports.park(parkedAs(at, account.id, reason, ports.now()));
  // A watch that ended before the event was parked did not see it.
  const now = await ports.accountNow(account);
  if (now) await startWatch(now, ports);
  return { outcome: 'parked', reason };
}

const refusal = ({ account }: Source, id: string, why: string) =>
  `Invalid ${account?.token} for ${account?.id}: ${id} (${why}). Replace it with ${account?.command} -- token ${id}`;

const forbidden = ({ account }: Source, id: string, why: string) =>
  `The ${account?.token} for ${account?.id}: ${id} may not read this lead (${why}). Give it the right, or replace it with ${account?.command} -- token ${id}`;

const parkedAs = (
  { event, index, delivery, slice, from }: Placed,
  account: string,
  reason: string,
  at: string,
): Parked => ({
  tenant: from.tenant,
  source: from.source,
  account,
  eventId: event.id,
  leadId: event.leadId ?? event.id,
  rawKey: delivery.rawKey,
  index,
  reason,
  at,
  ...(slice?.again?.how === 'quiet' && { again: slice.again }),
});
