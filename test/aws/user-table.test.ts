import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import type * as UserTable from '../../lambdas/aws/user-table.ts';
import { startTable, TABLE } from '../fixtures/table.ts';

let table: Awaited<ReturnType<typeof startTable>>;
let users: typeof UserTable;
beforeAll(async () => {
  table = await startTable();
  users = await import('../../lambdas/aws/user-table.ts');
});
afterAll(() => table.stop());

/** Each test has a tenant of its own. */
let tenant: string;
let count = 0;
beforeEach(() => {
  count += 1;
  tenant = `north-${count}`;
});
const at = '2026-03-05T13:30:00.000Z';
const by = { id: 'boss', name: 'The Boss' };
const ana = (change: object = {}) => ({
  tenant,
  id: 'ana',
  name: 'Ana Diaz',
  email: 'ana@example.org',
  role: 'rep',
  ...change,
});
const note = (person = ana()) => users.noteUser(TABLE, person, at);
const row = () => table.row(`${tenant}#USERS`, 'USER#ana');

describe('a user', () => {
  it('has a row of the tenant from the first sign-in', async () => {
    await note();
    expect(await row()).toEqual({
      PK: `${tenant}#USERS`,
      SK: 'USER#ana',
      tenant,
      sub: 'ana',
      name: 'Ana Diaz',
      email: 'ana@example.org',
      role: 'rep',
      names: [],
      edits: 0,
      notedAt: at,
      v: 1,
    });
  });

  it('is refreshed by sign-in without a new version', async () => {
    await note();
    await users.changeUser(TABLE, ana(), { names: ['A. Diaz'] }, { version: 0, by, at });
    await note(ana({ name: 'Ana Diaz-Roe', role: 'admin' }));
    expect(await users.userOf(TABLE, ana())).toMatchObject({
      name: 'Ana Diaz-Roe',
      role: 'admin',
      names: ['A. Diaz'],
      version: 1,
    });
  });

  it('as the local run writes it is understood', async () => {
    await note();
    expect(await users.usersOf(TABLE, tenant)).toMatchObject([{ id: 'ana', names: [], version: 0 }]);
  });

  it('is changed by whoever saw the newest version', async () => {
    await note();
    const edit = { names: ['A. Diaz'], closeUserId: 'user_An1', slackMemberId: 'U012AB3CD' };
    const changed = await users.changeUser(TABLE, ana(), edit, { version: 0, by, at });
    expect(changed).toMatchObject({ ...edit, version: 1 });
    expect(await users.changeUser(TABLE, ana(), { names: [] }, { version: 0, by, at })).toBeUndefined();
    const emptied = await users.changeUser(TABLE, ana(), { closeUserId: null }, { version: 1, by, at });
    expect(emptied).toMatchObject({ names: ['A. Diaz'], slackMemberId: 'U012AB3CD', version: 2 });
    expect(emptied?.closeUserId).toBeUndefined();
    expect(await row()).toMatchObject({ changedBy: by, changedAt: at });
  });

  it('is not made by a change', async () => {
    expect(await users.changeUser(TABLE, ana(), { names: ['A'] }, { version: 0, by, at })).toBeUndefined();
    expect(await row()).toBeUndefined();
  });

  it('is gone once removed', async () => {
    await note();
    await users.removeUser(TABLE, ana());
    expect(await users.usersOf(TABLE, tenant)).toEqual([]);
  });
});

describe('a name that is added', () => {
  const add = (name: string) => users.addName(TABLE, ana(), name, { by, at });

  it('is there once, however often and however it is written', async () => {
    await note();
    expect(await add('Diaz, Ana')).toBe(true);
    expect(await add(' diaz,  ana ')).toBe(true);
    expect(await add('ANA DIAZ')).toBe(true);
    expect(await users.userOf(TABLE, ana())).toMatchObject({ names: ['Diaz, Ana'], version: 1 });
  });

  it('is not lost to another one at the same time', async () => {
    await note();
    await Promise.all(['One', 'Two', 'Three', 'Four'].map(add));
    expect((await users.userOf(TABLE, ana()))?.names.sort()).toEqual(['Four', 'One', 'Three', 'Two']);
  });

  it('needs somebody, and room', async () => {
    expect(await add('Diaz, Ana')).toBe(false);
    await note();
    const names = Array.from({ length: 20 }, (_, index) => `Name ${index}`);
    await users.changeUser(TABLE, ana(), { names }, { version: 0, by, at });
    expect(await add('Diaz, Ana')).toBe(false);
  });
});
