import { mkdtempSync, readFileSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, expect, it } from '@jest/globals';
import { openStores } from '../../local/cloud/stores.ts';
import { Tables } from '../../local/cloud/tables.ts';
import { giveUsers } from '../../local/console/give-users.ts';
import { membersOf, seedsOf } from '../../local/console/seeds.ts';
import { until } from '../e2e/until.ts';
import { dashboardTemplate } from './dashboard-fixture.ts';

const template = dashboardTemplate();
const dataDir = mkdtempSync(join(tmpdir(), 'lead-relay-users-'));
const stores = openStores(dataDir);
const tables = new Tables(stores);
afterAll(() => stores.close());

const said: string[] = [];
const give = () =>
  giveUsers(dataDir, seedsOf(dataDir, ['north', 'acme']), { template, tables }, (sentence) => said.push(sentence));
const keyOf = (tenant: string, sub: string) => ({ PK: { S: `${tenant}#USERS` }, SK: { S: `USER#${sub}` } });
const rowOf = async (tenant: string, sub: string) =>
  ((await tables.call('GetItem', { TableName: 'Fixture-Table', Key: keyOf(tenant, sub) })).body as { Item?: object })
    .Item;

it('says in a sentence where there is no such table, and tries again', async () => {
  await give();
  expect(said).toEqual([expect.stringMatching(/^The table Fixture-Table does not take the users of north: .+\.$/)]);
});

it('gives each tenant its users once: what people remove stays removed', async () => {
  const [table] = template.of('AWS::DynamoDB::Table');
  if (table) await tables.ensure(table);
  const status = async () =>
    ((await tables.call('DescribeTable', { TableName: 'Fixture-Table' })).body as { Table: { TableStatus: string } })
      .Table;
  await until('the table is there', async () => (await status()).TableStatus === 'ACTIVE');
  await give();
  const members = membersOf(seedsOf(dataDir, ['north', 'acme']));
  expect(members.map(({ tenant, role, email, name }) => [tenant, role, email, name])).toEqual([
    ['north', 'admin', 'admin@north.example', 'Ada Nordholt'],
    ['north', 'manager', 'manager@north.example', 'Malik Brandt'],
    ['north', 'rep', 'rep@north.example', 'Frauke Lindner'],
    ['acme', 'admin', 'admin@acme.example', 'Ines Albrecht'],
    ['acme', 'manager', 'manager@acme.example', 'Jonas Okafor'],
    ['acme', 'rep', 'rep@acme.example', 'Robin Marlowe'],
  ]);
  const { sub } = members[2] ?? { sub: '' };
  expect(await rowOf('north', sub)).toEqual({
    ...keyOf('north', sub),
    tenant: { S: 'north' },
    sub: { S: sub },
    name: { S: 'Frauke Lindner' },
    email: { S: 'rep@north.example' },
    role: { S: 'rep' },
    names: { L: [] },
    edits: { N: '0' },
    v: { N: '1' },
  });
  await tables.call('DeleteItem', { TableName: 'Fixture-Table', Key: keyOf('north', sub) });
  await give();
  expect([await rowOf('north', sub), membersOf(seedsOf(dataDir, ['north', 'acme']))]).toEqual([undefined, members]);
});

it('gives a folder of an earlier release its users', async () => {
  const file = join(dataDir, 'seeds.json');
  const seeds = JSON.parse(readFileSync(file, 'utf8')) as { tenants: Record<string, object> };
  Object.assign(seeds.tenants['north'] ?? {}, { people: undefined, usersGiven: undefined, users: ['a', 'b', 'c'] });
  writeFileSync(file, JSON.stringify(seeds));
  await give();
  const [{ sub } = { sub: '' }] = membersOf(seedsOf(dataDir, ['north', 'acme']));
  expect(await rowOf('north', sub)).toMatchObject({ role: { S: 'admin' } });
});
