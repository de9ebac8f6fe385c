import { describe, expect, it } from '@jest/globals';
import { removeAccount, saveAccount, WrongTenant, type AccountPorts } from '../../lambdas/accounts/accounts.ts';
import type { Account, Parked } from '../../lambdas/core/account.ts';
import { NOBODY } from '../../lambdas/core/account.ts';
import { Crash, crashing } from '../fixtures/crashing.ts';

const page: Account = {
  source: 'meta',
  id: '6041',
  tenant: 'north',
  name: 'Harbour Language School',
  owner: 'Grace Hopper',
};
const parked = (tenant: string, leadId: string): Parked => ({
  tenant,
  source: 'meta',
  account: '6041',
  eventId: leadId,
  leadId,
  rawKey: `source/meta_event_${leadId}.json`,
  index: 0,
  reason: 'parked',
  at: '2026-03-05T13:30:02.000Z',
});

/** Table, secrets and queue in memory: whose pages there are, their tokens, what is parked, and everything that was done. */
function worldWith({ accounts = [] as Account[], rows = [] as Parked[] } = {}) {
  const world = {
    accounts: new Map(accounts.map((account) => [account.id, account])),
    tokens: new Map<string, string>(),
    rows: [...rows],
    sent: [] as string[],
    done: [] as string[],
  };
  const note = (what: string) => void world.done.push(what);
  const ports: AccountPorts = {
    accountOf: async ({ id }) => world.accounts.get(id),
    saveAccount: async (account) => {
      const known = world.accounts.get(account.id);
      if (known && known.tenant !== account.tenant) return false;
      note('row');
      world.accounts.set(account.id, { ...known, ...account });
      return true;
    },
    deleteAccount: async ({ id, tenant }) => {
      if (world.accounts.get(id)?.tenant !== tenant) return false;
      note('row deleted');
      return world.accounts.delete(id);
    },
    acceptToken: async ({ id }) => {
      note('accepted');
      const { refused: _, ...account } = world.accounts.get(id) ?? page;
      world.accounts.set(id, account);
    },
    saveToken: async ({ tenant, id }, token) => {
      note('token');
      world.tokens.set(`${tenant} ${id}`, token);
    },
    deleteToken: async ({ tenant, id }) => {
      note('token deleted');
      world.tokens.delete(`${tenant} ${id}`);
    },
    parkedOf: async ({ tenant, account }, { after = '' }) =>
      world.rows.filter((row) => row.tenant === tenant && row.account === account && row.eventId > after),
    sendToCapture: async (slices) => {
      if (slices.length > 0) note('sent');
      world.sent.push(...slices.map(({ key }) => key));
    },
    unpark: async (one) => void (world.rows = world.rows.filter((row) => row !== one)),
    forgetNobodys: async ({ eventId }) => note(`forgot ${eventId}`),
  };
  return { world, ports };
}

describe('a page that nobody has', () => {
  it('goes to its tenant with its token, the token first: its leads are read from that moment', async () => {
    const { world, ports } = worldWith();
    expect(await saveAccount(page, 'EAA-1', ports)).toBe(0);
    expect(world.done).toEqual(['token', 'row', 'accepted']);
    expect(world.accounts.get('6041')).toEqual(page);
    expect([...world.tokens]).toEqual([['north 6041', 'EAA-1']]);
  });

  it('brings along what was kept for it, which is nobody’s no longer', async () => {
    const { world, ports } = worldWith({ rows: [parked(NOBODY, '7701'), parked(NOBODY, '7702')] });
    expect(await saveAccount(page, 'EAA-1', ports)).toBe(2);
    expect(world.sent).toEqual(['source/meta_event_7701.json', 'source/meta_event_7702.json']);
    expect(world.done).toEqual(['token', 'row', 'accepted', 'sent', 'forgot 7701', 'forgot 7702']);
    expect(world.rows).toEqual([]);
  });

  it('may get its token later', async () => {
    const { world, ports } = worldWith();
    await saveAccount(page, undefined, ports);
    expect(world.done).toEqual(['row']);
    expect(world.tokens.size).toBe(0);
  });
});

describe('a page that its tenant has', () => {
  const refused = { ...page, refused: { since: '2026-03-05T13:00:00.000Z', token: 'version-1' } };

  it('is changed, and keeps its token where none is given', async () => {
    const { world, ports } = worldWith({ accounts: [refused] });
    world.tokens.set('north 6041', 'EAA-1');
    await saveAccount({ ...page, owner: 'Ada Sample' }, undefined, ports);
    expect(world.accounts.get('6041')).toMatchObject({ owner: 'Ada Sample', refused: refused.refused });
    expect(world.tokens.get('north 6041')).toBe('EAA-1');
    expect(world.done).toEqual(['row']);
  });

  it('is in order again with a new token, and what waited for it goes on', async () => {
    const { world, ports } = worldWith({
      accounts: [refused],
      rows: [parked('north', '7701'), parked('north', '7702')],
    });
    expect(await saveAccount(page, 'EAA-2', ports)).toBe(2);
    expect(world.tokens.get('north 6041')).toBe('EAA-2');
    expect(world.accounts.get('6041')).not.toHaveProperty('refused');
    expect(world.sent).toEqual(['source/meta_event_7701.json', 'source/meta_event_7702.json']);
    expect(world.done).toEqual(['token', 'row', 'accepted', 'sent']);
  });

  it('takes up what was nobody’s and what waited for its token, and nothing of others', async () => {
    const others = [parked('south', '8801'), { ...parked('north', '8802'), account: '7188' }];
    const { world, ports } = worldWith({
      accounts: [page],
      rows: [parked('north', '7702'), parked(NOBODY, '7701'), ...others],
    });
    expect(await saveAccount(page, undefined, ports)).toBe(2);
    expect(world.sent).toEqual(['source/meta_event_7701.json', 'source/meta_event_7702.json']);
    expect(world.rows).toEqual(others);
  });

  it('is taken from it with its token, the page first; what was parked stays', async () => {
    const { world, ports } = worldWith({ accounts: [page], rows: [parked('north', '7701')] });
    world.tokens.set('north 6041', 'EAA-1');
    await removeAccount(page, ports);
    expect(world.done).toEqual(['row deleted', 'token deleted']);
    expect(world.accounts.size).toBe(0);
    expect(world.tokens.size).toBe(0);
    expect(world.rows).toHaveLength(1);
  });
});

describe('a page that another tenant has', () => {
  it('stays with it: nothing is written, nothing is released', async () => {
    const { world, ports } = worldWith({ accounts: [{ ...page, tenant: 'south' }], rows: [parked(NOBODY, '7701')] });
    await expect(saveAccount(page, 'EAA-1', ports)).rejects.toThrow(WrongTenant);
    expect(world.done).toEqual([]);
    expect(world.accounts.get('6041')?.tenant).toBe('south');
    expect(world.rows).toHaveLength(1);
  });

  it('stays with it where it was given a moment ago', async () => {
    const { world, ports } = worldWith({ accounts: [{ ...page, tenant: 'south' }], rows: [parked(NOBODY, '7701')] });
    await expect(saveAccount(page, 'EAA-1', { ...ports, accountOf: async () => undefined })).rejects.toThrow(
      new WrongTenant('another tenant has it'),
    );
    expect(world.sent).toEqual([]);
    expect(world.accounts.get('6041')?.tenant).toBe('south');
  });

  it('can’t be taken from it, nor can its token', async () => {
    const { world, ports } = worldWith({ accounts: [{ ...page, tenant: 'south' }] });
    world.tokens.set('south 6041', 'EAA-1');
    await expect(removeAccount(page, ports)).rejects.toThrow(new WrongTenant('another tenant has it'));
    expect(world.done).toEqual([]);
    expect(world.tokens.get('south 6041')).toBe('EAA-1');
  });
});

it('a crash while a page is taken away leaves no token behind: the same command again deletes it', async () => {
  const { world, ports } = worldWith({ accounts: [page] });
  world.tokens.set('north 6041', 'EAA-1');
  const dead = async () => Promise.reject(new Crash());
  await expect(removeAccount(page, { ...ports, deleteToken: dead })).rejects.toThrow(Crash);
  await expect(removeAccount(page, ports)).rejects.toThrow(WrongTenant);
  expect(world.tokens.size).toBe(0);
});

it('a page that nobody has can’t be taken from anybody', async () => {
  await expect(removeAccount(page, worldWith().ports)).rejects.toThrow(WrongTenant);
});

it('a crash while a page is given loses nothing: the same command again brings it to its end', async () => {
  const rows = [parked(NOBODY, '7701'), parked('north', '7702')];
  const whole = worldWith({ rows });
  const run = crashing(whole.ports);
  await saveAccount(page, 'EAA-1', run.ports);
  for (let call = 1; call <= run.calls(); call += 1) {
    for (const carriedOut of [false, true]) {
      const { world, ports } = worldWith({ rows });
      await expect(saveAccount(page, 'EAA-1', crashing(ports, { call, carriedOut }).ports)).rejects.toThrow(Crash);
      // Never a page without the token that came with it.
      if (world.accounts.has('6041')) expect(world.tokens.get('north 6041')).toBe('EAA-1');
      await saveAccount(page, 'EAA-1', ports);
      expect(new Set(world.sent)).toEqual(new Set(['source/meta_event_7701.json', 'source/meta_event_7702.json']));
      expect(world.rows).toEqual([]);
      expect(world.accounts.get('6041')).toEqual(page);
    }
  }
});
