import { type Account, NOBODY, type Parked } from '../core/account.ts';
import type { Slice } from '../core/capture-message.ts';
import { type EventOrigin, isFinal, type Outcome, recordedAs, type SourceEvent } from '../core/event.ts';
import type { Lead } from '../core/lead.ts';
import type { Delivery } from './delivery.ts';
import { keepForNobody, type ParkPorts } from './park.ts';
import { type Taken, takeUp, type TakeUpPorts } from './take-up.ts';

export interface EventPorts extends TakeUpPorts, ParkPorts {
  outcomeOf: (event: Pick<SourceEvent, 'id' | 'leadId'>, from: EventOrigin) => Promise<Outcome | undefined>;
  /** Counts that an event was received once more; false where this reception is counted already. */
  countRepeat: (event: Pick<SourceEvent, 'id' | 'leadId'>, from: EventOrigin) => Promise<boolean>;
  /** Whether nothing shall be left of a lead. */
  isErased: (lead: Pick<Lead, 'tenant' | 'source' | 'lead_id'>) => Promise<boolean>;
  countReturn: (lead: Pick<Lead, 'tenant' | 'source' | 'lead_id'>) => Promise<unknown>;
  /** Forgets that an event was parked. */
  unpark: (parked: Pick<Parked, 'tenant' | 'source' | 'account' | 'eventId'>) => Promise<void>;
}

/** What became of an event, or of a delivery that was cut into slices; what failed or waits comes again. */
export interface Captures extends Omit<Taken, 'outcome'> {
  event: Pick<SourceEvent, 'id' | 'type' | 'leadId'>;
  tenant: string;
  outcome: Outcome | 'failed' | 'waiting' | 'cut' | 'erased' | 'left';
  /** Whether it was received once more than was known. */
  isRepeat?: boolean;
}

/** An event, its place in the delivery, and the mark of this reception of it. */
export interface Received {
  event: SourceEvent;
  index: number;
  mark: string;
}

/** Works through one event to its end, the record of its outcome. */
export async function captureEvent(
  { event, index, mark }: Received,
  delivery: Delivery,
  slice: Slice | undefined,
  ports: EventPorts,
  attempt = 1,
): Promise<Captures> {
  const { source, rawKey } = delivery;
  const named = recordedAs(event, index);
  const isUsable = named === event;
  const account =
    isUsable && event.account !== undefined
      ? await ports.accountOf({ source: source.id, id: event.account })
      : undefined;
  const tenant = (event.account === undefined ? delivery.tenant : account?.tenant) ?? NOBODY;
  const { receivedAt, storedAt, origin, digest } = delivery;
  const from = { tenant, source: source.id, rawKey, mark, delivery: { receivedAt, storedAt, origin, digest } };
  const again = slice?.again;
  if (again && again.tenant !== tenant) return leave(named, tenant, 'it belongs to somebody else');
  const [known, isErased] = await Promise.all([
    ports.outcomeOf(named, from),
    named.leadId !== undefined && ports.isErased({ tenant, source: source.id, lead_id: named.leadId }),
  ]);
  if (isErased && again) return { event: named, tenant, outcome: 'erased', reason: 'the person was erased' };
  if (isErased && named.leadId !== undefined) return turnAway(named, named.leadId, from, ports);
  if (again && known && !isFinal(known)) return leave(named, tenant, `it is ${known}, and goes on by itself`);
  if (!again && known && isFinal(known)) return repeat(named, known, { from, slice, account }, ports);
  const at = { event, index, delivery, slice, attempt, account, from };
  if (isUsable && event.account !== undefined && !account) return keepForNobody(at, event.account, ports);
  const result: Taken = isUsable ? await takeUp(at, ports) : { outcome: 'broken', reason: 'no usable id' };
  // Of a person who was erased just now nothing is recorded.
  if (event.effect === 'erasure') return { event: named, tenant, ...result };
  const outcome = result.outcome === 'waiting' ? 'parked' : result.outcome;
  const { reason, readAt, until: waitingUntil } = result;
  const settled = { outcome, reason, readAt, waitingUntil, attempts: attempt, again: again?.how };
  await ports.recordEvent(named, from, settled);
  return { event: named, tenant, ...result };
}

/** What of a delivery that is run again is not touched. */
const leave = (event: Captures['event'], tenant: string, reason: string): Captures => ({
  event,
  tenant,
  outcome: 'left',
  reason,
});

/** What was erased and comes again, such as by a vendor's retry, is erased again. */
async function turnAway(
  event: Captures['event'],
  leadId: string,
  from: EventOrigin,
  ports: EventPorts,
): Promise<Captures> {
  const lead = { tenant: from.tenant, source: from.source, lead_id: leadId };
  await ports.countReturn(lead);
  await ports.erase({ v: 1, erase: lead, rawKeys: [from.rawKey] });
  return { event, tenant: from.tenant, outcome: 'erased', reason: 'the person was erased' };
}

async function repeat(
  event: Captures['event'],
  known: Outcome,
  { from, slice, account }: { from: EventOrigin; slice: Slice | undefined; account: Account | undefined },
  ports: EventPorts,
): Promise<Captures> {
  // It was parked, and came to its end by another way.
  if (slice?.retry === 'probe' && account) await ports.unpark({ ...from, account: account.id, eventId: event.id });
  const isRepeat = await ports.countRepeat(event, from);
  return { event, tenant: from.tenant, outcome: 'duplicate', reason: `already ${known}`, isRepeat };
}
