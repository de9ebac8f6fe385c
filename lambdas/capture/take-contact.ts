import type { Account } from '../core/account.ts';
import { type Contact, type ContactChange, join } from '../core/contact.ts';
import type { Settled } from '../core/event.ts';
import type { ContactFacts } from '../core/hydration.ts';
import type { Captured, Lead } from '../core/lead.ts';
import type { Placed } from './delivery.ts';
import { type Held, hydrate, type HydratePorts } from './hydrate.ts';

export interface ContactPorts extends HydratePorts {
  contactNow: (lead: Pick<Lead, 'tenant' | 'lead_id'>) => Promise<{ contact: Contact; version: number }>;
  /** False where somebody else wrote the contact meanwhile. */
  saveContact: (lead: Pick<Lead, 'tenant' | 'lead_id'>, contact: Contact, version: number) => Promise<boolean>;
  contactFacts: (contact: Contact, account: Account) => ContactFacts;
}

/** More writers than this at once, each of whom was faster, are no coincidence. */
const MOST_TRIES = 200;

/** What an event adds to its contact, and what the contact then says as a lead; or what became of the event without. */
export async function takeContact(
  at: Placed,
  leadId: string,
  ports: ContactPorts,
): Promise<({ captured: Captured; isTest: boolean } & Pick<Settled, 'readAt'>) | Held> {
  const { event, delivery, account, from } = at;
  if (!account || !event.change) throw new Error(`${event.type} came without a contact or without an account`);
  const id = { tenant: from.tenant, lead_id: leadId };
  const said = { at: Date.parse(event.occurredAt ?? delivery.receivedAt), by: event.id, ...event.change };
  const isRead = event.effect === 'new_lead' || event.isRead === true;
  const record = isRead ? await hydrate(at, leadId, ports) : undefined;
  if (record && 'outcome' in record) {
    if (record.outcome !== 'broken') return record;
    // That it is there, or gone, counts even if nothing can be read.
    const { contact } = await joined(id, [said], ports);
    return isGone(contact) || event.effect === 'merge'
      ? { outcome: 'not_for_us', reason: `it is gone before it could be read (${record.reason})` }
      : record;
  }
  const words = record && 'change' in record ? [said, record.change] : [said];
  const { contact, version } = await joined(id, words, ports);
  const { facts, ownerId } = ports.contactFacts(contact, account);
  const captured: Captured = {
    ...id,
    source: from.source,
    facts,
    // Of two versions of a contact the later one knows all that the earlier one knew.
    asOf: String(version).padStart(12, '0'),
    contact: { ownerId, ...lifeOf(contact) },
  };
  return { captured, isTest: record?.isTest ?? false, readAt: record?.readAt };
}

/** Reads, joins and writes until nobody wrote in between. */
async function joined(id: Pick<Lead, 'tenant' | 'lead_id'>, words: ContactChange[], ports: ContactPorts) {
  for (let tries = 0; tries < MOST_TRIES; tries += 1) {
    const { contact, version } = await ports.contactNow(id);
    const next = words.reduce(join, contact);
    if (version > 0 && JSON.stringify(next) === JSON.stringify(contact)) return { contact, version };
    if (await ports.saveContact(id, next, version)) return { contact: next, version: version + 1 };
  }
  throw new Error('the contact is written faster than it can be read');
}

const isGone = ({ life }: Contact) => life?.state === 'deleted' || life?.state === 'merged';

const lifeOf = ({ life }: Contact) => ({
  deletedAt: life?.state === 'deleted' ? new Date(life.at).toISOString() : null,
  mergedInto: life?.state === 'merged' ? (life.into ?? null) : null,
});
