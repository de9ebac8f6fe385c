import { afterAll, beforeAll, expect, it } from '@jest/globals';
import { startTable, TABLE } from '../fixtures/table.ts';

let table: Awaited<ReturnType<typeof startTable>>;
beforeAll(async () => {
  table = await startTable();
});
afterAll(() => table.stop());

it('the leads that a job listed are those of its tenant, each once, and lie beside the lead', async () => {
  const { noteUntold, untoldOf } = await import('../../lambdas/aws/job-list-table.ts');
  const at = '2026-03-05T13:30:00.000Z';
  const lead = { lead_id: '9001', source: 'meta', rawKey: 'source/meta_event_9001.json', receivedAt: at };
  for (const lead_id of ['9001', '9002', '9001'])
    await noteUntold(TABLE, { tenant: 'north', job: 'job-1' }, { ...lead, lead_id }, at);
  const listed = (tenant: string, most = 10) => untoldOf(TABLE, { tenant, id: 'job-1' }, most);
  expect(await listed('north')).toEqual([lead, { ...lead, lead_id: '9002' }]);
  expect(await listed('north', 1)).toEqual([lead]);
  expect(await listed('south')).toEqual([]);
  expect(await table.row('north#LEAD#9001', 'UNTOLD#job-1')).toMatchObject({ ...lead });
});
