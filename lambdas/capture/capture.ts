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
}

export interface CapturePorts {
  now: () => number;
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
export type Settled = { outcome: Outcome; reason?: string };
export type Captures = Settled & { event: EventRecord; started: boolean };

/** Works through a delivery, event by event, each to its end before the next: a crash in between repeats only the unfinished one. */
export async function capture(delivery: Delivery, ports: CapturePorts): Promise<Captures[]> {
  const from = { tenant: delivery.tenant, source: delivery.source.id, rawKey: delivery.rawKey };
  let events: SourceEvent[];
  try {
    events = ports.eventsOf(delivery).map(withUsableId);
  } catch (error) {
    if (!(error instanceof Broken)) throw error;
    const unread = { id: 'delivery', type: 'unread', occurredAt: delivery.receivedAt };
    const settled: Settled = { outcome: 'broken', reason: error.message };
    await ports.recordEvent(unread, from, settled);
    return [{ ...settled, event: unread, started: false }];
  }
  const results: Captures[] = [];
  for (const event of events) results.push(await captureEvent(event, from, delivery, ports));
  return results;
}

/** In this order, so that a crash after any write still ends in one alert: lead, message, `queuedAt`, event. */
async function captureEvent(
  event: SourceEvent,
  from: EventOrigin,
  delivery: Delivery,
  ports: CapturePorts,
): Promise<Captures> {
  const known = await ports.outcomeOf(event, from);
  if (known) return { outcome: 'duplicate', reason: `already ${known}`, event, started: false };
  const { started, ...settled } = await takeUp(event, from, delivery, ports);
  await ports.recordEvent(event, from, settled);
  return { ...settled, event, started };
}

async function takeUp(
  event: SourceEvent,
  from: EventOrigin,
  delivery: Delivery,
  ports: CapturePorts,
): Promise<Settled & { started: boolean }> {
  const { leadId, facts, asOf } = event;
  if (event.effect === 'none' || !leadId)
    return { outcome: 'not_for_us', reason: `${event.type} is not about a lead`, started: false };
  const { tenant, source, rawKey } = from;
  if (event.effect === 'deletion') {
    await ports.markDeleted({ tenant, lead_id: leadId }, event.occurredAt);
    return { outcome: 'done', started: false };
  }
  if (!facts || !asOf) throw new Error(`${event.type} says nothing of its lead`);
  const captured = { tenant, lead_id: leadId, source, facts, asOf };
  if (event.effect === 'update') {
    await ports.saveLead(captured);
    return { outcome: 'done', started: false };
  }
  const { receivedAt } = delivery;
  const dueAt = new Date(Date.parse(receivedAt) + ports.delayOf(delivery.source) * 1000).toISOString();
  const lead = await ports.saveLead({
    ...captured,
    created: { receivedAt, dueAt, rawKey, isTest: event.isTest ?? false },
  });
  // This delivery's own lead, after a crash just before the end; or a second creation of the same lead.
  if (lead.queuedAt && lead.rawKey === rawKey) return { outcome: 'done', started: false };
  if (lead.queuedAt) return { outcome: 'duplicate', reason: 'the lead had its wait already', started: false };
  await ports.startWait({ v: 1, tenant, lead_id: leadId, notBefore: lead.dueAt });
  await ports.markQueued(lead);
  return { outcome: 'done', started: true };
}

function withUsableId(event: SourceEvent): SourceEvent {
  if (event.leadId !== undefined && !isUsableId(event.leadId)) throw new Broken('no usable lead_id');
  if (!isUsableId(event.id)) throw new Broken('no usable event id');
  return event;
}
