import type { Outcome, Settled } from '../core/event.ts';
import type { Erasure } from '../core/erasure.ts';
import type { Captured, Lead } from '../core/lead.ts';
import type { Placed } from './delivery.ts';
import { hydrate } from './hydrate.ts';
import { know, type KnowPorts } from './know.ts';
import { startWait, type StartPorts } from './start-wait.ts';
import { type ContactPorts, takeContact } from './take-contact.ts';
import { tryLater } from './try-later.ts';

export interface TakeUpPorts extends ContactPorts, StartPorts, KnowPorts {
  markDeleted: (lead: Pick<Lead, 'tenant' | 'lead_id'>, at: string) => Promise<unknown>;
  /** Has nothing left of a lead. */
  erase: (message: Erasure) => Promise<void>;
}

/** What became of an event; `waiting` is a message for later. */
export interface Taken extends Pick<Settled, 'readAt'> {
  outcome: Outcome | 'waiting';
  reason?: string | undefined;
  /** Whether a wait began. */
  started?: boolean;
  /** For how many seconds it waits for a vendor already. */
  waited?: number;
  /** Until when its message is held back. */
  until?: string;
  isTest?: boolean;
}

/** Does what an event asks for, by what it does to its lead. */
export async function takeUp(at: Placed, ports: TakeUpPorts): Promise<Taken> {
  const { event, delivery, from } = at;
  const { leadId, effect } = event;
  if (effect === 'none' || !leadId) return { outcome: 'not_for_us', reason: `${event.type} says nothing of a lead` };
  const { tenant, source } = from;
  if (effect === 'erasure') {
    await ports.erase({ v: 1, erase: { tenant, source, lead_id: leadId }, rawKeys: [from.rawKey] });
    return { outcome: 'done', reason: 'everything of the lead is erased' };
  }
  if (effect === 'deletion' && !event.change) {
    await ports.markDeleted({ tenant, lead_id: leadId }, event.occurredAt ?? delivery.receivedAt);
    return { outcome: 'done' };
  }
  const taken = event.change ? await takeContact(at, leadId, ports) : await takeFacts(at, leadId, ports);
  return 'captured' in taken ? keep(taken, at, ports) : taken;
}

/** What an event says of its lead by itself, or by the vendor's record. */
async function takeFacts(at: Placed, leadId: string, ports: TakeUpPorts) {
  const { event, delivery, from } = at;
  const known: Awaited<ReturnType<typeof hydrate>> = event.facts
    ? { facts: event.facts, isTest: event.isTest ?? false }
    : await hydrate(at, leadId, ports);
  if ('outcome' in known) return known;
  if (!('facts' in known)) throw new Error(`a record of ${from.source} says nothing that is a lead's`);
  const captured: Captured = {
    tenant: from.tenant,
    lead_id: leadId,
    source: from.source,
    facts: known.facts,
    asOf: event.asOf ?? event.occurredAt ?? delivery.receivedAt,
  };
  return { captured, isTest: known.isTest, readAt: known.readAt };
}

/** Keeps the lead, starts its wait where it is new, and then considers who it is: people are told even if the topic is down. */
async function keep(
  { captured, isTest, readAt }: { captured: Captured; isTest: boolean } & Pick<Settled, 'readAt'>,
  at: Placed,
  ports: TakeUpPorts,
): Promise<Taken> {
  const isNew = at.event.effect === 'new_lead';
  const { lead, ...taken } = isNew
    ? await startWait(captured, at, isTest, ports)
    : { lead: await ports.saveLead(captured), outcome: 'done' as const };
  const late = await know(lead, at.event.id, ports);
  if (late) return tryLater(at, late, `Failed to announce its category (${late.message})`, ports);
  return { ...taken, ...(isTest && { isTest }), ...(readAt !== undefined && { readAt }) };
}
