import { mkdtempSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, expect, it } from '@jest/globals';
import { openStores } from '../../local/cloud/stores.ts';
import { Tables } from '../../local/cloud/tables.ts';
import { giveAddress } from '../../local/console/give-address.ts';
import { until } from '../e2e/until.ts';
import { dashboardTemplate } from './dashboard-fixture.ts';

const template = dashboardTemplate();
const stores = openStores(mkdtempSync(join(tmpdir(), 'lead-relay-address-')));
const tables = new Tables(stores);
afterAll(() => stores.close());

const said: string[] = [];
const give = (url: string) => giveAddress(url, { template, tables }, (sentence) => said.push(sentence));

it('says in a sentence where there is no such table', async () => {
  await give('http://127.0.0.1:3000');
  expect(said).toEqual([
    expect.stringMatching(/^The table Fixture-Table does not take the address of the dashboard: .+\.$/),
  ]);
});

it('keeps where the dashboard is, and at the next start where it is then', async () => {
  const [table] = template.of('AWS::DynamoDB::Table');
  if (table) await tables.ensure(table);
  const status = async () =>
    ((await tables.call('DescribeTable', { TableName: 'Fixture-Table' })).body as { Table: { TableStatus: string } })
      .Table.TableStatus;
  await until('the table is there', async () => (await status()) === 'ACTIVE');
  for (const port of [3000, 4000]) await give(`http://127.0.0.1:${port}`);
  const Key = { PK: { S: 'none#STAGE' }, SK: { S: 'DASHBOARD' } };
  const { body } = await tables.call('GetItem', { TableName: 'Fixture-Table', Key });
  expect(body).toMatchObject({ Item: { url: { S: 'http://127.0.0.1:4000' }, v: { N: '1' } } });
  expect(said).toHaveLength(1);
});
