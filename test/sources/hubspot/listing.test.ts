import { describe, expect, it } from '@jest/globals';
import { type Contact, join, nobodyYet } from '../../../lambdas/core/contact.ts';
import { Later, TokenRefused } from '../../../lambdas/core/failures.ts';
import { CursorExpired, type ListedLead } from '../../../lambdas/core/listing.ts';
import { hubspot } from '../../../lambdas/sources/hubspot/index.ts';
import { listing } from '../../../lambdas/sources/hubspot/listing.ts';
import { type SearchedContact, searchIn } from '../../fixtures/hubspot-search.ts';
import { type Asked, everyPage, failureIn, json, vendor } from '../../fixtures/listing-world.ts';

const window = { from: Date.parse('2026-03-05T13:00:00Z'), to: Date.parse('2026-03-05T14:00:00Z') };
const portal = '48120733';

function contactOf(id: number, changed = window.from + id, created = changed): SearchedContact {
  const [createdate, lastmodifieddate] = [created, changed].map((time) => new Date(time).toISOString());
  return {
    id: String(id),
    properties: {
      createdate: createdate ?? null,
      lastmodifieddate: lastmodifieddate ?? null,
      email: `${id}@example.org`,
    },
  };
}
const contacts = (count: number, at = (index: number) => window.from + index) =>
  Array.from({ length: count }, (_, index) => contactOf(1 + index, at(index)));

const search = (all: SearchedContact[]) => vendor((asked) => searchIn(all, asked), portal);
const idsOf = (leads: ListedLead[]) => leads.map(({ leadId }) => Number(leadId.split('_')[1]));
const upTo = (count: number) => Array.from({ length: count }, (_, index) => 1 + index);

it('searches for what was made or changed within the window, the oldest change first, with the token as Bearer', async () => {
  const { api, calls } = search([]);
  expect(await everyPage(listing, window, api)).toMatchObject({ leads: [], cursors: [] });
  expect(calls).toHaveLength(1);
  expect(calls[0]).toMatchObject({ method: 'POST', path: 'crm/v3/objects/contacts/search' });
  expect(calls[0]?.headers.get('authorization')).toBe('Bearer SECRET-TOKEN');
  expect(calls[0]?.headers.get('content-type')).toBe('application/json');
  const asked = JSON.parse(calls[0]?.body ?? '') as { properties: string[] };
  expect(asked).toMatchObject({
    filterGroups: [
      {
        filters: [
          { propertyName: 'lastmodifieddate', operator: 'GTE', value: '1772715600000' },
          { propertyName: 'lastmodifieddate', operator: 'LT', value: '1772719200000' },
        ],
      },
    ],
    sorts: [{ propertyName: 'lastmodifieddate', direction: 'ASCENDING' }],
    limit: 100,
  });
  expect(asked.properties).toEqual(expect.arrayContaining(['email', 'hubspot_owner_id', 'createdate']));
  // HubSpot takes no more.
  expect(calls[0]?.body.length).toBeLessThan(3000);
});

it.each([
  [0, 1],
  [1, 1],
  [100, 1],
  [101, 2],
  [199, 2],
  [200, 3],
])('reads %i contacts with %i requests, each once', async (count, requests) => {
  const { api, calls } = search(contacts(count));
  expect(idsOf((await everyPage(listing, window, api)).leads)).toEqual(upTo(count));
  expect(calls).toHaveLength(requests);
});

it('reads more than the 10,000 that HubSpot lists, each once', async () => {
  const { api, calls } = search(contacts(10_150));
  const { leads, cursors } = await everyPage(listing, window, api);
  expect(idsOf(leads)).toEqual(upTo(10_150));
  expect(calls.length).toBeLessThan(105);
  for (const cursor of cursors) expect(cursor.length).toBeLessThan(4096);
});

describe('contacts that were changed in the same moment', () => {
  const bulk = (from: number, count: number) => (index: number) =>
    window.from + (index < from ? index : index < from + count ? 5000 : 6000 + index);
  it.each([
    ['across two answers', 90, 20],
    ['as many as one answer holds', 0, 100],
    ['as many as one answer holds, in the middle', 100, 100],
    ['one more', 0, 101],
    ['ten times as many', 50, 1000],
    ['all that there are', 0, 450],
  ])('are read once each: %s', async (_, from, count) => {
    const all = contacts(from + count + 30, bulk(from, count));
    const { leads, cursors } = await everyPage(listing, window, search(all).api);
    expect(idsOf(leads).toSorted((a, b) => a - b)).toEqual(upTo(all.length));
    for (const cursor of cursors) expect(cursor.length).toBeLessThan(4096);
  });

  it('at the end of the window', async () => {
    const all = contacts(250, () => window.to - 1);
    expect(idsOf((await everyPage(listing, window, search(all).api)).leads)).toEqual(upTo(250));
  });
});

it('leaves out nobody where others are changed while it reads', async () => {
  const all = contacts(300);
  const { api } = search(all);
  const found: number[] = [];
  let cursor: string | undefined;
  do {
    const page = await listing.page(window, cursor, api);
    found.push(...idsOf(page.leads));
    ({ cursor } = page);
    // Ten that were read already leave the window, so that HubSpot's own places move by as many.
    for (const id of found.slice(-10)) {
      const contact = all.find((one) => one.id === String(id));
      if (contact) contact.properties['lastmodifieddate'] = new Date(window.to + 1).toISOString();
    }
  } while (cursor !== undefined);
  expect(found).toEqual(upTo(300));
});

it('a contact is listed with what HubSpot says of it and would have posted', async () => {
  const created = Date.parse('2026-01-02T03:04:05.678Z');
  const contact = contactOf(90_817_263_541, window.from + 7, created);
  const { leads } = await everyPage(listing, window, search([contact]).api);
  expect(leads).toMatchObject([
    {
      leadId: '48120733_90817263541',
      createdAt: created,
      changedAt: window.from + 7,
      properties: { email: '90817263541@example.org' },
    },
  ]);
  const body = listing.delivery(leads, portal);
  expect(hubspot.events(body)).toMatchObject([
    {
      leadId: '48120733_90817263541',
      effect: 'new_lead',
      account: portal,
      objectId: '90817263541',
      occurredAt: '2026-01-02T03:04:05.678Z',
      change: { properties: {}, life: { state: 'created' } },
    },
  ]);
  expect(JSON.parse(body.toString())).toMatchObject([{ portalId: 48120733, objectId: 90817263541 }]);
  expect(listing.delivery(leads, portal).equals(body)).toBe(true);
});

it('leaves out what has no usable id, and takes what other dates there are', async () => {
  const results = [
    null,
    'contact',
    { id: '../1', properties: {} },
    { id: '2' },
    { id: '3', properties: { email: 5, phone: null, createdate: 'yesterday' } },
    { id: '4', properties: { createdate: null }, createdAt: '2026-03-05T13:10:00Z', updatedAt: '2026-03-05T13:20:00Z' },
    { id: '4', properties: {}, updatedAt: '2026-03-05T13:20:00Z' },
    { id: '5', properties: { createdate: '1772716200000', lastmodifieddate: '1772716200000' } },
    { id: '6', properties: { lastmodifieddate: '2026-03-05T14:00:00Z' } },
  ];
  const { leads } = await everyPage(listing, window, vendor(() => json({ results }), portal).api);
  const minute = (at: number) => window.from + at * 60_000;
  expect(leads.map(({ leadId, createdAt, changedAt }) => [leadId, createdAt, changedAt])).toEqual([
    ['48120733_3', window.to - 1, undefined],
    ['48120733_4', minute(20), minute(20)],
    ['48120733_5', minute(10), minute(10)],
  ]);
  expect(leads[0]?.properties).toEqual({ phone: null, createdate: 'yesterday' });
});

describe('what changed in a contact', () => {
  const lead = (properties: Record<string, string | null>): ListedLead => ({
    leadId: '48120733_7',
    createdAt: window.from,
    changedAt: window.to - 1000,
    posted: {},
    properties,
  });
  const known = (at: number, properties: Record<string, string>): Contact =>
    join(nobodyYet, { at, by: 'e', properties });
  const changes = (...[listed, contact]: [ListedLead, Contact]) => {
    const body = listing.changed?.(listed, contact, portal);
    return (
      body &&
      hubspot
        .events(body)
        .map(({ occurredAt, effect, leadId, change }) => ({ occurredAt, effect, leadId, ...change?.properties }))
    );
  };

  it('is told as HubSpot would have', () => {
    const before = known(window.from, { email: 'zoe@example.org', firstname: 'Zoe', phone: '1', jobtitle: 'CEO' });
    const now = lead({ email: 'zoe@example.org', firstname: 'Zoë', phone: null, company: 'Harbour', jobtitle: 'CTO' });
    const event = { occurredAt: '2026-03-05T13:59:59.000Z', effect: 'update', leadId: '48120733_7' };
    expect(changes(now, before)).toEqual([
      { ...event, firstname: 'Zoë' },
      { ...event, phone: '' },
      { ...event, company: 'Harbour' },
    ]);
  });

  it('is nothing where both are the same, ours is newer, or the list does not say', () => {
    const now = lead({ firstname: 'Zoë', lastname: null });
    expect(changes(now, known(window.from, { firstname: 'Zoë', phone: '1' }))).toBeUndefined();
    expect(changes(now, known(window.to - 1000, { firstname: 'Zoe', lastname: 'M' }))).toBeUndefined();
    expect(changes(lead({}), nobodyYet)).toBeUndefined();
    const { changedAt: _, ...undated } = now;
    expect(changes(undated, nobodyYet)).toBeUndefined();
  });

  it('is told once: then we know as much', () => {
    const now = lead({ firstname: 'Zoë', lastname: 'Müller' });
    const [first, second] = hubspot.events(listing.changed?.(now, nobodyYet, portal) ?? Buffer.from('[]'));
    const after = [first, second].reduce(
      (contact, event) =>
        join(contact, {
          at: Date.parse(event?.occurredAt ?? ''),
          by: event?.id ?? '',
          properties: event?.change?.properties ?? {},
        }),
      nobodyYet,
    );
    expect(changes(now, after)).toBeUndefined();
  });
});

it.each(['', '{}', '{"from":"5","seen":[]}', '{"from":5,"seen":["../1"]}'])(
  'begins anew with %j, which is no place in the list',
  async (cursor) => {
    const { api, calls } = search([]);
    expect(await failureIn(listing.page(window, cursor, api))).toBeInstanceOf(CursorExpired);
    expect(calls).toEqual([]);
  },
);

describe('an answer without a list', () => {
  const more = { paging: { next: { after: '100' } } };
  it.each<[string, (asked: Asked) => Response | Error, typeof Later | typeof TokenRefused]>([
    ['a refused token', () => json({ message: 'SECRET-TOKEN' }, { status: 401 }), TokenRefused],
    ['a missing scope', () => json({}, { status: 403 }), TokenRefused],
    ['a bad request', () => json({ category: 'VALIDATION_ERROR' }, { status: 400 }), Later],
    ['no such list', () => json({}, { status: 404 }), Later],
    ['a failure', () => json({}, { status: 502 }), Later],
    ['no answer', () => new Error('SECRET-TOKEN'), Later],
    ['something else', () => json({ results: 'contacts' }), Later],
    ['a list without contacts that goes on', () => json({ results: [null], ...more }), Later],
    ['a list out of order', () => json({ results: [contactOf(1, window.from - 1)], ...more }), Later],
  ])('%s is told for what it is, without the token', async (_, answer, kind) => {
    const error = await failureIn(listing.page(window, undefined, vendor(answer, portal).api));
    expect(error).toBeInstanceOf(kind);
    expect(String(error)).not.toContain('SECRET');
  });

  it.each([
    ['a second’s', { policyName: 'SECONDLY' }, undefined, 1],
    ['ten seconds’', { policyName: 'TEN_SECONDLY_ROLLING' }, undefined, 10],
    ['the day’s', { policyName: 'DAILY' }, undefined, 900],
    ['any, with its wait', { policyName: 'SECONDLY' }, { 'retry-after': '3' }, 3],
  ])('a limit says how long to wait: %s', async (_, body, headers, wait) => {
    const { api } = vendor(() => json(body, { status: 429, ...(headers && { headers }) }));
    expect((await failureIn(listing.page(window, undefined, api))).retryAfter).toBe(wait);
  });
});
