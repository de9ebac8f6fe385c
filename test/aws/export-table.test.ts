import { afterAll, beforeAll, expect, it } from '@jest/globals';
import type * as ExportTable from '../../lambdas/aws/export-table.ts';
import { job } from '../fixtures/export-world.ts';
import { startTable, TABLE } from '../fixtures/table.ts';

let table: Awaited<ReturnType<typeof startTable>>;
let exports: typeof ExportTable;
beforeAll(async () => {
  table = await startTable();
  exports = await import('../../lambdas/aws/export-table.ts');
});
afterAll(() => table.stop());

it('a list that was asked for is known to its tenant alone, with where it stands', async () => {
  await exports.saveJob(TABLE, { ...job, filter: { category: 'subscribed', mine: undefined } });
  expect(await exports.noteJob(TABLE, job, { state: 'done', count: 7, runsUntil: 1 })).toBe(true);
  expect(await exports.jobNow(TABLE, job)).toMatchObject({
    ...job,
    filter: { category: 'subscribed' },
    state: 'done',
    count: 7,
    runsUntil: 1,
  });
  expect(await exports.jobNow(TABLE, { ...job, tenant: 'south' })).toBeUndefined();
});

it('of a list that was deleted nothing is noted', async () => {
  const gone = { ...job, id: 'gone' };
  expect(await exports.noteJob(TABLE, gone, { state: 'done', count: 7, runsUntil: 1 })).toBe(false);
  expect(await exports.jobNow(TABLE, gone)).toBeUndefined();
});
