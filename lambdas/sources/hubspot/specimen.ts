import type { Checkup } from '../../core/checkup.ts';
import { leadIdOf } from './lead-id.ts';

/** A new contact of a portal as HubSpot posts it, with the record that its API would give of one. */
export const lead: Checkup['lead'] = ({ number: objectId, account: portal, now }) => {
  const at = new Date(now).toISOString();
  const properties = { firstname: 'Lead Relay', lastname: 'doctor', createdate: at };
  const item = {
    eventId: now,
    portalId: Number(portal),
    occurredAt: now,
    subscriptionType: 'contact.creation',
    attemptNumber: 0,
    objectId,
    changeSource: 'INTEGRATION',
    lead_relay: { test: true, record: { id: objectId, properties, createdAt: at, updatedAt: at, archived: false } },
  };
  return { leadId: leadIdOf(portal, objectId), body: Buffer.from(JSON.stringify([item])) };
};
