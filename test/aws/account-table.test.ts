import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import type * as AccountTable from '../../lambdas/aws/account-table.ts';
import type { Account } from '../../lambdas/core/account.ts';
import { startTable, TABLE } from '../fixtures/table.ts';

let table: Awaited<ReturnType<typeof startTable>>;
let accounts: typeof AccountTable;
beforeAll(async () => {
  table = await startTable();
  accounts = await import('../../lambdas/aws/account-table.ts');
});
afterAll(() => table.stop());

/** Each test has a page of its own. */
let page: Account;
let count = 0;
beforeEach(() => {
  count += 1;
  page = { source: 'meta', id: `604${count}`, tenant: 'north' };
});

const at = '2026-03-05T13:30:00.000Z';
const full = {
  name: 'Harbour Language School',
  owner: 'Grace Hopper',
  ownerEmail: 'grace@example.com',
  country: 'DE',
};
const save = (account: Account, when = at) => accounts.saveAccount(TABLE, account, when);
const known = async () => {
  const account = await accounts.accountOf(TABLE, page);
  // Each was given at the same moment.
  if (account) expect(account.connectedAt).toBe(at);
  return account && without(account);
};
const without = ({ connectedAt: _connectedAt, ...account }: Account): Account => account;
const row = () => table.row(`none#ACCOUNT#meta#${page.id}`, 'ACCOUNT');

describe('a page', () => {
  it('is nobody’s before it is given to anybody', async () => expect(await known()).toBeUndefined());

  it('is found by its id alone, and among its tenant’s', async () => {
    expect(await save({ ...page, ...full })).toBe(true);
    expect(await known()).toEqual({ ...page, ...full });
    expect(await row()).toEqual({
      PK: `none#ACCOUNT#meta#${page.id}`,
      SK: 'ACCOUNT',
      GSI1PK: 'north#ACCOUNTS',
      GSI1SK: `meta#${page.id}`,
      v: 1,
      changedAt: at,
      connectedAt: at,
      ...page,
      ...full,
    });
  });

  it('of another source with the same id is another one', async () => {
    await save({ ...page, ...full });
    expect(await accounts.accountOf(TABLE, { ...page, source: 'hubspot' })).toBeUndefined();
  });

  it('is changed by its tenant: what is not given stays, what is given as empty goes', async () => {
    await save({ ...page, ...full });
    expect(await save({ ...page, owner: 'Ada Sample', ownerEmail: '' }, '2026-03-06T09:00:00.000Z')).toBe(true);
    expect(await known()).toEqual({ ...page, name: full.name, country: 'DE', owner: 'Ada Sample' });
    expect(await row()).toMatchObject({ changedAt: '2026-03-06T09:00:00.000Z' });
    expect(await row()).not.toHaveProperty('ownerEmail');
  });

  it('may be given with nothing known of it, or with everything empty', async () => {
    expect(await save({ ...page, name: '', owner: '', ownerEmail: '', country: '' })).toBe(true);
    expect(await known()).toEqual(page);
  });

  it('stays with the tenant that has it', async () => {
    await save({ ...page, ...full });
    expect(await save({ ...page, tenant: 'south', owner: 'Somebody else' })).toBe(false);
    expect(await known()).toEqual({ ...page, ...full });
    expect(await accounts.deleteAccount(TABLE, { ...page, tenant: 'south' })).toBe(false);
    expect(await known()).toEqual({ ...page, ...full });
  });

  it('goes to exactly one of two tenants who ask at once', async () => {
    const taken = await Promise.all([save(page), save({ ...page, tenant: 'south' })]);
    expect(taken.toSorted()).toEqual([false, true]);
    expect((await known())?.tenant).toBe(taken[0] ? 'north' : 'south');
  });

  it('may go to another tenant once it was taken from the first', async () => {
    await save({ ...page, ...full });
    expect(await accounts.deleteAccount(TABLE, page)).toBe(true);
    expect(await known()).toBeUndefined();
    expect(await accounts.deleteAccount(TABLE, page)).toBe(false);
    expect(await save({ ...page, tenant: 'south' })).toBe(true);
    expect(await known()).toEqual({ ...page, tenant: 'south' });
  });

  it('keeps what is known of its token and its watch when it is changed', async () => {
    await save(page);
    await accounts.refuseToken(TABLE, page, { since: at, token: 'version-1' });
    await accounts.takeWatch(TABLE, page, { now: 1000, until: 2000 });
    await save({ ...page, owner: 'Ada Sample' });
    expect(await known()).toEqual({
      ...page,
      owner: 'Ada Sample',
      refused: { since: at, token: 'version-1' },
      watchUntil: 2000,
    });
  });
});

describe('the pages of a tenant', () => {
  const tenant = 'the only one with these';
  const of = (source: string, id: string) => save({ source, id, tenant });

  it('are all of a source, by their ids, and none of another tenant', async () => {
    await of('meta', '33');
    await of('meta', '11');
    await of('meta', '22');
    await of('metal', '44');
    await of('hubspot', '55');
    await save({ source: 'meta', id: '66', tenant: 'another' });
    const found = await accounts.accountsOf(TABLE, { tenant, source: 'meta' });
    expect(found.map(({ id }) => id)).toEqual(['11', '22', '33']);
    expect(found[0]).toEqual({ source: 'meta', id: '11', tenant, connectedAt: at });
  });

  it('are none where it has none', async () => {
    expect(await accounts.accountsOf(TABLE, { tenant: 'nobody', source: 'meta' })).toEqual([]);
  });

  it('are all of them, also where they are more than one page of answers', async () => {
    const name = 'x'.repeat(300_000);
    await Promise.all(
      ['1', '2', '3', '4', '5'].map((id) => save({ source: 'meta', id: `9${id}`, tenant: 'large', name })),
    );
    const found = await accounts.accountsOf(TABLE, { tenant: 'large', source: 'meta' });
    expect(found.map(({ id }) => id)).toEqual(['91', '92', '93', '94', '95']);
  });
});

describe('a token that the vendor refuses', () => {
  it('is noted with its version, until another one is accepted', async () => {
    await save(page);
    expect(await accounts.refuseToken(TABLE, page, { since: at, token: 'version-1' })).toBe(true);
    expect((await known())?.refused).toEqual({ since: at, token: 'version-1' });
    expect(await accounts.acceptToken(TABLE, page)).toBe(true);
    expect(await known()).toEqual(page);
    expect(await row()).not.toHaveProperty('refused');
  });

  it('makes no page of what nobody has', async () => {
    expect(await accounts.refuseToken(TABLE, page, { since: at, token: 'version-1' })).toBe(false);
    expect(await accounts.acceptToken(TABLE, page)).toBe(false);
    expect(await row()).toBeUndefined();
  });
});

describe('the watch over a page', () => {
  const take = (now: number, until: number) => accounts.takeWatch(TABLE, page, { now, until });

  it('is taken by one of many', async () => {
    await save(page);
    const taken = await Promise.all([take(1000, 2000), take(1000, 2001), take(1000, 2002)]);
    expect(taken.filter(Boolean)).toHaveLength(1);
    expect((await known())?.watchUntil).toBe(2000 + taken.indexOf(true));
  });

  it('is free once its time is over, to the millisecond', async () => {
    await save(page);
    await take(1000, 2000);
    expect(await take(1999, 3000)).toBe(false);
    expect(await take(2000, 3000)).toBe(true);
    expect((await known())?.watchUntil).toBe(3000);
  });

  it('is kept and ended by who has it, and by nobody else', async () => {
    await save(page);
    await take(1000, 2000);
    expect(await accounts.keepWatch(TABLE, page, { from: 1999, until: 9000 })).toBe(false);
    expect(await accounts.keepWatch(TABLE, page, { from: 2000, until: 3000 })).toBe(true);
    expect(await accounts.endWatch(TABLE, page, 2000)).toBe(false);
    expect((await known())?.watchUntil).toBe(3000);
    expect(await accounts.endWatch(TABLE, page, 3000)).toBe(true);
    expect((await known())?.watchUntil).toBeUndefined();
    expect(await take(1000, 2000)).toBe(true);
  });

  it('makes no page of what nobody has', async () => {
    expect(await take(1000, 2000)).toBe(false);
    expect(await accounts.keepWatch(TABLE, page, { from: 1000, until: 2000 })).toBe(false);
    expect(await accounts.endWatch(TABLE, page, 1000)).toBe(false);
    expect(await row()).toBeUndefined();
  });
});
