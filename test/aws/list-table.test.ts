import { afterAll, beforeAll, expect, it } from '@jest/globals';
import type * as ListTable from '../../lambdas/aws/list-table.ts';
import { startTable, TABLE } from '../fixtures/table.ts';

let table: Awaited<ReturnType<typeof startTable>>;
let lists: typeof ListTable;
beforeAll(async () => {
  table = await startTable();
  lists = await import('../../lambdas/aws/list-table.ts');
});
afterAll(() => table.stop());

const list = {
  tenant: 'north',
  name: 'Meta Ads Leads',
  description: 'Leads automatically imported from Meta Ads',
  nameless: 'Meta Lead',
  companyless: 'Meta Ads',
};
const row = (tenant: string) => table.row(`${tenant}#LISTS`, 'LIST#Meta Ads Leads');

it('a list is made on its first use, and stays as it is afterwards', async () => {
  await lists.saveList(TABLE, list, '2026-03-05T13:30:02.000Z');
  const made = {
    PK: 'north#LISTS',
    SK: 'LIST#Meta Ads Leads',
    v: 1,
    ...list,
    createdAt: '2026-03-05T13:30:02.000Z',
  };
  expect(await row('north')).toEqual(made);
  await lists.saveList(TABLE, { ...list, description: 'another' }, '2026-03-06T09:00:00.000Z');
  expect(await row('north')).toEqual(made);
});

it('a tenant has its own', async () => {
  await lists.saveList(TABLE, { ...list, tenant: 'south' }, '2026-03-06T09:00:00.000Z');
  expect(await row('south')).toMatchObject({ tenant: 'south', createdAt: '2026-03-06T09:00:00.000Z' });
  expect(await row('west')).toBeUndefined();
});
