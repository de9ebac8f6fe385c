import { setAnswer } from '../stand-in.ts';
import type { HubspotLead } from './leads.ts';

/** Makes a contact, and its owner, known to the stand-in for HubSpot, which lists it for its portal. */
export async function tellStandIn(hubspotUrl: string, { contact, owner, portal }: HubspotLead): Promise<void> {
  if (owner) await setAnswer('HubSpot', `${hubspotUrl}/crm/v3/owners/${owner.id}`, owner);
  await setAnswer('HubSpot', `${hubspotUrl}/crm/v3/objects/contacts/${contact.id}`, {
    ...contact,
    portalId: portal.id,
  });
}
