import { afterAll, beforeAll, expect, it } from '@jest/globals';
import type * as StageTable from '../../lambdas/aws/stage-table.ts';
import { startTable, TABLE } from '../fixtures/table.ts';

let table: Awaited<ReturnType<typeof startTable>>;
let stage: typeof StageTable;
beforeAll(async () => {
  table = await startTable();
  stage = await import('../../lambdas/aws/stage-table.ts');
});
afterAll(() => table.stop());

it('says where the dashboard is once a deployment said so, and where it is now after the next one', async () => {
  expect(await stage.dashboardOf(TABLE)).toBeUndefined();
  await stage.saveDashboard(TABLE, 'https://d1.cloudfront.net', '2026-03-05T13:30:00.000Z');
  await stage.saveDashboard(TABLE, 'https://leads.example.org', '2026-03-06T13:30:00.000Z');
  expect(await stage.dashboardOf(TABLE)).toBe('https://leads.example.org');
  expect(await table.row('none#STAGE', 'DASHBOARD')).toEqual({
    PK: 'none#STAGE',
    SK: 'DASHBOARD',
    v: 1,
    url: 'https://leads.example.org',
    changedAt: '2026-03-06T13:30:00.000Z',
  });
});
