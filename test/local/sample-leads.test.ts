import { createHmac } from 'node:crypto';
import { afterEach, beforeEach, expect, it } from '@jest/globals';
import { startLocal } from '../e2e/local-run.ts';
import { until } from '../e2e/until.ts';

type Send = (...settings: (object | string)[]) => Promise<{ name: string; status: number }>;

interface Asked {
  path: string;
  method: string;
  headers: Record<string, string>;
  body: string;
}

/** What a script of the page sends a lead with. */
async function senderIn<Name extends string>(script: string): Promise<Record<Name, Send>> {
  return import(`../../local/page/${script}.js`);
}
const { sendCloseLead } = await senderIn<'sendCloseLead'>('sample-close');
const { sendHubspotLead } = await senderIn<'sendHubspotLead'>('sample-hubspot');
const { sendMetaLead } = await senderIn<'sendMetaLead'>('sample-meta');

/** What the page asked for. */
let asked: Asked[] = [];
const nothing: Asked = { path: '', method: '', headers: {}, body: '' };
const realFetch = globalThis.fetch;
beforeEach(() => {
  asked = [];
  globalThis.fetch = (async (path: string, init: Omit<Asked, 'path'>) => {
    asked.push({ ...nothing, path, ...init });
    return { status: 200 };
  }) as unknown as typeof fetch;
});
afterEach(() => {
  globalThis.fetch = realFetch;
});

it('puts a lead at Close before it posts a delivery that is signed with the tenant’s key', async () => {
  const closeKey = 'ab'.repeat(32);
  const { name, status } = await sendCloseLead({ closeKey, tenant: 'north' });
  const [record = nothing, { path, headers, body } = nothing] = asked;
  const { id } = JSON.parse(body).event.data;
  expect([record.method, record.path]).toEqual(['PUT', `/local/vendors/close/lead/${id}/`]);
  expect(JSON.parse(record.body).json).toMatchObject({ id, display_name: name, organization_id: 'orga_north' });
  const signed = `${headers['close-sig-timestamp']}${body}`;
  expect([status, path]).toEqual([200, '/webhooks/close']);
  expect(headers['close-sig-hash']).toBe(
    createHmac('sha256', Buffer.from(closeKey, 'hex')).update(signed).digest('hex'),
  );
  expect(JSON.parse(body).event.data.display_name).toBe(name);
});

it('puts a lead and its form at the Graph API before it posts a delivery that is signed with the app secret', async () => {
  const { name } = await sendMetaLead(
    { metaPages: ['701234567890123'] },
    { appSecret: '0123456789abcdef0123456789abcdef' },
  );
  const [form, record, posted] = asked.map(({ body, ...more }) => ({ ...more, body, json: JSON.parse(body) }));
  const { value } = posted?.json.entry[0].changes[0] ?? {};
  expect(asked.map(({ method, path }) => `${method} ${path}`)).toEqual([
    `PUT /local/vendors/graph/${value.form_id}`,
    `PUT /local/vendors/graph/${value.leadgen_id}`,
    'POST /webhooks/meta',
  ]);
  expect(posted?.headers['x-hub-signature-256']).toBe(
    `sha256=${createHmac('sha256', '0123456789abcdef0123456789abcdef')
      .update(posted?.body ?? '')
      .digest('hex')}`,
  );
  expect(posted?.json).toMatchObject({ object: 'page', entry: [{ id: '701234567890123' }] });
  expect(value).toMatchObject({ page_id: '701234567890123', leadgen_id: expect.stringMatching(/^[1-9]\d{15}$/) });
  expect(form?.json.json).toEqual({ id: value.form_id, name: expect.any(String) });
  expect(record?.json.json).toMatchObject({
    id: value.leadgen_id,
    created_time: expect.stringMatching(/^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\+0000$/),
    form_id: value.form_id,
    is_organic: false,
    platform: expect.stringMatching(/^(fb|ig)$/),
    field_data: expect.arrayContaining([
      { name: 'full_name', values: [name] },
      { name: 'email', values: [expect.stringMatching(/^[a-z.-]+@mail\.example$/)] },
    ]),
  });
  expect(record?.json.json.field_data).toHaveLength(6);
});

it('puts a contact and its owner at HubSpot before it posts a delivery that is signed with the client secret', async () => {
  const clientSecret = '0123456789abcdef0123456789abcdef0123';
  const { name } = await sendHubspotLead({ hubspotPortals: ['24681012'] }, { clientSecret }, 'http://127.0.0.1:3000');
  const [owner, contact, posted] = asked.map(({ body, ...more }) => ({ ...more, body, json: JSON.parse(body) }));
  const [event] = posted?.json ?? [];
  expect(asked.map(({ method, path }) => `${method} ${path}`)).toEqual([
    `PUT /local/vendors/hubspot/crm/v3/owners/${owner?.json.json.id}`,
    `PUT /local/vendors/hubspot/crm/v3/objects/contacts/${event.objectId}`,
    'POST /webhooks/hubspot',
  ]);
  const timestamp = posted?.headers['x-hubspot-request-timestamp'];
  expect(posted?.headers['x-hubspot-signature-v3']).toBe(
    createHmac('sha256', clientSecret)
      .update(`POSThttp://127.0.0.1:3000/webhooks/hubspot${posted?.body}${timestamp}`)
      .digest('base64'),
  );
  expect(posted?.json).toHaveLength(1);
  expect(event).toMatchObject({
    portalId: 24_681_012,
    objectId: expect.any(Number),
    subscriptionType: 'contact.creation',
    occurredAt: Number(timestamp),
    changeFlag: 'CREATED',
  });
  const { properties, ...record } = contact?.json.json ?? {};
  expect(record).toMatchObject({ id: String(event.objectId), archived: false });
  expect(`${properties.firstname} ${properties.lastname}`).toBe(name);
  expect(properties).toMatchObject({
    email: expect.stringMatching(/^[a-z.-]+@mail\.example$/),
    hubspot_owner_id: owner?.json.json.id,
  });
});

it('sends what the product understands: each tenant hears of its leads by their names', async () => {
  globalThis.fetch = realFetch;
  await using run = await startLocal();
  const { tenants, secrets } = run.settings;
  globalThis.fetch = ((path: string, init: object) => realFetch(new URL(path, run.url), init)) as typeof fetch;
  const sent = await Promise.all(
    tenants.flatMap((tenant) => [
      sendCloseLead(tenant),
      sendMetaLead(tenant, secrets.meta),
      sendHubspotLead(tenant, secrets.hubspot, run.url),
    ]),
  );
  expect(sent.map(({ status }) => status)).toEqual(sent.map(() => 200));
  await until('told', async () => {
    const told = (await run.inbox()).filter(({ channel }) => channel === 'slack').map(({ text }) => text);
    // Who is a customer in HubSpot is called subscribed before the name.
    const isTold = ({ name }: { name: string }) =>
      told.some((text) => new RegExp(`^New Lead Alert: (.+ · )?${name}$`, 'm').test(text));
    return told.length === sent.length && sent.every(isTold);
  });
});
