import { afterAll, beforeAll, expect, it } from '@jest/globals';
import { PutCommand } from '@aws-sdk/lib-dynamodb';
import { ownerKey } from '../../lambdas/core/owner-key.ts';
import { startApi } from '../fixtures/api-world.ts';

let world: Awaited<ReturnType<typeof startApi>>;
beforeAll(async () => {
  world = await startApi();
  const put = (Item: Record<string, unknown>) => world.client.send(new PutCommand({ TableName: 'leads', Item }));
  await put({ PK: 'north#USERS', SK: 'USER#ana', name: 'Ana Diaz', names: ['A. Diaz', 'Diaz, Ana'] });
  await put({ PK: 'north#USERS', SK: 'USER#bo', name: 'Bo Chen', names: [] });
  await put({ PK: 'south#USERS', SK: 'USER#eve', name: 'Eve' });
  for (const name of ['ana  diaz', 'A. Diaz', 'Grace Hopper'])
    await put({ PK: 'north#STATS', SK: `OWNER#${ownerKey('north', name)}`, name });
  await put({ PK: 'north#STATS', SK: 'DAY#2026-03-05', total: 1 });
  await put({ PK: 'north#LISTS', SK: 'LIST#Meta Ads Leads', name: 'Meta Ads Leads', description: 'From Meta' });
});
afterAll(() => world.table.stop());

it('owners are the people of the tenant, and whoever owns leads, each once and under the names that leads have', async () => {
  const { body } = await world.as().get('/api/owners');
  const named = (name: string, is_me: boolean, is_user: boolean) => ({
    key: ownerKey('north', name),
    name,
    is_me,
    is_user,
  });
  expect(body.data).toEqual([
    named('A. Diaz', true, true),
    named('Ana Diaz', true, true),
    named('Bo Chen', false, true),
    named('Grace Hopper', false, false),
  ]);
});

it('leads under one’s other names are one’s own', async () => {
  await world.lead(1, { accountOwner: { name: 'DIAZ, ANA', email: null } });
  expect((await world.as().get('/api/leads?mine=true')).body).toMatchObject({ count: 1, data: [{ is_mine: true }] });
  expect((await world.as({ id: 'bo', name: 'Bo Chen' }).get('/api/leads?mine=true')).body).toMatchObject({ count: 0 });
});

it('leads of whom a CRM knows the address alone are one’s own', async () => {
  await world.lead(2, { accountOwner: { name: 'bo@example.org', email: null } });
  expect((await world.as({ id: 'bo', name: 'Bo Chen' }).get('/api/leads?mine=true')).body).toMatchObject({ count: 1 });
});

it('lists are those of the tenant', async () => {
  expect((await world.as().get('/api/lists')).body.data).toEqual([
    { name: 'Meta Ads Leads', description: 'From Meta' },
  ]);
  expect((await world.as({ tenant: 'south' }).get('/api/lists')).body.data).toEqual([]);
  expect((await world.as({ tenant: 'south' }).get('/api/owners')).body.data).toMatchObject([{ name: 'Eve' }]);
});
