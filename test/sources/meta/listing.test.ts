import { describe, expect, it } from '@jest/globals';
import { Later, Refused, TokenRefused } from '../../../lambdas/core/failures.ts';
import { CursorExpired } from '../../../lambdas/core/listing.ts';
import { meta } from '../../../lambdas/sources/meta/index.ts';
import { listing } from '../../../lambdas/sources/meta/listing.ts';
import { type Asked, everyPage, failureIn, json, vendor } from '../../fixtures/listing-world.ts';

const window = { from: Date.parse('2026-03-05T13:00:00.500Z'), to: Date.parse('2026-03-05T14:00:00Z') };

/** As Meta writes times. */
const metaTime = (time: number) => new Date(time).toISOString().replace(/\.\d+Z$/, '+0000');
const leadOf = (id: string, at = window.from + 60_000) => ({ id, created_time: metaTime(at) });
const leads = (form: string, count: number) => Array.from({ length: count }, (_, index) => leadOf(`${form}${index}`));

const failure = (code: number, error_subcode?: number) =>
  json({ error: { message: 'SECRET-TOKEN', code, error_subcode } }, { status: 400 });

/** As Meta pages a list: a cursor is there always, `next` only where there is more. */
function paged(items: unknown[], { after = '0', limit = '25' }: Record<string, string>) {
  const start = Number(after);
  const data = items.slice(start, start + Number(limit));
  const end = start + data.length;
  const next = end < items.length ? { next: 'https://vendor.example/next?access_token=SECRET-TOKEN' } : {};
  return json({ data, ...(data.length > 0 && { paging: { cursors: { before: 'b', after: String(end) }, ...next } }) });
}

/** A page with these forms, each with its leads. */
const page = (forms: Record<string, unknown[]>) =>
  vendor(({ path, query }) => {
    if (path === '6041/leadgen_forms')
      return paged(
        Object.keys(forms).map((id) => ({ id })),
        query,
      );
    const [form = '', edge] = path.split('/');
    const items = edge === 'leads' ? forms[form] : undefined;
    return items ? paged(items, query) : failure(100, 33);
  });

it('asks for the page’s forms, then for the leads of each within the window, signed', async () => {
  const { api, calls } = page({ '9114': leads('1', 1) });
  await everyPage(listing, window, { ...api, appSecret: 'meta-app-secret' });
  expect(calls.map(({ path }) => path)).toEqual(['6041/leadgen_forms', '9114/leads']);
  expect(calls[1]?.query).toMatchObject({ fields: 'id,created_time', limit: '100', access_token: 'SECRET-TOKEN' });
  expect(JSON.parse(calls[1]?.query['filtering'] ?? '')).toEqual([
    { field: 'time_created', operator: 'GREATER_THAN_OR_EQUAL', value: 1772715600 },
    { field: 'time_created', operator: 'LESS_THAN', value: 1772719200 },
  ]);
  for (const { query } of calls) expect(query['appsecret_proof']).toMatch(/^[0-9a-f]{64}$/);
});

it.each([
  [0, 1],
  [1, 1],
  [100, 1],
  [101, 2],
  [200, 2],
  [201, 3],
])('reads the %i leads of a form with %i requests, each lead once', async (count, requests) => {
  const { api, calls } = page({ '9114': leads('1', count) });
  const listed = await everyPage(listing, window, api);
  expect(listed.leads.map(({ leadId }) => leadId)).toEqual(leads('1', count).map(({ id }) => id));
  expect(calls).toHaveLength(1 + requests);
});

it.each([
  [0, 1],
  [1, 1],
  [100, 1],
  [101, 2],
])('reads %i forms with %i requests, and the leads of each', async (count, requests) => {
  const ids = Array.from({ length: count }, (_, index) => String(120_212_669_955_550 + index));
  const { api, calls } = page(Object.fromEntries(ids.map((id) => [id, leads(id, 1)])));
  const { leads: listed, cursors } = await everyPage(listing, window, api);
  expect(listed.map(({ leadId }) => leadId)).toEqual(ids.map((id) => `${id}0`));
  expect(calls).toHaveLength(requests + count);
  // A cursor stands in a message and in a row.
  for (const cursor of cursors) expect(cursor.length).toBeLessThan(4096);
});

it('finds a new form by itself', async () => {
  const forms: Record<string, unknown[]> = { '9114': leads('1', 1) };
  const { api } = page(forms);
  await everyPage(listing, window, api);
  forms['9115'] = leads('2', 1);
  expect((await everyPage(listing, window, api)).leads.map(({ leadId }) => leadId)).toEqual(['10', '20']);
});

it('goes on where a form was deleted since it was listed', async () => {
  const forms: Record<string, unknown[]> = { '9114': leads('1', 1), '9115': leads('2', 1), '9116': leads('3', 1) };
  const { api } = page(forms);
  const first = await listing.page(window, undefined, api);
  delete forms['9115'];
  const found: string[] = [];
  for (let { cursor } = first; cursor !== undefined;) {
    const next = await listing.page(window, cursor, api);
    found.push(...next.leads.map(({ leadId }) => leadId));
    ({ cursor } = next);
  }
  expect(found).toEqual(['10', '30']);
});

it('a lead is listed as Meta would have posted it', async () => {
  const at = Date.parse('2026-03-05T13:30:00Z');
  const { leads: listed } = await everyPage(listing, window, page({ '9114': [leadOf('7701', at)] }).api);
  const value = { leadgen_id: '7701', page_id: '6041', form_id: '9114', created_time: 1772717400 };
  expect(listed).toEqual([{ leadId: '7701', createdAt: at, posted: { field: 'leadgen', value } }]);
  const body = listing.delivery(listed, '6041');
  expect(meta.nameOf(body)).toBe('meta_event_7701.json');
  expect(JSON.parse(body.toString())).toEqual({
    object: 'page',
    entry: [{ id: '6041', time: 1772717400, changes: [{ field: 'leadgen', value }] }],
  });
});

it('a lead of the very second in which the window begins belongs to it, one of its end does not', async () => {
  const at = [window.from - 1000, window.from, window.to - 1000, window.to];
  const { api } = page({ '9114': at.map((time, index) => leadOf(String(index), time)) });
  expect((await everyPage(listing, window, api)).leads.map(({ leadId }) => leadId)).toEqual(['1', '2']);
});

it('leaves out what has no usable id, and gives what has no date the end of the window', async () => {
  const odd = [null, 'lead', {}, { id: '../1' }, { id: 7702, created_time: 5 }, leadOf('7703'), leadOf('7703')];
  const { api } = vendor(({ path, query }) =>
    path.endsWith('leadgen_forms')
      ? paged([null, { id: '../../me' }, { id: '9114' }, { id: '9114' }], query)
      : paged(odd, query),
  );
  expect((await everyPage(listing, window, api)).leads.map(({ leadId, createdAt }) => [leadId, createdAt])).toEqual([
    ['7702', window.to - 1],
    ['7703', Date.parse('2026-03-05T13:01:00Z')],
  ]);
});

describe('a place in the list', () => {
  it.each([
    ['among forms', '6041/leadgen_forms', { forms: [], more: 'old' }],
    ['among leads', '9114/leads', { forms: ['9114'], after: 'old' }],
  ])('%s that Meta knows no longer has the list begun anew', async (_, path, place) => {
    const { api, calls } = vendor(() => failure(100));
    const error = await failureIn(listing.page(window, JSON.stringify(place), api));
    expect(error).toBeInstanceOf(CursorExpired);
    expect(calls.map((call) => [call.path, call.query['after']])).toEqual([[path, 'old']]);
  });

  it.each(['', '{}', '{"forms":["../1"]}', '"9114"'])('%j is none', async (cursor) => {
    const { api, calls } = vendor(() => json({ data: [] }));
    expect(await failureIn(listing.page(window, cursor, api))).toBeInstanceOf(CursorExpired);
    expect(calls).toEqual([]);
  });
});

describe('an answer without a list', () => {
  it.each<[string, (asked: Asked) => Response | Error, typeof Later | typeof Refused]>([
    ['a refused token', () => failure(190), TokenRefused],
    ['a missing permission', () => failure(200), Refused],
    ['a page that is not shown', () => failure(100, 33), Refused],
    ['a bad request', () => failure(100), Later],
    ['a limit', () => failure(80005), Later],
    ['a failure', () => json({}, { status: 503 }), Later],
    ['no answer', () => new Error('https://vendor.example?access_token=SECRET-TOKEN'), Later],
    ['something else', () => json({ data: 'forms' }), Later],
  ])('%s is told for what it is, without the token', async (_, answer, kind) => {
    const error = await failureIn(listing.page(window, undefined, vendor(answer).api));
    expect(error).toBeInstanceOf(kind);
    expect(String(error)).not.toContain('SECRET');
  });

  it('of one form is not taken for a form without leads', async () => {
    const place = JSON.stringify({ forms: ['9114'] });
    for (const [answer, kind] of [
      [failure(200), Refused],
      [failure(2), Later],
      [failure(190), TokenRefused],
    ] as const)
      expect(await failureIn(listing.page(window, place, vendor(() => answer).api))).toBeInstanceOf(kind);
  });

  it('says how long Meta wants to be left alone', async () => {
    const usage = JSON.stringify({ '6041': [{ type: 'leadgen', estimated_time_to_regain_access: 3 }] });
    const { api } = vendor(() =>
      json({ error: { code: 80005 } }, { status: 400, headers: { 'x-business-use-case-usage': usage } }),
    );
    expect((await failureIn(listing.page(window, undefined, api))).retryAfter).toBe(180);
  });
});
