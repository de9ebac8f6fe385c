import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import { parse } from 'csv-parse/sync';
import { Export } from '../../lambdas/api/schemas/export.ts';
import type { Lead } from '../../lambdas/core/lead.ts';
import { ownerKey } from '../../lambdas/core/owner-key.ts';
import { startApi } from '../fixtures/api-world.ts';
import { EXPORT_ID, job, leadAfter } from '../fixtures/export-world.ts';

let world: Awaited<ReturnType<typeof startApi>>;
/** What the index has instead of what the table has, the newest first. */
let index: Lead[] | undefined;
beforeAll(async () => {
  Object.assign(process.env, { AWS_REGION: 'eu-west-1', AWS_ACCESS_KEY_ID: 'test', AWS_SECRET_ACCESS_KEY: 'test' });
  world = await startApi(({ leadsBefore }) => ({
    leadsBefore: async (tenant, within, most) => {
      if (!index) return leadsBefore(tenant, within, most);
      const from = index.findIndex(({ lead_id }) => lead_id === within.before?.id) + 1;
      return { leads: index.slice(from, from + most), isEnd: from + most >= index.length };
    },
  }));
  await world.lead(1, { facts: { display_name: 'Zoë Müller' } });
  await world.lead(2, { source: 'meta' });
  await world.lead(3, { isTest: true });
  await world.lead(4, { tenant: 'south' });
});
afterAll(() => world.table.stop());
beforeEach(() => {
  index = undefined;
  world.sent.length = 0;
});

const manager = () => world.as({ role: 'manager' });
const make = async (filter?: object) => {
  const { status, body } = await manager().post('/api/exports', filter ? { filter } : {});
  return { status, made: Export.parse(body.data) };
};
const show = async (id: string, tenant = 'north') => {
  const { status, body } = await world.as({ role: 'manager', tenant }).get(`/api/exports/${id}`);
  return { status, shown: body.data as Export | undefined, body };
};
const idsIn = (csv: string | null) =>
  parse<Record<string, string>>(csv ?? '', { bom: true, columns: true }).map(({ ID }) => ID);
const many = (count: number, more: Partial<Lead> = {}) =>
  Array.from({ length: count }, (_, n) => leadAfter(count - n, more));

describe('an export', () => {
  it('that is short is answered at once, and nothing of it is kept', async () => {
    const { status, made } = await make();
    expect([status, made.state, made.count, made.url]).toEqual([200, 'done', 2, null]);
    expect(idsIn(made.csv)).toEqual(['lead_2', 'lead_1']);
    expect(made.csv).toContain('Zoë Müller');
    expect((await show(made.id)).status).toBe(404);
    expect(world.sent).toEqual([]);
  });

  it('has those that its filter means', async () => {
    expect(idsIn((await make({ source: 'meta' })).made.csv)).toEqual(['lead_2']);
    expect(idsIn((await make({ test: 'true' })).made.csv)).toEqual(['lead_3']);
    expect((await manager().post('/api/exports', { filter: { colour: 'red' } })).status).toBe(400);
  });

  it.each([
    ['of more than 1,000 leads', () => many(1001)],
    ['of which few are found in many', () => many(3000, { isTest: true })],
    ['of more than an answer can hold', () => many(300, { notes: 'x'.repeat(5000) })],
  ])('%s is made in the background', async (_, leads) => {
    index = leads();
    const { status, made } = await make({});
    expect([status, made]).toEqual([202, { id: made.id, state: 'running', count: 0, csv: null, url: null }]);
    expect(world.sent).toEqual([{ to: 'export', message: { v: 1, tenant: 'north', export_id: made.id } }]);
    expect((await show(made.id)).shown).toEqual(made);
  });

  it('of 1,000 leads is not', async () => {
    index = many(1000);
    expect(await make()).toMatchObject({ status: 200, made: { count: 1000 } });
  });

  it('of one’s own leads says to whoever makes it which names these have', async () => {
    index = many(1001, { assigned: { name: 'Ana Diaz' } });
    const { made } = await make({ mine: 'true' });
    const known = await world.ports.jobNow({ tenant: 'north', id: made.id });
    expect(known).toMatchObject({
      filter: { mine: 'true' },
      ownKeys: [ownerKey('north', 'Ana Diaz'), ownerKey('north', 'ana@example.org')],
    });
    expect(JSON.stringify(known)).not.toContain('Ana');
  });

  it('is for managers', async () => {
    const rep = world.as();
    expect((await rep.post('/api/exports', {})).status).toBe(403);
    expect((await rep.get(`/api/exports/${EXPORT_ID}`)).status).toBe(403);
  });
});

describe('an export in the background', () => {
  it('that is done has a link that is good for 15 minutes', async () => {
    await world.ports.saveJob({ ...job, state: 'done', count: 1234 });
    const { shown } = await show(EXPORT_ID);
    expect(shown).toMatchObject({ state: 'done', count: 1234, csv: null });
    const link = new URL(shown?.url ?? '');
    expect(link.pathname.endsWith(`/exports/north/${EXPORT_ID}.csv`)).toBe(true);
    expect(link.searchParams.get('X-Amz-Expires')).toBe('900');
    expect(link.searchParams.get('response-content-disposition')).toBe('attachment; filename="leads-2026-03-05.csv"');
  });

  it('that failed, or died, says so', async () => {
    await world.ports.saveJob({ ...job, state: 'failed' });
    expect((await show(EXPORT_ID)).shown?.state).toBe('failed');
    await world.ports.saveJob({ ...job, runsUntil: world.clock.now - 1 });
    expect((await show(EXPORT_ID)).shown).toMatchObject({ state: 'failed', url: null });
  });

  it('of another tenant is as if it were not there', async () => {
    await world.ports.saveJob({ ...job, tenant: 'south', id: 'x-south', state: 'done' });
    const theirs = await show('x-south');
    const none = await show('x-none');
    expect([theirs.status, theirs.body]).toEqual([404, none.body]);
    expect((await show('x-south', 'south')).status).toBe(200);
  });
});
