import { setAnswer } from '../stand-in.ts';
import type { HubspotLead } from './leads.ts';

/** Makes a contact, and its owner, known to the stand-in for HubSpot. */
export async function tellStandIn(hubspotUrl: string, { contact, owner }: HubspotLead): Promise<void> {
  if (owner) await setAnswer('HubSpot', `${hubspotUrl}/crm/v3/owners/${owner.id}`, owner);
  await setAnswer('HubSpot', `${hubspotUrl}/crm/v3/objects/contacts/${contact.id}`, contact);
}
