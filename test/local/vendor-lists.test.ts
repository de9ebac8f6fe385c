import { DatabaseSync } from 'node:sqlite';
import Fastify, { type FastifyInstance } from 'fastify';
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import type { Seeds } from '../../local/console/seeds.ts';
import { serveStandIns, type StandInPorts } from '../../local/stand-ins/serve.ts';
import { listings, subscriptions } from '../../lambdas/sources/listings.ts';
import { everyPage } from '../fixtures/listing-world.ts';

const page = '701234567890123';
const [portal, southPage, southPortal] = ['24681012', '709876543210987', '13579111'];
const seeds = {
  tenants: {
    north: { metaPages: [page], hubspotPortals: [portal] },
    south: { metaPages: [southPage], hubspotPortals: [southPortal] },
  },
} as unknown as Seeds;
/** As the local run names and fills them. */
const secrets = {
  'lead-relay/local/north/close-api-key': 'api_north',
  'lead-relay/local/south/close-api-key': 'api_south',
  [`lead-relay/local/north/meta-token-${page}`]: 'EAAnorth',
  [`lead-relay/local/south/meta-token-${southPage}`]: 'EAAsouth',
  [`lead-relay/local/north/hubspot-token-${portal}`]: 'pat-north',
  [`lead-relay/local/south/hubspot-token-${southPortal}`]: 'pat-south',
};

let app: FastifyInstance;
let db: DatabaseSync;
/** The stand-ins by themselves, over a database in memory. */
function standIns(over: DatabaseSync): FastifyInstance {
  const served = Fastify();
  served.removeAllContentTypeParsers();
  served.addContentTypeParser('*', { parseAs: 'buffer' }, (_request, body, done) => done(null, body));
  serveStandIns(served, {
    stores: { db: over, atomically: (work: () => unknown) => work() },
    secrets: { filled: Object.keys(secrets), current: (name: keyof typeof secrets) => secrets[name] },
    seeds,
    faults: { next: () => undefined },
    crashes: { areArmed: false },
    // Of single pages and tokens these tests ask nothing.
    issued: () => undefined,
    publicUrl: () => 'http://127.0.0.1:3000',
  } as unknown as StandInPorts);
  return served;
}
beforeEach(() => {
  db = new DatabaseSync(':memory:');
  app = standIns(db);
});
afterEach(async () => {
  await app.close();
  db.close();
});

/** Anything, as JSON is. */
type Json = ReturnType<typeof JSON.parse>;
async function call(
  method: 'GET' | 'PUT' | 'POST',
  path: string,
  { body, headers = {} }: { body?: string; headers?: object } = {},
) {
  const url = `/local/vendors/${path}`;
  const response = await app.inject({ method, url, headers: { ...headers }, ...(body !== undefined && { body }) });
  return { status: response.statusCode, json: response.json() };
}
const set = async (path: string, json: unknown, more: object = {}) =>
  expect((await call('PUT', path, { body: JSON.stringify({ json, ...more }) })).status).toBe(200);

const from = Date.parse('2026-03-05T13:00:00Z');
const iso = (time: number) => new Date(time).toISOString();

describe('Close’s event log', () => {
  const basic = (key: string) => ({ headers: { authorization: `Basic ${btoa(`${key}:`)}` } });
  const setLead = (id: number, more: object = {}) =>
    set(`close/lead/lead_${id}/`, {
      id: `lead_${id}`,
      display_name: 'Zoë Müller',
      date_created: iso(from + id * 1000).replace('Z', '000+00:00'),
      contacts: [{ id: `cont_${id}`, emails: [{ email: 'zoe@example.org' }] }],
      ...more,
    });
  const log = async (query = '', key = 'api_north') =>
    (await call('GET', `close/event/?object_type=lead&action=created${query}`, basic(key))).json;
  const idsIn = ({ data }: Json): string[] => data.map(({ lead_id }: Json) => lead_id);

  it('tells of each lead that was set that it was created, the latest first', async () => {
    for (const id of [2, 1, 3]) await setLead(id);
    const answer = await log();
    expect(idsIn(answer)).toEqual(['lead_3', 'lead_2', 'lead_1']);
    expect(answer).toMatchObject({ cursor_next: null, cursor_previous: null });
    expect(answer['data'][0]).toMatchObject({
      id: expect.stringMatching(/^ev_\w{22}$/),
      object_type: 'lead',
      action: 'created',
      object_id: 'lead_3',
      date_created: '2026-03-05T13:00:03.000000',
      date_updated: '2026-03-05T13:00:03.000000',
      data: { id: 'lead_3', display_name: 'Zoë Müller', contact_ids: ['cont_3'] },
    });
    expect(JSON.stringify(answer)).not.toContain('zoe@example.org');
  });

  it.each([
    ['from', '&date_updated__gte=2026-03-05T13:00:02Z', [3, 2]],
    ['after', '&date_updated__gt=2026-03-05T13:00:02.000Z', [3]],
    ['until', '&date_updated__lte=2026-03-05T13:00:02', [2, 1]],
    ['before', '&date_updated__lt=2026-03-05T13:00:02Z', [1]],
    ['of one lead', '&lead_id=lead_2', [2]],
  ])('lists those %s', async (_, query, expected) => {
    for (const id of [1, 2, 3]) await setLead(id);
    expect(idsIn(await log(query))).toEqual(expected.map((id) => `lead_${id}`));
  });

  it('has nothing of other objects and actions', async () => {
    await setLead(1);
    for (const query of ['object_type=contact&action=created', 'object_type=lead&action=updated'])
      expect((await call('GET', `close/event/?${query}`, basic('api_north'))).json['data']).toEqual([]);
  });

  it.each([[49], [50], [51], [100], [101]])('gives %i leads fifty at a time, each once', async (count) => {
    for (let id = 0; id < count; id += 1) await setLead(id, { date_created: iso(from + (id % 7)) });
    const found: string[] = [];
    let cursor: string | null = null;
    let requests = 0;
    do {
      const answer: Json = await log(cursor === null ? '&_limit=100' : `&_cursor=${cursor}`);
      found.push(...idsIn(answer));
      cursor = answer['cursor_next'];
      requests += 1;
    } while (cursor !== null);
    expect([new Set(found).size, found.length, requests]).toEqual([count, count, Math.ceil(count / 50)]);
  });

  it('takes no cursor that it did not give', async () => {
    expect((await call('GET', 'close/event/?_cursor=old', basic('api_north'))).status).toBe(400);
  });

  it('is each organisation’s own: a lead that names none is of whoever read it, else of the first', async () => {
    await setLead(1, { organization_id: 'orga_south' });
    await setLead(2, { organization_id: 'orga_of_nobody_here' });
    await setLead(3, { organization_id: undefined });
    await setLead(4, { organization_id: undefined });
    await call('GET', 'close/lead/lead_4/', basic('api_south'));
    expect(idsIn(await log('', 'api_south'))).toEqual(['lead_4', 'lead_1']);
    expect(idsIn(await log('', 'api_north'))).toEqual(['lead_3', 'lead_2']);
  });

  it('has a lead as it was set last, and none that is gone', async () => {
    await setLead(1);
    await setLead(1, { display_name: 'Zoë Meyer' });
    await setLead(2);
    await set('close/lead/lead_2', {}, { status: 404 });
    const { data } = await log();
    expect(data.map((event: Json) => event['data'].display_name)).toEqual(['Zoë Meyer']);
  });

  it('gives way to an answer that somebody set', async () => {
    await setLead(1);
    await set('close/event', { data: [], cursor_next: null });
    expect(idsIn(await log())).toEqual([]);
  });
});

describe('Meta’s lists', () => {
  const setLead = (id: number, more: object = {}) =>
    set(`graph/${7000 + id}`, {
      id: String(7000 + id),
      created_time: iso(from + id * 1000).replace('.000Z', '+0000'),
      form_id: '9114',
      page_id: page,
      field_data: [{ name: 'email', values: ['zoe@example.org'] }],
      ...more,
    });
  const read = async (path: string, query = '', token = 'EAAnorth') =>
    (await call('GET', `graph/${path}?access_token=${token}${query}`)).json;
  const idsIn = ({ data }: Json): string[] => data.map(({ id }: Json) => id);
  const every = async (path: string, query = '') => {
    const found: string[] = [];
    let answer: Json = await read(path, query);
    let requests = 1;
    for (found.push(...idsIn(answer)); answer['paging']?.next; found.push(...idsIn(answer))) {
      answer = await read(path, `${query}&after=${answer['paging'].cursors.after}`);
      requests += 1;
    }
    return { found, requests };
  };

  it('are of the page’s forms, and of the leads of each, the latest first', async () => {
    await setLead(1);
    await setLead(3, { form_id: 9115 });
    await setLead(2);
    expect(idsIn(await read(`${page}/leadgen_forms`))).toEqual(['9114', '9115']);
    expect(await read('9114/leads')).toMatchObject({
      data: [
        { id: '7002', created_time: '2026-03-05T13:00:02+0000', form_id: '9114', field_data: expect.any(Array) },
        { id: '7001' },
      ],
      paging: { cursors: { before: expect.any(String), after: expect.any(String) } },
    });
    expect(await read('9115/leads', '&fields=id,created_time')).toMatchObject({
      data: [{ id: '7003', created_time: '2026-03-05T13:00:03+0000' }],
    });
    expect((await read('9115/leads', '&fields=id'))['data']).toEqual([{ id: '7003' }]);
  });

  it('keep each digit of a form’s id, and find a new form by themselves', async () => {
    const body = `{"json":{"id":"7009","created_time":"2026-03-05T13:00:00+0000","form_id":560071203344892123}}`;
    await call('PUT', 'graph/7009', { body });
    expect(idsIn(await read(`${page}/leadgen_forms`))).toEqual(['560071203344892123']);
    expect(idsIn(await read('560071203344892123/leads'))).toEqual(['7009']);
  });

  it.each([
    [[{ operator: 'GREATER_THAN', value: from / 1000 + 2 }], [3]],
    [[{ operator: 'GREATER_THAN_OR_EQUAL', value: from / 1000 + 2 }], [3, 2]],
    [[{ operator: 'LESS_THAN', value: from / 1000 + 2 }], [1]],
    [
      [
        { operator: 'GREATER_THAN_OR_EQUAL', value: from / 1000 + 1 },
        { operator: 'LESS_THAN_OR_EQUAL', value: from / 1000 + 2 },
      ],
      [2, 1],
    ],
  ])('list those that %j lets through', async (filters, expected) => {
    for (const id of [1, 2, 3]) await setLead(id);
    const filtering = JSON.stringify(filters.map((filter) => ({ field: 'time_created', ...filter })));
    expect(idsIn(await read('9114/leads', `&filtering=${encodeURIComponent(filtering)}`))).toEqual(
      expected.map((id) => String(7000 + id)),
    );
  });

  it.each([
    [25, '', 1],
    [26, '', 2],
    [100, '&limit=100', 1],
    [101, '&limit=500', 2],
  ])('give %i leads with %j in %i requests, each once', async (count, query, requests) => {
    for (let id = 0; id < count; id += 1) await setLead(id, { created_time: iso(from + (id % 5) * 1000) });
    const all = await every('9114/leads', query);
    expect([new Set(all.found).size, all.found.length, all.requests]).toEqual([count, count, requests]);
  });

  it('give forms twenty-five at a time', async () => {
    for (let id = 0; id < 26; id += 1) await setLead(id, { form_id: String(9000 + id) });
    const all = await every(`${page}/leadgen_forms`);
    expect([new Set(all.found).size, all.found.length, all.requests]).toEqual([26, 26, 2]);
  });

  it('take no cursor that they did not give, and no filter that they do not know', async () => {
    await setLead(1);
    for (const query of ['&after=old', '&filtering=[{"field":"status"}]', '&filtering=x'])
      expect(await read('9114/leads', query)).toMatchObject({ error: { code: 100 } });
    expect(await read(`${page}/leadgen_forms`, '&after=old')).toMatchObject({ error: { code: 100 } });
  });

  it('are empty of a page without leads, and none of a page or form that there is not', async () => {
    expect(await read(`${page}/leadgen_forms`)).toEqual({ data: [] });
    for (const path of ['1/leadgen_forms', '9114/leads'])
      expect(await read(path)).toMatchObject({ error: { code: 100, error_subcode: 33 } });
    await set('graph/9114', { id: '9114', name: 'Spring offer' });
    expect(await read('9114/leads')).toEqual({ data: [] });
  });

  it('are each page’s own: a lead that names none is of whose token read it, else of the first page', async () => {
    await setLead(1, { page_id: southPage });
    await setLead(2, { page_id: undefined });
    await setLead(3, { page_id: undefined });
    await read('7003', '', 'EAAsouth');
    expect(idsIn(await read('9114/leads', '', 'EAAsouth'))).toEqual(['7003', '7001']);
    expect(idsIn(await read('9114/leads', '', 'EAAnorth'))).toEqual(['7002']);
    for (const one of [page, southPage]) expect(idsIn(await read(`${one}/leadgen_forms`))).toEqual(['9114']);
  });
});

describe('HubSpot’s search', () => {
  const setContact = (id: number, more: object = {}, record: object = {}) =>
    set(`hubspot/crm/v3/objects/contacts/${id}`, {
      id: String(id),
      properties: { createdate: iso(from), lastmodifieddate: iso(from + id), email: `${id}@example.org`, ...more },
      portalId: portal,
      ...record,
    });
  const search = async (body: object, token = 'pat-north') =>
    call('POST', 'hubspot/crm/v3/objects/contacts/search', {
      body: JSON.stringify(body),
      headers: { authorization: `Bearer ${token}` },
    });
  const idsIn = ({ results }: Json): number[] => results.map(({ id }: Json) => Number(id));
  const filter = (...filters: object[]) => ({ filterGroups: [{ filters }] });
  const changed = (operator: string, value: string | number) => ({ propertyName: 'lastmodifieddate', operator, value });

  it('gives contacts with what was asked for, whatever else is known of them', async () => {
    await setContact(1, { firstname: 'Zoë' });
    const { json } = await search({ ...filter(changed('GTE', from)), properties: ['email', 'phone'] });
    expect(json).toEqual({
      total: 1,
      results: [
        {
          id: '1',
          properties: {
            createdate: '2026-03-05T13:00:00.000Z',
            hs_object_id: '1',
            lastmodifieddate: '2026-03-05T13:00:00.001Z',
            email: '1@example.org',
            phone: null,
          },
          createdAt: '2026-03-05T13:00:00.000Z',
          updatedAt: '2026-03-05T13:00:00.001Z',
          archived: false,
        },
      ],
    });
  });

  it.each([
    ['from a time on', [changed('GTE', String(from + 2))], [2, 3, 10]],
    ['after a time, as a date', [changed('GT', iso(from + 2))], [3, 10]],
    ['within a time', [changed('GTE', from + 2), changed('LT', from + 10)], [2, 3]],
    [
      'between two',
      [{ propertyName: 'lastmodifieddate', operator: 'BETWEEN', value: from + 2, highValue: from + 3 }],
      [2, 3],
    ],
    ['beyond an id, as a number', [{ propertyName: 'hs_object_id', operator: 'GT', value: '2' }], [3, 10]],
    ['with a property', [{ propertyName: 'email', operator: 'EQ', value: '3@example.org' }], [3]],
    ['with one of some', [{ propertyName: 'email', operator: 'IN', values: ['3@example.org', 'x'] }], [3]],
    ['without a property', [{ propertyName: 'phone', operator: 'NOT_HAS_PROPERTY' }, changed('LT', from + 3)], [1, 2]],
  ])('finds those %s', async (_, filters, expected) => {
    for (const id of [10, 1, 2, 3]) await setContact(id);
    const sorts = [{ propertyName: 'lastmodifieddate', direction: 'ASCENDING' }];
    const { json } = await search({ ...filter(...filters), sorts });
    expect([json['total'], idsIn(json)]).toEqual([expected.length, expected]);
  });

  it('sorts by a date, by the id or by another property, either way', async () => {
    for (const [id, more] of [
      [10, { firstname: 'Bea' }],
      [9, { firstname: 'Ada' }],
      [11, { firstname: 'Cem' }],
    ] as const)
      await setContact(id, { lastmodifieddate: iso(from + 20 - id), ...more });
    const by = async (propertyName: string, direction: string) =>
      idsIn((await search({ sorts: [{ propertyName, direction }] })).json);
    expect(await by('lastmodifieddate', 'ASCENDING')).toEqual([11, 10, 9]);
    expect(await by('hs_object_id', 'DESCENDING')).toEqual([11, 10, 9]);
    expect(await by('hs_object_id', 'ASCENDING')).toEqual([9, 10, 11]);
    expect(await by('firstname', 'ASCENDING')).toEqual([9, 10, 11]);
  });

  it.each([
    [10, {}, 1],
    [11, {}, 2],
    [200, { limit: 200 }, 1],
    [201, { limit: 200 }, 2],
  ])('gives %i contacts with %j in %i requests, each once', async (count, asked, requests) => {
    for (let id = 1; id <= count; id += 1) await setContact(id);
    const found: number[] = [];
    let after: string | undefined;
    let done = 0;
    do {
      const { json } = await search({ ...asked, ...(after && { after }) });
      found.push(...idsIn(json));
      after = json['paging']?.next.after;
      done += 1;
    } while (after !== undefined);
    expect([new Set(found).size, found.length, done]).toEqual([count, count, requests]);
  });

  it.each([
    ['more at once than it gives', { limit: 201 }],
    ['what lies beyond 10,000', { limit: 100, after: '9901' }],
    ['a cursor of something else', { after: 'old' }],
    ['an operator that it does not know', filter(changed('NEAR', '1'))],
    ['a property that is none', filter({ propertyName: "x') OR 1=1", operator: 'EQ', value: '1' })],
    ['two sorts', { sorts: [{ propertyName: 'email' }, { propertyName: 'phone' }] }],
    ['a body beyond 3000 characters', { query: 'x'.repeat(3000) }],
  ])('refuses %s', async (_, body) => {
    const { status, json } = await search(body);
    expect([status, json['category']]).toEqual([400, 'VALIDATION_ERROR']);
  });

  it('goes to 10,000, quickly', async () => {
    const insert = db.prepare('INSERT INTO vendor_answers VALUES (?, ?)');
    const listed = db.prepare('INSERT INTO vendor_listed VALUES (?, ?, ?, ?, ?, ?)');
    const body = JSON.stringify({ properties: { email: 'zoe@example.org' } });
    db.exec('BEGIN');
    for (let id = 1; id <= 10_050; id += 1) {
      insert.run(`hubspot/crm/v3/objects/contacts/${id}`, JSON.stringify({ status: 200, headers: {}, body }));
      listed.run('hubspot', String(id), portal, '', from, from + id);
    }
    db.exec('COMMIT');
    const begun = performance.now();
    const sorts = [{ propertyName: 'lastmodifieddate', direction: 'ASCENDING' }];
    for (let at = 0; at < 20; at += 1) {
      const { json } = await search({ ...filter(changed('GTE', from + at * 500)), sorts, limit: 100 });
      expect(idsIn(json)[0]).toBe(Math.max(1, at * 500));
    }
    expect((performance.now() - begun) / 20).toBeLessThan(250);
    const { json } = await search({ limit: 100, after: '9900' });
    expect([json['total'], idsIn(json).length]).toEqual([10_050, 100]);
  });

  it('is each portal’s own: a contact that names none is of whose token read it, else of the first', async () => {
    await setContact(1, {}, { portalId: southPortal });
    await setContact(2, {}, { portalId: undefined });
    await setContact(3, {}, { portalId: undefined });
    await call('GET', 'hubspot/crm/v3/objects/contacts/3', { headers: { authorization: 'Bearer pat-south' } });
    expect(idsIn((await search({}, 'pat-south')).json)).toEqual([1, 3]);
    expect(idsIn((await search({}, 'pat-north')).json)).toEqual([2]);
    expect(idsIn((await search({}, 'pat-of-nobody')).json)).toEqual([2]);
  });

  it('finds a contact without a date as of when it was set, and as of its last change', async () => {
    const before = Date.now();
    await setContact(1, { createdate: undefined, lastmodifieddate: undefined });
    expect((await search(filter(changed('GTE', before)))).json['total']).toBe(1);
    await setContact(1, { createdate: undefined, lastmodifieddate: iso(from) });
    expect((await search(filter(changed('GTE', before)))).json['total']).toBe(0);
  });
});

describe('subscriptions', () => {
  const signedIn = { headers: { authorization: `Basic ${btoa('api_north:')}` } };
  const webhook = { id: 'whsub_1', url: 'https://leads.example/webhooks/close', status: 'paused' };
  const posted = (path: string) =>
    call('POST', path, {
      body: 'subscribed_fields=leadgen&access_token=EAAnorth',
      headers: { 'content-type': 'application/x-www-form-urlencoded' },
    });

  it('of Close are from the start on one that posts to us', async () => {
    expect((await call('GET', 'close/webhook/?_limit=100', signedIn)).json).toMatchObject({
      has_more: false,
      data: [{ url: 'http://127.0.0.1:3000/webhooks/close', status: 'active' }],
    });
  });

  it('that a person paused are woken by a call, and by a call only', async () => {
    await set('close/webhook/', { data: [webhook, { ...webhook, id: 'whsub_2' }] });
    const body = '{"status":"active"}';
    expect(await call('PUT', 'close/webhook/whsub_1/', { ...signedIn, body })).toEqual({
      status: 200,
      json: { ...webhook, status: 'active' },
    });
    expect((await call('GET', 'close/webhook/', signedIn)).json['data'].map(({ status }: Json) => status)).toEqual([
      'active',
      'paused',
    ]);
    expect((await call('PUT', 'close/webhook/whsub_3/', { ...signedIn, body })).status).toBe(404);
    await set('close/webhook/whsub_2', {}, { status: 403 });
    expect((await call('PUT', 'close/webhook/whsub_2/', { ...signedIn, body })).status).toBe(403);
  });

  it('of a page are from the start on ours, go where a person takes them away, and come again when they are asked for', async () => {
    const path = `graph/${page}/subscribed_apps`;
    const leadgen = { subscribed_fields: ['leadgen'] };
    expect((await call('GET', path)).json).toMatchObject({ data: [leadgen] });
    await set(path, { data: [{ id: '5', subscribed_fields: ['feed'] }] });
    expect((await call('GET', path)).json).toEqual({ data: [{ id: '5', subscribed_fields: ['feed'] }] });
    expect((await posted(path)).json).toEqual({ success: true });
    expect((await call('GET', path)).json).toMatchObject({ data: [{ id: '5' }, leadgen] });
  });

  it('of a page stay as a person’s answer says where that is no list, and there are none of a page that is nobody’s', async () => {
    const path = `graph/${page}/subscribed_apps`;
    await set(path, { error: { code: 200 } }, { status: 400 });
    for (const answer of [await call('GET', path), await posted(path)])
      expect(answer).toEqual({ status: 400, json: { error: { code: 200 } } });
    for (const answer of [await call('GET', 'graph/1/subscribed_apps'), await posted('graph/1/subscribed_apps')])
      expect(answer.json).toMatchObject({ error: { code: 100, error_subcode: 33 } });
  });
});

describe('what the product asks of them', () => {
  /** The product's own access, with the stand-ins for its network. */
  const access = (vendor: string, account: string, token: string) => ({
    account,
    token,
    baseUrl: `http://stand-in/local/vendors/${vendor}`,
    url: 'http://127.0.0.1:3000/webhooks/close',
    fetch: async (...args: Parameters<typeof fetch>) => {
      const request = new Request(...args);
      const { pathname, search } = new URL(request.url);
      const headers = Object.fromEntries(request.headers);
      const body = await request.text();
      const method = request.method as 'GET' | 'POST' | 'PUT';
      const answer = await app.inject({ method, url: pathname + search, headers, ...(body && { payload: body }) });
      return new Response(answer.body, { status: answer.statusCode });
    },
  });
  const window = { from, to: from + 3_600_000 };
  const ids = Array.from({ length: 230 }, (_, index) => 1000 + index);

  it.each([
    [
      'close' as const,
      access('close', 'organization', 'api_north'),
      (id: number) => [`lead/lead_${id}`, { id: `lead_${id}`, date_created: iso(from + id) }] as const,
      (id: number) => `lead_${id}`,
    ],
    [
      'meta' as const,
      access('graph', page, 'EAAnorth'),
      (id: number) => [id, { id: `${id}`, created_time: iso(from + id), form_id: `${id % 3}`, page_id: page }] as const,
      String,
    ],
    [
      'hubspot' as const,
      access('hubspot', portal, 'pat-north'),
      // A hundred and fifty of them were made in the same moment.
      (id: number) =>
        [
          `crm/v3/objects/contacts/${id}`,
          { id: `${id}`, properties: { lastmodifieddate: iso(from + Math.min(id, 1080)) }, portalId: portal },
        ] as const,
      (id: number) => `${portal}_${id}`,
    ],
  ])('is answered with all leads of %s, each once', async (source, api, recordOf, leadIdOf) => {
    for (const id of ids) {
      const [path, record] = recordOf(id);
      await set(`${api.baseUrl.split('/').at(-1)}/${path}`, record);
    }
    const { leads } = await everyPage(listings[source], window, api);
    expect(leads.map(({ leadId }) => leadId).toSorted()).toEqual(ids.map(leadIdOf).toSorted());
  });

  it('is answered with subscriptions that are on, and that can be woken', async () => {
    const [close, meta] = [access('close', '', 'api_north'), access('graph', page, 'EAAnorth')];
    expect(await subscriptions.close.check(close)).toEqual({ state: 'active' });
    expect(await subscriptions.meta.check(meta)).toEqual({ state: 'active' });
    await set('close/webhook', { data: [{ id: 'whsub_1', url: close.url, status: 'paused' }] });
    await set(`graph/${page}/subscribed_apps`, { data: [] });
    expect(await subscriptions.close.check(close)).toMatchObject({ state: 'woken' });
    expect(await subscriptions.meta.check(meta)).toMatchObject({ state: 'woken' });
    expect(await subscriptions.close.check(close)).toEqual({ state: 'active' });
    expect(await subscriptions.meta.check(meta)).toEqual({ state: 'active' });
  });
});

it('lists are of records that an earlier release kept, too', async () => {
  const old = new DatabaseSync(':memory:');
  old.exec('CREATE TABLE vendor_answers (path TEXT PRIMARY KEY, answer TEXT NOT NULL)');
  const body = JSON.stringify({ id: 'lead_1', date_created: iso(from) });
  old
    .prepare('INSERT INTO vendor_answers VALUES (?, ?)')
    .run('close/lead/lead_1', JSON.stringify({ status: 200, headers: {}, body }));
  const served = standIns(old);
  const { data } = (await served.inject('/local/vendors/close/event/')).json();
  expect(data.map(({ lead_id }: Json) => lead_id)).toEqual(['lead_1']);
  await served.close();
});
