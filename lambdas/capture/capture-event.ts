import type { Parked } from '../core/account.ts';
import type { Slice } from '../core/capture-message.ts';
import { type EventOrigin, isFinal, type Outcome, type SourceEvent } from '../core/event.ts';
import { isUsableId } from '../core/id.ts';
import type { Lead } from '../core/lead.ts';
import { NOBODY } from '../core/account.ts';
import type { Delivery, Placed } from './delivery.ts';
import { hydrate, type HydratePorts } from './hydrate.ts';
import { keepForNobody, type ParkPorts } from './park.ts';
import { startWait, type StartPorts } from './start-wait.ts';

export interface EventPorts extends HydratePorts, ParkPorts, StartPorts {
  outcomeOf: (event: Pick<SourceEvent, 'id' | 'leadId'>, from: EventOrigin) => Promise<Outcome | undefined>;
  /** Forgets that an event was parked. */
  unpark: (parked: Pick<Parked, 'tenant' | 'source' | 'account' | 'eventId'>) => Promise<void>;
  markDeleted: (lead: Pick<Lead, 'tenant' | 'lead_id'>, at: string) => Promise<unknown>;
}

/** What became of an event, or of a delivery that was cut into slices; what failed or waits comes again. */
export interface Captures {
  event: Pick<SourceEvent, 'id' | 'type' | 'leadId'>;
  isTest?: boolean;
  tenant: string;
  outcome: Outcome | 'failed' | 'waiting' | 'cut';
  reason?: string | undefined;
  /** Whether a wait began. */
  started?: boolean;
  /** For how many seconds it waits for a vendor already. */
  waited?: number;
}

/** Works through one event to its end, the record of its outcome. */
export async function captureEvent(
  { event, index }: { event: SourceEvent; index: number },
  delivery: Delivery,
  slice: Slice | undefined,
  ports: EventPorts,
): Promise<Captures> {
  const { source, rawKey } = delivery;
  // What is no id is no part of a key either.
  const isUsable = [event.id, event.leadId ?? event.id, event.account ?? event.id].every(isUsableId);
  const named = isUsable ? event : { id: isUsableId(event.id) ? event.id : `unusable_${index}`, type: event.type };
  const account =
    isUsable && event.account !== undefined
      ? await ports.accountOf({ source: source.id, id: event.account })
      : undefined;
  const tenant = event.account === undefined ? delivery.tenant : account?.tenant;
  const from = { tenant: tenant ?? NOBODY, source: source.id, rawKey };
  const known = await ports.outcomeOf(named, from);
  if (known && isFinal(known)) {
    // It was parked, and came to its end by another way.
    if (slice?.retry === 'probe' && account) await ports.unpark({ ...from, account: account.id, eventId: event.id });
    return { event: named, tenant: from.tenant, outcome: 'duplicate', reason: `already ${known}` };
  }
  const at = { event, index, delivery, slice, account, from };
  if (isUsable && event.account !== undefined && !account) return keepForNobody(at, event.account, ports);
  const result = isUsable ? await takeUp(at, ports) : { outcome: 'broken' as const, reason: 'no usable id' };
  const outcome = result.outcome === 'waiting' ? 'parked' : result.outcome;
  await ports.recordEvent(named, from, { outcome, reason: result.reason });
  return { event: named, tenant: from.tenant, ...result };
}

type Taken = Pick<Captures, 'reason' | 'started' | 'waited' | 'isTest'> & { outcome: Outcome | 'waiting' };

async function takeUp(at: Placed, ports: EventPorts): Promise<Taken> {
  const { event, delivery, from } = at;
  const { leadId, facts, effect } = event;
  if (effect === 'none' || !leadId) return { outcome: 'not_for_us', reason: `${event.type} says nothing of a lead` };
  const { tenant, source } = from;
  const occurredAt = event.occurredAt ?? delivery.receivedAt;
  if (effect === 'deletion') {
    await ports.markDeleted({ tenant, lead_id: leadId }, occurredAt);
    return { outcome: 'done' };
  }
  const known = facts ? { facts, isTest: event.isTest ?? false } : await hydrate(at, leadId, ports);
  if ('outcome' in known) return known;
  const captured = { tenant, lead_id: leadId, source, facts: known.facts, asOf: event.asOf ?? occurredAt };
  const { isTest } = known;
  if (effect === 'new_lead') return { ...(await startWait(captured, at, isTest, ports)), ...(isTest && { isTest }) };
  await ports.saveLead(captured);
  return { outcome: 'done' };
}
