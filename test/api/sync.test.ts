import { afterAll, beforeAll, expect, it } from '@jest/globals';
import { Completeness, SyncJob } from '../../lambdas/api/schemas/sync.ts';
import { startApi } from '../fixtures/api-world.ts';
import { TABLE } from '../fixtures/table.ts';

let world: Awaited<ReturnType<typeof startApi>>;
let table: typeof import('../../lambdas/aws/sync-table.ts');
let accounts: typeof import('../../lambdas/aws/account-table.ts');
let parts: typeof import('../../lambdas/aws/job-parts.ts');
beforeAll(async () => {
  Object.assign(process.env, { AWS_REGION: 'eu-west-1', AWS_ACCESS_KEY_ID: 'test', AWS_SECRET_ACCESS_KEY: 'test' });
  world = await startApi();
  table = await import('../../lambdas/aws/sync-table.ts');
  accounts = await import('../../lambdas/aws/account-table.ts');
  parts = await import('../../lambdas/aws/job-parts.ts');
});
afterAll(() => world.table.stop());

const AT = '2026-03-05T14:00:00.000Z';

it.each(['/api/sync', '/api/leads/sync'])(
  'POST %s begins a comparison of the own tenant, which can be asked after',
  async (path) => {
    const rep = world.as({ tenant: 'north' });
    const { status, body } = await rep.post(path, undefined);
    const job = SyncJob.parse(body.data);
    expect([status, job.state, job.vendor]).toEqual([202, 'waiting', 0]);
    expect(world.sent.at(-1)).toEqual({ to: 'sync', message: { v: 1, compare: { tenant: 'north' }, job: job.id } });

    await parts.openParts(TABLE, { tenant: 'north', id: job.id }, ['meta#1', 'meta#2'], AT);
    const done = { counts: { vendor: 5, ours: 4, missing: 1, put: 1 }, at: AT };
    await parts.closePart(TABLE, { tenant: 'north', id: job.id }, 'meta#1', done);
    // The same message once more.
    await parts.closePart(TABLE, { tenant: 'north', id: job.id }, 'meta#1', done);
    const show = async (tenant = 'north') => world.as({ tenant }).get(`/api/sync/${job.id}`);
    expect((await show()).body.data).toMatchObject({ state: 'running', vendor: 5, ours: 4, missing: 1, fetched: 1 });
    await parts.closePart(TABLE, { tenant: 'north', id: job.id }, 'meta#2', { counts: { vendor: 2, ours: 2 }, at: AT });
    expect((await show()).body.data).toMatchObject({ state: 'done', vendor: 7, ours: 6, said: null });
    expect((await show('south')).status).toBe(404);
  },
);

it('a comparison ends at once where there is nothing to compare, and as failed where a vendor refuses', async () => {
  const asked = async () => SyncJob.parse((await world.as().post('/api/sync', undefined)).body.data).id;
  const shown = async (id: string) => SyncJob.parse((await world.as().get(`/api/sync/${id}`)).body.data);
  const nothing = await asked();
  await parts.openParts(TABLE, { tenant: 'north', id: nothing }, [], AT);
  expect(await shown(nothing)).toMatchObject({ state: 'done', said: 'there is nothing to compare' });
  const refused = await asked();
  await parts.openParts(TABLE, { tenant: 'north', id: refused }, ['meta#1'], AT);
  const said = 'Meta Lead Ads: there is no token';
  await parts.closePart(TABLE, { tenant: 'north', id: refused }, 'meta#1', { counts: { refused: 1 }, said, at: AT });
  expect(await shown(refused)).toMatchObject({ state: 'failed', said });
});

it('shows each account of the tenant with both counts, also one that was never compared', async () => {
  const page = { source: 'meta', tenant: 'north', name: 'Spring page' };
  await accounts.saveAccount(TABLE, { ...page, id: '111' }, AT);
  await accounts.saveAccount(TABLE, { ...page, id: '222', name: 'New page' }, AT);
  await accounts.saveAccount(TABLE, { ...page, tenant: 'south', id: '333' }, AT);
  const of = { tenant: 'north', source: 'meta', account: '111' };
  const since = Date.parse('2026-03-01T00:00:00.000Z');
  const row = await table.beginComparing(TABLE, of, since);
  const until = Date.parse(AT);
  const found = { comparedUntil: until, missingSince: undefined, settledUntil: until, put: 2 };
  await table.saveComparison(
    TABLE,
    of,
    row,
    { ...found, settled: { vendor: 410, ours: 410 }, recent: { vendor: 2, ours: 1 } },
    until,
  );
  await table.noteSubscription(TABLE, of, { state: 'woken', reason: 'the page was unsubscribed' }, until);
  const { body } = await world.as({ tenant: 'north' }).get('/api/completeness');
  const rows = (body.data as unknown[]).map((one) => Completeness.parse(one));
  expect(rows.map(({ source, account }) => [source, account])).toEqual([
    ['close', null],
    ['meta', '111'],
    ['meta', '222'],
  ]);
  expect(rows[1]).toMatchObject({
    account_name: 'Spring page',
    vendor: 412,
    ours: 411,
    difference: 1,
    compared_until: AT,
    fetched: 2,
    last_fetched_at: AT,
    trouble: null,
    webhook: 'woken',
    webhook_reason: 'the page was unsubscribed',
  });
  expect(rows[2]).toMatchObject({ since: null, compared_until: null, vendor: 0 });
});
