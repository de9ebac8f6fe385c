import { afterAll, beforeAll, expect, it } from '@jest/globals';
import type * as ErasedTable from '../../lambdas/aws/erased-table.ts';
import { startTable, TABLE } from '../fixtures/table.ts';

let table: Awaited<ReturnType<typeof startTable>>;
let erased: typeof ErasedTable;
beforeAll(async () => {
  table = await startTable();
  erased = await import('../../lambdas/aws/erased-table.ts');
});
afterAll(() => table.stop());

const at = '2026-03-05T13:30:02.000Z';
const lead = { tenant: 'north', source: 'hubspot', lead_id: '9_1' };

it('a lead that was erased is known by that, in its tenant and of its source alone, and by its hash', async () => {
  expect(await erased.isErased(TABLE, lead)).toBe(false);
  await erased.rememberErased(TABLE, lead, at);
  await erased.rememberErased(TABLE, lead, 'later');
  expect(await erased.isErased(TABLE, lead)).toBe(true);
  expect(await erased.isErased(TABLE, { ...lead, tenant: 'south' })).toBe(false);
  expect(await erased.isErased(TABLE, { ...lead, source: 'meta' })).toBe(false);
  const { keyOf } = await import('../../lambdas/aws/table.ts');
  const { PK, SK } = keyOf.erased('north', 'hubspot', '9_1');
  expect(PK).toMatch(/^north#ERASED#[0-9a-f]{64}$/);
  expect(await table.row(PK, SK)).toEqual({ PK, SK, v: 1, erasedAt: at });
});

it('what comes of it again is counted, and of what was never erased nothing', async () => {
  await erased.countReturn(TABLE, lead, at);
  await erased.countReturn(TABLE, lead, at);
  await erased.countReturn(TABLE, { ...lead, lead_id: '9_2' }, at);
  const { keyOf } = await import('../../lambdas/aws/table.ts');
  const { PK, SK } = keyOf.erased('north', 'hubspot', '9_1');
  expect(await table.row(PK, SK)).toMatchObject({ timesReturned: 2, returnedAt: at });
  expect(await erased.isErased(TABLE, { ...lead, lead_id: '9_2' })).toBe(false);
});

it('a delivery that was erased is known by its name alone', async () => {
  await erased.rememberErasedKey(TABLE, 'source/a.json', at);
  expect(await erased.isErasedKey(TABLE, 'source/a.json')).toBe(true);
  expect(await erased.isErasedKey(TABLE, 'source/b.json')).toBe(false);
});
