import { base64, hmac } from './hmac.js';
import { addressOf, companies, digits, person, pick } from './made-up.js';

const owners = [
  { id: '41629711', userId: 52530081, firstName: 'Hedda', lastName: 'Brink', email: 'hedda@mail.example' },
  { id: '41629712', userId: 52530082, firstName: 'Otávio', lastName: 'Prado', email: 'otavio@mail.example' },
];

/** Puts a contact and its owner where HubSpot's API is read, and posts its delivery, signed as HubSpot signs: over method and address, too. */
export async function sendHubspotLead({ hubspotPortals: [portal] }, { clientSecret }, publicUrl) {
  const [id, name, now, owner] = [digits(12), person(), Date.now(), pick(owners)];
  await answerOfHubspot(`owners/${owner.id}`, owner);
  await answerOfHubspot(`objects/contacts/${id}`, { ...contact(id, name, owner, now), portalId: portal });
  const body = JSON.stringify([created(id, portal, now)]);
  const signed = `POST${publicUrl}/webhooks/hubspot${body}${now}`;
  const signature = base64(await hmac(new TextEncoder().encode(clientSecret), signed));
  const headers = {
    'content-type': 'application/json',
    'x-hubspot-signature-v3': signature,
    'x-hubspot-request-timestamp': String(now),
  };
  const response = await fetch('/webhooks/hubspot', { method: 'POST', body, headers });
  return { name, status: response.status };
}

async function answerOfHubspot(path, json) {
  await fetch(`/local/vendors/hubspot/crm/v3/${path}`, { method: 'PUT', body: JSON.stringify({ json }) });
}

/** What HubSpot sends: ids, and nothing that it knows of the person. */
const created = (id, portal, now) => ({
  eventId: Number(digits(10)),
  subscriptionId: 4578255,
  portalId: Number(portal),
  appId: 19635961,
  occurredAt: now,
  subscriptionType: 'contact.creation',
  attemptNumber: 0,
  objectId: Number(id),
  changeFlag: 'CREATED',
  changeSource: 'CRM_UI',
  sourceId: 'userId:52530071',
});

/** What its API answers. */
function contact(id, name, owner, now) {
  const [firstname, ...more] = name.split(' ');
  const at = new Date(now).toISOString();
  const properties = {
    hs_object_id: id,
    createdate: at,
    lastmodifieddate: at,
    email: addressOf(name),
    firstname,
    lastname: more.join(' '),
    phone: `+4930${digits(8)}`,
    company: pick(companies),
    lifecyclestage: pick(['lead', 'marketingqualifiedlead', 'customer']),
    hs_lead_status: pick(['NEW', 'OPEN']),
    hubspot_owner_id: owner.id,
    hs_analytics_source: 'ORGANIC_SEARCH',
    message: pick(['Please call me this week.', 'What does it cost for a team of five?']),
  };
  return { id, properties, createdAt: at, updatedAt: at, archived: false };
}
