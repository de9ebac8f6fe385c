import { describe, expect, it } from '@jest/globals';
import { Later, Refused, TokenRefused } from '../../../lambdas/core/failures.ts';
import { CursorExpired } from '../../../lambdas/core/listing.ts';
import { close } from '../../../lambdas/sources/close/index.ts';
import { listing } from '../../../lambdas/sources/close/listing.ts';
import { type Asked, everyPage, failureIn, json, vendor } from '../../fixtures/listing-world.ts';

const window = { from: Date.parse('2026-03-05T13:00:00Z'), to: Date.parse('2026-03-05T14:00:00Z') };
const minute = 60_000;

/** As the log writes times: without a zone, to the microsecond. */
const micros = (time: number) => new Date(time).toISOString().replace('Z', '000');
const eventOf = (id: string, at: number, more: object = {}) => ({
  id: `ev_${id}`,
  object_type: 'lead',
  object_id: `lead_${id}`,
  lead_id: `lead_${id}`,
  action: 'created',
  date_created: micros(at),
  date_updated: micros(at),
  data: { id: `lead_${id}`, display_name: 'Zoë Müller' },
  ...more,
});
const events = (count: number) =>
  Array.from({ length: count }, (_, index) => eventOf(String(index), window.to - 1000 - index * 1000));

/** A log with these, the latest first, as Close pages it: the date is a filter of the first page only. */
function log(entries: unknown[], { forgets = false } = {}) {
  return vendor(({ query }) => {
    const { _cursor, _limit, date_updated__gte: from = '', date_updated__lt: to = '9' } = query;
    if (_cursor !== undefined && forgets) return json({ error: 'Invalid cursor' }, { status: 400 });
    const at = (entry: unknown) => (entry as { date_updated?: string }).date_updated ?? '5';
    const meant = _cursor ? entries : entries.filter((entry) => at(entry) >= from.slice(0, -1) && at(entry) < to);
    const start = Number(_cursor ?? 0);
    const data = meant.slice(start, start + Number(_limit));
    const next = start + data.length;
    return json({ data, cursor_next: next < meant.length ? String(next) : null, cursor_previous: null });
  });
}

it('asks for new leads that were logged within the window, with the API key as Basic', async () => {
  const { api, calls } = log(events(1));
  await listing.page(window, undefined, api);
  expect(calls.map(({ path, query }) => ({ path, ...query }))).toEqual([
    {
      path: 'event/',
      object_type: 'lead',
      action: 'created',
      date_updated__gte: '2026-03-05T13:00:00.000Z',
      date_updated__lt: '2026-03-05T14:00:00.000Z',
      _limit: '50',
    },
  ]);
  expect(calls[0]?.headers.get('authorization')).toBe(`Basic ${btoa('SECRET-TOKEN:')}`);
});

it.each([
  [0, 1],
  [1, 1],
  [50, 1],
  [51, 2],
  [100, 2],
  [101, 3],
])('reads %i leads with %i requests, each lead once', async (count, requests) => {
  const { api, calls } = log(events(count));
  const { leads } = await everyPage(listing, window, api);
  expect(leads.map(({ leadId }) => leadId)).toEqual(events(count).map(({ lead_id }) => lead_id));
  expect(calls).toHaveLength(requests);
});

it('goes on with the cursor and without dates, as Close wants it, and ends where the window does', async () => {
  const older = Array.from({ length: 120 }, (_, index) => eventOf(`old_${index}`, window.from - 1 - index));
  const { api, calls } = vendor(({ query }) => {
    const all = [...events(60), ...older];
    const start = Number(query['_cursor'] ?? 0);
    return json({ data: all.slice(start, start + 50), cursor_next: String(start + 50) });
  });
  const { leads } = await everyPage(listing, window, api);
  expect(leads).toHaveLength(60);
  expect(calls.map(({ query }) => query['_cursor'])).toEqual([undefined, '50']);
  expect(calls[1]?.query).not.toHaveProperty('date_updated__gte');
});

it('a lead is listed as Close would have posted it', async () => {
  const at = window.from + minute;
  const event = eventOf('7', at, { date_updated: micros(at + 5) });
  const { leads } = await everyPage(listing, window, log([event]).api);
  expect(leads).toEqual([{ leadId: 'lead_7', createdAt: at, posted: { subscription_id: null, event } }]);
  const [lead] = leads;
  const body = listing.delivery(lead ? [lead] : [], 'north');
  expect(close.nameOf(body)).toBe('crm_event_lead_7.json');
  expect(close.events(body, { names: {} })).toMatchObject([
    { id: 'ev_7', leadId: 'lead_7', effect: 'new_lead', facts: { display_name: 'Zoë Müller' } },
  ]);
});

it('leaves out what is no new lead, is odd or lies outside, and gives what has no date the end of the window', async () => {
  const at = window.from;
  const odd = [
    null,
    'event',
    {},
    eventOf('../1', at),
    eventOf('2', at, { id: 'ev/2' }),
    eventOf('3', at, { action: 'updated' }),
    eventOf('4', at, { object_type: 'contact' }),
    eventOf('5', window.to),
    eventOf('6', at, { date_created: undefined, date_updated: 'yesterday' }),
    eventOf('7', at),
    eventOf('7', at, { id: 'ev_again' }),
  ];
  const { api } = vendor(() => json({ data: odd }));
  const { leads } = await everyPage(listing, window, api);
  expect(leads.map(({ leadId, createdAt }) => [leadId, createdAt])).toEqual([
    ['lead_6', window.to - 1],
    ['lead_7', at],
  ]);
});

it('begins anew where Close knows the cursor no longer', async () => {
  const { api } = log(events(60), { forgets: true });
  const { cursor } = await listing.page(window, undefined, api);
  expect(cursor).toBe('50');
  expect(await failureIn(listing.page(window, cursor, api))).toBeInstanceOf(CursorExpired);
});

describe('an event without data', () => {
  // https://developer.close.com/resources/event-log: older than an hour, and the key is not that of an administrator.
  const bare = eventOf('7', window.from, { data: undefined });
  const listed = async (event: object) => {
    const { leads } = await everyPage(listing, window, log([event]).api);
    const [lead] = leads;
    if (!lead) throw new Error('no lead was listed');
    return lead;
  };
  const record = {
    id: 'lead_7',
    display_name: 'Zoë Müller',
    status_label: 'Potential',
    'custom.cf_1': 'soon',
    date_updated: '2026-03-05T13:40:00.000000+00:00',
    contacts: [{ emails: [{ email: 'zoe@example.org' }] }],
    tasks: [],
    opportunities: [],
  };

  it('is completed by the lead as it is now', async () => {
    const { api, calls } = vendor(() => json(record));
    const lead = await listing.complete?.(await listed(bare), api);
    expect(calls.map(({ path }) => path)).toEqual(['lead/lead_7/']);
    const [event] = lead ? close.events(listing.delivery([lead], 'north'), { names: {} }) : [];
    expect(event).toMatchObject({
      id: 'ev_7',
      asOf: '2026-03-05T13:40:00.000Z',
      facts: {
        display_name: 'Zoë Müller',
        status_label: 'Potential',
        answers: [{ question: null, answer: 'soon' }],
      },
    });
    expect(JSON.stringify(lead)).not.toContain('zoe@example.org');
  });

  it('stays as it is where Close has the lead no longer', async () => {
    const lead = await listed(bare);
    const { api } = vendor(() => json({ error: 'Not found.' }, { status: 404 }));
    expect(await listing.complete?.(lead, api)).toEqual(lead);
  });

  it('is not asked for where the log says it all', async () => {
    const lead = await listed(eventOf('7', window.from));
    const { api, calls } = vendor(() => json(record));
    expect(await listing.complete?.(lead, api)).toBe(lead);
    expect(calls).toEqual([]);
  });
});

describe('an answer without a log', () => {
  const refused = (status: number, headers?: Record<string, string>) => () =>
    json({ error: 'SECRET-TOKEN' }, { status, ...(headers && { headers }) });
  it.each<[string, (asked: Asked) => Response | Error, typeof Later | typeof Refused]>([
    ['a refused key', refused(401), TokenRefused],
    ['a missing right', refused(403), Refused],
    ['a limit', refused(429), Later],
    ['a bad request', refused(400), Later],
    ['no such list', refused(404), Later],
    ['a failure', refused(503), Later],
    ['no answer', () => new Error('https://SECRET-TOKEN@vendor.example'), Later],
    ['no JSON', () => new Response('<html>'), Later],
    ['something else', () => json({ data: 'events' }), Later],
  ])('%s is told for what it is, without the key', async (_, answer, kind) => {
    const error = await failureIn(listing.page(window, undefined, vendor(answer).api));
    expect(error).toBeInstanceOf(kind);
    expect(String(error)).not.toContain('SECRET');
  });

  it('a limit says how long to wait', async () => {
    const { api } = vendor(refused(429, { 'retry-after': '7' }));
    expect((await failureIn(listing.page(window, undefined, api))).retryAfter).toBe(7);
  });
});
