import type { EventOrigin, Outcome, SourceEvent } from '../core/event.ts';
import { Broken } from '../core/failures.ts';
import { isUsableId } from '../core/id.ts';
import type { Captured, Lead } from '../core/lead.ts';
import type { OwnerMessage } from '../core/owner-message.ts';
import type { Source } from '../core/source.ts';

/** A delivery as `ingest` kept it. */
export interface Delivery {
  rawKey: string;
  body: Buffer;
  source: Source;
  tenant: string;
  receivedAt: string;
  correlationId?: string | undefined;
}

export interface CapturePorts {
  /** Seconds that a new lead of the source waits. */
  delayOf: (source: Source) => number;
  eventsOf: (delivery: Delivery) => SourceEvent[];
  outcomeOf: (event: SourceEvent, from: EventOrigin) => Promise<Outcome | undefined>;
  saveLead: (captured: Captured) => Promise<Lead>;
  markDeleted: (lead: Pick<Lead, 'tenant' | 'lead_id'>, at: string) => Promise<unknown>;
  startWait: (message: OwnerMessage) => Promise<void>;
  markQueued: (lead: Lead) => Promise<unknown>;
  recordEvent: (event: EventRecord, from: EventOrigin, outcome: Settled) => Promise<void>;
}

type EventRecord = Pick<SourceEvent, 'id' | 'type' | 'leadId' | 'occurredAt'>;
export type Settled = { outcome: Outcome; reason?: string; started?: boolean };
export type Captures = Settled & { event: EventRecord & Pick<SourceEvent, 'isTest'> };

/** Works through a delivery, event by event, each to its end before the next: a crash in between repeats only the unfinished one. */
export async function capture(delivery: Delivery, ports: CapturePorts): Promise<Captures[]> {
  const from = { tenant: delivery.tenant, source: delivery.source.id, rawKey: delivery.rawKey };
  let events: SourceEvent[];
  try {
    events = ports.eventsOf(delivery);
  } catch (error) {
    if (!(error instanceof Broken)) throw error;
    return [await recordBroken({ id: 'delivery', type: 'unread' }, error.message, from, ports)];
  }
  const results: Captures[] = [];
  for (const event of events) results.push(await captureEvent(event, from, delivery, ports));
  return results;
}

async function recordBroken(
  event: EventRecord,
  reason: string,
  from: EventOrigin,
  ports: CapturePorts,
): Promise<Captures> {
  await ports.recordEvent(event, from, { outcome: 'broken', reason });
  return { outcome: 'broken', reason, event };
}

/** In this order, so that a crash after any write still ends in one alert: lead, message, `queuedAt`, event. */
async function captureEvent(
  event: SourceEvent,
  from: EventOrigin,
  delivery: Delivery,
  ports: CapturePorts,
): Promise<Captures> {
  const { id, type, leadId } = event;
  if (!isUsableId(id) || (leadId !== undefined && !isUsableId(leadId))) {
    // What is no id is no part of a key either.
    return recordBroken({ id: isUsableId(id) ? id : 'unusable', type }, 'no usable id', from, ports);
  }
  const known = await ports.outcomeOf(event, from);
  if (known) return { outcome: 'duplicate', reason: `already ${known}`, event };
  const { started = false, ...settled } = await takeUp(event, from, delivery, ports);
  await ports.recordEvent(event, from, settled);
  return { ...settled, event, started };
}

async function takeUp(
  event: SourceEvent,
  from: EventOrigin,
  delivery: Delivery,
  ports: CapturePorts,
): Promise<Settled> {
  const { leadId, facts, effect } = event;
  if (effect === 'none' || !leadId) return { outcome: 'not_for_us', reason: `${event.type} says nothing of a lead` };
  const { tenant, source } = from;
  const occurredAt = event.occurredAt ?? delivery.receivedAt;
  if (effect === 'deletion') {
    await ports.markDeleted({ tenant, lead_id: leadId }, occurredAt);
    return { outcome: 'done' };
  }
  if (!facts) throw new Error(`${event.type} came without facts`);
  const captured = { tenant, lead_id: leadId, source, facts, asOf: event.asOf ?? occurredAt };
  if (effect === 'new_lead') return startWait(captured, event.isTest ?? false, delivery, ports);
  await ports.saveLead(captured);
  return { outcome: 'done' };
}

async function startWait(
  captured: Captured,
  isTest: boolean,
  delivery: Delivery,
  ports: CapturePorts,
): Promise<Settled> {
  const { receivedAt, rawKey, correlationId: correlation_id } = delivery;
  const dueAt = new Date(Date.parse(receivedAt) + ports.delayOf(delivery.source) * 1000).toISOString();
  const lead = await ports.saveLead({ ...captured, created: { receivedAt, dueAt, rawKey, isTest } });
  // This delivery's own lead, after a crash just before the end; or a second creation of the same lead.
  if (lead.queuedAt && lead.rawKey === rawKey) return { outcome: 'done' };
  if (lead.queuedAt) return { outcome: 'duplicate', reason: 'the lead had its wait already' };
  const { tenant, lead_id, source } = captured;
  await ports.startWait({ v: 1, tenant, lead_id, source, correlation_id, notBefore: lead.dueAt });
  await ports.markQueued(lead);
  return { outcome: 'done', started: true };
}
