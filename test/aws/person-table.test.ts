import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import type * as PersonTable from '../../lambdas/aws/person-table.ts';
import { startTable, TABLE } from '../fixtures/table.ts';

let table: Awaited<ReturnType<typeof startTable>>;
let persons: typeof PersonTable;
beforeAll(async () => {
  table = await startTable();
  persons = await import('../../lambdas/aws/person-table.ts');
});
afterAll(() => table.stop());

const seen = (n: number, owner?: string) => ({
  lead_id: `lead_${n}`,
  source: 'close',
  receivedAt: new Date(Date.UTC(2026, 2, 1, 0, n)).toISOString(),
  ...(owner && { owner }),
});

describe('what is remembered of somebody', () => {
  it('is nothing at first', async () => {
    expect(await persons.personOf(TABLE, 'north', 'email:nobody@example.org')).toEqual({ leads: [], memberships: [] });
  });

  it('is found by the identifier within its tenant, the newest leads first and once each', async () => {
    const who = 'email:zoe@example.org';
    for (const n of [2, 1, 3]) await persons.rememberLead(TABLE, 'north', who, seen(n));
    await persons.rememberLead(TABLE, 'north', who, seen(2, 'Ana'));
    const { leads } = await persons.personOf(TABLE, 'north', who);
    expect(leads.map(({ lead_id, owner }) => [lead_id, owner])).toEqual([
      ['lead_3', undefined],
      ['lead_2', 'Ana'],
      ['lead_1', undefined],
    ]);
    expect(await persons.personOf(TABLE, 'south', who)).toEqual({ leads: [], memberships: [] });
  });

  it('is one look however many leads there are, and memberships are always in it', async () => {
    const who = 'phone:+4930901820';
    await persons.rememberMembership(TABLE, 'north', who, { by: 'list', membership: 'subscribed' });
    for (let n = 0; n < 120; n += 1) await persons.rememberLead(TABLE, 'north', who, seen(n));
    const { leads, memberships } = await persons.personOf(TABLE, 'north', who);
    expect([leads.length, leads[0]?.lead_id, memberships.length]).toEqual([99, 'lead_119', 1]);
  });

  it('stands under a hash: neither an address nor a number is in any key', async () => {
    const { keyOf } = await import('../../lambdas/aws/table.ts');
    expect(keyOf.person('north', 'email:zoe@example.org')).toMatch(/^north#PERSON#[0-9a-f]{64}$/);
    expect(keyOf.person('north', `email:${'x'.repeat(5000)}@example.org`)).toHaveLength('north#PERSON#'.length + 64);
  });
});

describe('a membership', () => {
  const who = 'email:member@example.org';
  const memberships = async () =>
    (await persons.personOf(TABLE, 'north', who)).memberships.map(({ by, membership, isNews = false }) => ({
      by,
      membership,
      isNews,
    }));

  it('is news until it is settled, and the last word of each counts', async () => {
    await persons.rememberMembership(TABLE, 'north', who, { by: 'list', membership: 'terminated' });
    await persons.rememberMembership(TABLE, 'north', who, { by: 'list', membership: 'subscribed' });
    expect(await memberships()).toEqual([{ by: 'list', membership: 'subscribed', isNews: true }]);
    await persons.settleMembership(TABLE, 'north', who, { by: 'list', membership: 'terminated' });
    expect(await memberships()).toEqual([{ by: 'list', membership: 'subscribed', isNews: true }]);
    await persons.settleMembership(TABLE, 'north', who, { by: 'list', membership: 'subscribed' });
    expect(await memberships()).toEqual([{ by: 'list', membership: 'subscribed', isNews: false }]);
  });

  it('that is none any more is forgotten once that is settled', async () => {
    await persons.rememberMembership(TABLE, 'north', who, { by: 'list', membership: 'pending' });
    expect(await memberships()).toEqual([{ by: 'list', membership: 'pending', isNews: true }]);
    await persons.settleMembership(TABLE, 'north', who, { by: 'list', membership: 'pending' });
    expect(await memberships()).toEqual([]);
    await persons.settleMembership(TABLE, 'north', who, { by: 'list', membership: 'pending' });
  });
});
