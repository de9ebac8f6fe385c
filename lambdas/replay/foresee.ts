import type { Account } from '../core/account.ts';
import type { Again } from '../core/again.ts';
import { type Contact, join } from '../core/contact.ts';
import { type EventOrigin, isFinal, type Outcome, type SourceEvent } from '../core/event.ts';
import { Broken, Gone } from '../core/failures.ts';
import type { Hydrated, VendorRecord } from '../core/hydration.ts';
import type { Lead, LeadFacts } from '../core/lead.ts';
import type { Foreseen } from '../core/replay.ts';
import { isSame } from '../core/same.ts';
import { deliveryOf, type OwnDelivery, type OwnedEvent, type StoredPorts } from '../core/stored-events.ts';

type LeadId = Pick<Lead, 'tenant' | 'source' | 'lead_id'>;

export interface ForeseePorts extends StoredPorts {
  outcomeOf: (event: Pick<SourceEvent, 'id' | 'leadId'>, from: EventOrigin) => Promise<Outcome | undefined>;
  /** A lead, and as of when its facts hold. */
  leadNow: (lead: Pick<Lead, 'tenant' | 'lead_id'>) => Promise<(Lead & { asOf?: string }) | undefined>;
  contactNow: (lead: Pick<Lead, 'tenant' | 'lead_id'>) => Promise<{ contact: Contact; version: number }>;
  savedDetails: (lead: LeadId) => Promise<VendorRecord | undefined>;
  understand: (record: VendorRecord, event: SourceEvent, account: Account) => Hydrated;
}

/** What would become of each event of a delivery that the tenant has in it, by what we kept: no vendor is asked, nothing is written. */
export async function foresee(key: string, again: Again, ports: ForeseePorts): Promise<Foreseen[]> {
  const delivery = await deliveryOf(key, again.tenant, ports);
  if (!delivery) return [];
  const { source } = delivery;
  const said = { key, source: source?.id ?? 'unknown', lead_id: null, isToBeTold: false };
  if (!source || delivery.broken !== undefined) return [{ ...said, event: 'unread', what: 'broken' }];
  const seen: Foreseen[] = [];
  for (const one of delivery.events) {
    const what = await whatOf(one, key, { ...delivery, source: source.id }, ports);
    const { leadId = null, type, effect } = one.event;
    const isToBeTold = again.how === 'tell' && effect === 'new_lead' && ['new', 'changed', 'unchanged'].includes(what);
    seen.push({ ...said, event: type, lead_id: one.isUsable ? leadId : null, what, isToBeTold });
  }
  return seen;
}

async function whatOf(
  { event, tenant, account, isUsable }: OwnedEvent,
  rawKey: string,
  { source, from }: Omit<OwnDelivery, 'source'> & { source: string },
  ports: ForeseePorts,
): Promise<Foreseen['what']> {
  if (!isUsable) return 'broken';
  const { leadId, effect } = event;
  if (effect === 'none' || leadId === undefined) return 'nothing';
  const known = await ports.outcomeOf(event, { tenant, source, rawKey, mark: rawKey });
  if (known && !isFinal(known)) return 'waiting';
  const lead = await ports.leadNow({ tenant, lead_id: leadId });
  if (!known || (effect === 'new_lead' && !lead)) return 'new';
  const record = account && event.facts === undefined ? await recordOf(event, leadId, account, ports) : undefined;
  if (record === 'broken') return 'broken';
  if (event.change) {
    const { contact } = await ports.contactNow({ tenant, lead_id: leadId });
    const at = Date.parse(event.occurredAt ?? from.receivedAt ?? '') || 0;
    const words = [{ at, by: event.id, ...event.change }, ...(record && 'change' in record ? [record.change] : [])];
    return isSame(words.reduce(join, contact), contact) ? 'unchanged' : 'changed';
  }
  const facts: LeadFacts | undefined = event.facts ?? (record && 'facts' in record ? record.facts : undefined);
  if (!facts || !lead) return 'unchanged';
  const asOf = event.asOf ?? event.occurredAt ?? from.receivedAt ?? '';
  const isNewer = lead.asOf === undefined || lead.asOf <= asOf;
  return isNewer && !isSame(facts, lead.facts) ? 'changed' : 'unchanged';
}

/** What the vendor said of the lead when it was read. */
async function recordOf(event: SourceEvent, leadId: string, account: Account, ports: ForeseePorts) {
  const { tenant, source } = account;
  const isRead = event.effect === 'new_lead' || event.isRead === true;
  const kept =
    event.record === undefined
      ? isRead && (await ports.savedDetails({ tenant, source, lead_id: leadId }))
      : { body: event.record, names: {} };
  if (!kept) return undefined;
  try {
    return ports.understand(kept, event, account);
  } catch (error) {
    if (error instanceof Broken || error instanceof Gone) return 'broken';
    throw error;
  }
}
