import { randomInt } from 'node:crypto';
import type { HubspotLead } from './leads.ts';

interface DeliveryOptions {
  isTest: boolean;
  isImport: boolean;
}

/** A delivery that announces these contacts, by ids only. A test's brings the contact along, under the signature like the rest. */
export function hubspotDelivery(leads: HubspotLead[], { isTest, isImport }: DeliveryOptions): Buffer {
  const origin = isImport
    ? { changeSource: 'IMPORT', sourceId: '84215579' }
    : { changeSource: 'CRM_UI', sourceId: 'userId:52530071' };
  const items = leads.map(({ portal, contact, created }) => ({
    eventId: randomInt(1_000_000_000, 10_000_000_000),
    subscriptionId: 4_578_255,
    portalId: Number(portal.id),
    appId: 19_635_961,
    occurredAt: created.getTime(),
    subscriptionType: 'contact.creation',
    attemptNumber: 0,
    objectId: Number(contact.id),
    changeFlag: 'CREATED',
    ...origin,
    ...(isTest && { lead_relay: { test: true, record: contact } }),
  }));
  return Buffer.from(JSON.stringify(items));
}
