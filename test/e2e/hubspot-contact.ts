import { createHmac, randomInt } from 'node:crypto';
import { MARKER } from './close-lead.ts';
import type { LocalRun } from './local-run.ts';

/** A contact as HubSpot's API answers. */
export interface Contact {
  id: string;
  portal: string;
  /** As everything of ours calls it. */
  leadId: string;
  record: {
    id: string;
    properties: Record<string, string | null>;
    createdAt: string;
    updatedAt: string;
    archived: false;
  };
}

const digits = (count: number) => `1${Array.from({ length: count - 1 }, () => String(randomInt(10))).join('')}`;
const iso = (time: number) => new Date(time).toISOString();

/** A new contact of a portal, last changed at a time. */
export function hubspotContact(
  portal: string,
  properties: Record<string, string | null> = {},
  { id = digits(11), updatedAt = Date.now() } = {},
): Contact {
  const known = {
    firstname: `Zoë ${MARKER}`,
    lastname: 'Müller',
    email: `zoe.${id}@${MARKER}.example.org`,
    ...properties,
  };
  return {
    id,
    portal,
    leadId: `${portal}_${id}`,
    record: { id, properties: known, createdAt: iso(updatedAt), updatedAt: iso(updatedAt), archived: false },
  };
}

/** Lets the stand-in for HubSpot's API know of a contact. */
export const atHubspot = (run: LocalRun, { id, record }: Contact) =>
  run.vendor('hubspot', `crm/v3/objects/contacts/${id}`, { json: record });

/** An event of a contact in HubSpot's own form. */
export const hubspotEvent = (
  { portal, id }: Pick<Contact, 'portal' | 'id'>,
  subscriptionType: string,
  more: Record<string, unknown> = {},
) => ({
  eventId: randomInt(1_000_000_000),
  subscriptionId: 3329277,
  portalId: Number(portal),
  appId: 9393361,
  occurredAt: Date.now(),
  subscriptionType,
  attemptNumber: 0,
  objectId: Number(id),
  changeSource: 'CRM_UI',
  ...more,
});

/** A changed property. */
export const changed = (
  contact: Contact,
  propertyName: string,
  propertyValue: string,
  more: Record<string, unknown> = {},
) => hubspotEvent(contact, 'contact.propertyChange', { propertyName, propertyValue, ...more });

/** The headers with which HubSpot signs a body for an address. */
export function hubspotSigned(body: string, url: string, secret: string, now = Date.now()): Record<string, string> {
  const signed = `POST${url}${body}${now}`;
  return {
    'content-type': 'application/json',
    'x-hubspot-request-timestamp': String(now),
    'x-hubspot-signature-v3': createHmac('sha256', secret).update(signed).digest('base64'),
  };
}

/** Posts events as HubSpot does. */
export function postEvents(run: LocalRun, events: object[]): Promise<Response> {
  const body = JSON.stringify(events);
  const { publicUrl, secrets } = run.settings;
  return run.post(
    '/webhooks/hubspot',
    body,
    hubspotSigned(body, `${publicUrl}/webhooks/hubspot`, secrets.hubspot.clientSecret),
  );
}

/** The portal of a tenant. */
export const portalOf = (run: LocalRun, tenant: string): string =>
  run.settings.tenants.find((one) => one.tenant === tenant)?.hubspotPortals[0] ?? '';
