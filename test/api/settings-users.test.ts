import { UpdateCommand } from '@aws-sdk/lib-dynamodb';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import { ownerKey } from '../../lambdas/core/owner-key.ts';
import { startApi } from '../fixtures/api-world.ts';
import { TABLE } from '../fixtures/table.ts';

let world: Awaited<ReturnType<typeof startApi>>;
beforeAll(async () => {
  world = await startApi();
});
afterAll(() => world.table.stop());

/** Each test has tenants of its own. */
let [north, south] = ['', ''];
let count = 0;
beforeEach(() => {
  count += 1;
  [north, south] = [`north-${count}`, `south-${count}`];
});

const as = (id: string, tenant = north, role: 'rep' | 'admin' = 'admin') => world.as({ id, name: id, tenant, role });
const signIn = (id: string, tenant?: string) => as(id, tenant).get('/api/me');
const users = async (tenant?: string) => (await as('boss', tenant).get('/api/settings/users')).body.data;
const change = (id: string, body: object, tenant?: string) =>
  as('boss', tenant).patch(`/api/settings/users/${id}`, body);

const unknown = { names: [], close_user_id: null, hubspot_owner_id: null, slack_member_id: null, version: 0 };

describe('a user', () => {
  it('is there from the first time they sign in, in their tenant', async () => {
    await signIn('ana');
    expect(await users()).toEqual([{ id: 'ana', name: 'ana', email: 'ana@example.org', role: 'admin', ...unknown }]);
    expect(await users(south)).toEqual([]);
  });

  it('is called what sign-in says now, and keeps their other names', async () => {
    await signIn('ana');
    await change('ana', { version: 0, names: ['A. Diaz'] });
    await world.as({ id: 'ana', name: 'Ana Diaz', tenant: north, role: 'rep' }).get('/api/me');
    expect(await users()).toMatchObject([{ name: 'Ana Diaz', role: 'rep', names: ['A. Diaz'], version: 1 }]);
  });

  it('is not written again where nothing is new', async () => {
    await signIn('ana');
    const before = world.calls.filter((name) => name === 'UpdateCommand').length;
    await signIn('ana');
    expect(world.calls.filter((name) => name === 'UpdateCommand')).toHaveLength(before);
  });

  it('gets other names and ids; null empties, what is not named stays', async () => {
    await signIn('ana');
    const ids = { close_user_id: 'user_Gh1', hubspot_owner_id: '4711', slack_member_id: 'U012AB3CD' };
    const first = await change('ana', { version: 0, names: ['A. Diaz', 'A. Diaz'], ...ids });
    expect(first).toMatchObject({ status: 200, body: { data: { names: ['A. Diaz'], ...ids, version: 1 } } });
    const second = await change('ana', { version: 1, close_user_id: null });
    expect(second.body.data).toMatchObject({ names: ['A. Diaz'], ...ids, close_user_id: null, version: 2 });
    expect(await users()).toEqual([second.body.data]);
    expect(await world.table.row(`${north}#USERS`, 'USER#ana')).toMatchObject({
      changedBy: { id: 'boss', name: 'boss' },
      changedAt: expect.any(String),
    });
  });

  it('is not changed by somebody who saw them before', async () => {
    await signIn('ana');
    await change('ana', { version: 0, names: ['A. Diaz'] });
    expect(await change('ana', { version: 0, names: ['Other'] })).toMatchObject({
      status: 409,
      body: { code: 'conflict', data: { names: ['A. Diaz'], version: 1 } },
    });
  });

  it('of another tenant does not exist', async () => {
    await signIn('ana');
    const there = await change('ana', { version: 0, names: ['Ours'] }, south);
    const nobody = await change('nobody', { version: 0, names: ['Ours'] }, south);
    expect({ status: there.status, body: there.body }).toEqual({ status: 404, body: nobody.body });
    expect(await users()).toMatchObject([{ names: [], version: 0 }]);
  });

  it.each([
    ['close_user_id', 'Gh1'],
    ['hubspot_owner_id', 'x'],
    ['slack_member_id', '@ana'],
    ['names', Array.from({ length: 21 }, (_, index) => `Name ${index}`)],
  ])('has no %s like %p', async (field, value) => {
    await signIn('ana');
    const { status, body } = await change('ana', { version: 0, [field]: value });
    expect({ status, error: body.error }).toEqual({ status: 400, error: expect.stringMatching(`^${field}`) });
  });
});

describe('owners whom nobody is called', () => {
  const owner = (name: string, leads: Record<string, number>, tenant = north) =>
    Promise.all([
      world.row({ PK: `${tenant}#STATS`, SK: `OWNER#${ownerKey(tenant, name)}`, name }),
      ...Object.entries(leads).map(([day, number]) =>
        world.client.send(
          new UpdateCommand({
            TableName: TABLE,
            Key: { PK: `${tenant}#STATS`, SK: `DAY#${day}` },
            UpdateExpression: 'SET #owner = :count',
            ExpressionAttributeNames: { '#owner': `owner#${ownerKey(tenant, name)}` },
            ExpressionAttributeValues: { ':count': number },
          }),
        ),
      ),
    ]);
  const unmatched = async () => (await as('boss').get('/api/settings/unmatched-owners')).body.data;

  it('are listed with their leads of the last 30 days, those with most first', async () => {
    await signIn('ana');
    await owner('Grace Hopper', { '2026-03-05': 2, '2026-02-10': 3 });
    await owner('Robin Okafor', { '2026-03-01': 9, '2026-01-20': 50 });
    await owner('Long Gone', { '2026-01-20': 50 });
    await owner('ANA', { '2026-03-05': 1 });
    await owner('Ximena Araya', { '2026-03-05': 1 }, south);
    expect(await unmatched()).toEqual([
      { key: ownerKey(north, 'Robin Okafor'), name: 'Robin Okafor', leads: 9 },
      { key: ownerKey(north, 'Grace Hopper'), name: 'Grace Hopper', leads: 5 },
    ]);
  });

  it('are matched with one click, and their name is one of the user’s then', async () => {
    await signIn('ana');
    await owner('Grace Hopper', { '2026-03-05': 2 });
    const path = `/api/settings/unmatched-owners/${ownerKey(north, 'Grace Hopper')}`;
    const answer = await as('boss').post(path, { user: 'ana' });
    expect(answer).toMatchObject({ status: 200, body: { data: [{ id: 'ana', names: ['Grace Hopper'], version: 1 }] } });
    expect(await unmatched()).toEqual([]);
    expect((await as('boss').post(path, { user: 'ana' })).body.data).toMatchObject([{ names: ['Grace Hopper'] }]);
  });

  it('are not matched with somebody of another tenant, nor are another tenant’s', async () => {
    await signIn('ana');
    await signIn('sol', south);
    await owner('Grace Hopper', { '2026-03-05': 2 });
    await owner('Ximena Araya', { '2026-03-05': 2 }, south);
    const match = (name: string, of: string, user: string) =>
      as('boss').post(`/api/settings/unmatched-owners/${ownerKey(of, name)}`, { user });
    expect((await match('Grace Hopper', north, 'sol')).status).toBe(404);
    expect((await match('Ximena Araya', south, 'ana')).status).toBe(404);
    expect(await users()).toMatchObject([{ names: [] }]);
  });

  it('find no room where a user has as many names as there may be', async () => {
    await signIn('ana');
    await change('ana', { version: 0, names: Array.from({ length: 20 }, (_, index) => `Name ${index}`) });
    await owner('Grace Hopper', { '2026-03-05': 2 });
    const path = `/api/settings/unmatched-owners/${ownerKey(north, 'Grace Hopper')}`;
    expect((await as('boss').post(path, { user: 'ana' })).status).toBe(409);
  });
});
