import { afterAll, beforeAll, expect, it } from '@jest/globals';
import { Stats } from '../../lambdas/api/schemas/stats.ts';
import type { counting } from '../../lambdas/aws/counting.ts';
import { ownerKey } from '../../lambdas/core/owner-key.ts';
import { startApi } from '../fixtures/api-world.ts';
import { TABLE } from '../fixtures/table.ts';

let world: Awaited<ReturnType<typeof startApi>>;
let count: ReturnType<typeof counting>;
beforeAll(async () => {
  let real: typeof count | undefined;
  world = await startApi(() => ({ count: async (lead) => real?.(lead) }));
  const { counting: make } = await import('../../lambdas/aws/counting.ts');
  real = make({ table: TABLE, timeZones: { north: 'Europe/Berlin' }, fallbackOwner: 'Unassigned' });
  count = real;
});
afterAll(() => world.table.stop());

const statsOf = async (tenant = 'north') => {
  const { status, body } = await world.as({ tenant }).get('/api/stats');
  expect(status).toBe(200);
  return Stats.parse(body.data);
};

it('a tenant without leads has counters of nothing, for each of 30 days', async () => {
  const { today, days } = await statsOf('south');
  expect([today.total, today.by_owner, days.length]).toEqual([0, [], 30]);
});

it('leads count as they come in, and as what people make of them', async () => {
  await world.lead(1);
  await world.lead(2, { source: 'meta', accountOwner: { name: 'Bo', email: null } });
  await world.lead(3, { isTest: true });
  await world.lead(4, { tenant: 'south' });
  // Sunday, late in the evening of the tenant's Berlin.
  await world.lead(5, { at: '2026-03-01T22:30:00.000Z' });
  for (const n of [1, 2, 3, 5]) await count({ tenant: 'north', lead_id: `lead_${n}` });
  await count({ tenant: 'south', lead_id: 'lead_4' });
  world.clock.now += 4 * 60_000;
  const manager = world.as({ role: 'manager' });
  expect((await manager.post('/api/leads/lead_1/touches', { kind: 'called' })).status).toBe(200);
  expect((await manager.patch('/api/leads/lead_1', { version: 1, owner: 'Ana Diaz' })).status).toBe(200);

  const { today, week, month, days } = await statsOf();
  expect([today.total, week.total, month.total]).toEqual([2, 2, 3]);
  expect(today.by_source).toEqual([
    { key: 'close', name: 'Close', count: 1 },
    { key: 'meta', name: 'Meta', count: 1 },
  ]);
  expect(today.by_owner).toEqual([
    { key: ownerKey('north', 'Ana Diaz'), name: 'Ana Diaz', count: 1 },
    { key: ownerKey('north', 'Bo'), name: 'Bo', count: 1 },
  ]);
  expect(month.by_owner.at(-1)).toEqual({ key: '', name: 'Nobody', count: 1 });
  expect(today.to_touch.filter((bucket) => bucket.count > 0)).toEqual([
    { label: 'under 5 min', count: 1 },
    { label: 'not yet', count: 1 },
  ]);
  expect(days.filter(({ total }) => total > 0)).toEqual([
    { day: '2026-03-01', total: 1 },
    { day: '2026-03-05', total: 2 },
  ]);
});

it('costs the same three queries, however many leads there are', async () => {
  world.calls.length = 0;
  await statsOf();
  expect(world.calls).toEqual(['QueryCommand', 'QueryCommand', 'QueryCommand']);
});
