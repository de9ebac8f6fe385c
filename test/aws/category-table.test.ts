import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import type * as CategoryTable from '../../lambdas/aws/category-table.ts';
import type * as LeadTable from '../../lambdas/aws/lead-table.ts';
import type { CategoryChange } from '../../lambdas/core/lead.ts';
import { fullFacts } from '../fixtures/lead.ts';
import { startTable, TABLE } from '../fixtures/table.ts';

let table: Awaited<ReturnType<typeof startTable>>;
let categories: typeof CategoryTable;
let leads: typeof LeadTable;
beforeAll(async () => {
  table = await startTable();
  categories = await import('../../lambdas/aws/category-table.ts');
  leads = await import('../../lambdas/aws/lead-table.ts');
});
afterAll(() => table.stop());

/** Each test has a lead of its own. */
let id: { tenant: string; lead_id: string };
let count = 0;
beforeEach(() => {
  count += 1;
  id = { tenant: 'north', lead_id: `lead_${count}` };
});

const now = '2026-03-05T13:30:02.000Z';
const created = {
  receivedAt: '2026-03-05T13:30:01.000Z',
  dueAt: '2026-03-05T13:40:01.000Z',
  rawKey: 'source/crm_event_lead_Zq3.json',
  isTest: false,
};
const lead = () =>
  leads.saveLead(TABLE, { ...id, source: 'close', facts: fullFacts, asOf: '2026-03-05T13:30:00.000Z', created }, now);
const known = () => leads.leadNow(TABLE, id);

describe('the category of a lead', () => {
  const change = (version: number, more: Partial<CategoryChange> = {}): CategoryChange => ({
    version,
    category: 'pending',
    previous: null,
    by: 'ev_1',
    at: now,
    leasedUntil: 1000,
    ...more,
  });
  const give = async (next: CategoryChange) => categories.changeCategory(TABLE, await lead(), next, now);

  it('is given with its change to announce, each by a version of its own', async () => {
    expect(await give(change(1))).toMatchObject({
      category: 'pending',
      categoryVersion: 1,
      announcements: { 1: change(1) },
    });
    const member = change(2, { category: 'subscribed', previous: 'pending' });
    expect(await give(member)).toMatchObject({
      category: 'subscribed',
      categoryVersion: 2,
      announcements: { 1: change(1), 2: member },
    });
  });

  it.each<[string, CategoryChange[]]>([
    ['first', [change(1), change(1, { category: 'subscribed', by: 'ev_2' })]],
    ['next', [change(1), change(2), change(2, { category: 'subscribed', by: 'ev_2' })]],
  ])('is given by one of two that would be the %s', async (_, changes) => {
    for (const one of changes.slice(0, -1)) expect(await give(one)).toBeDefined();
    const [last] = changes.slice(-1);
    expect(last && (await give(last))).toBeUndefined();
    expect(await known()).toMatchObject({ category: 'pending', categoryVersion: changes.length - 1 });
  });

  it('may be announced by one of any number who find that nobody does any more', async () => {
    await give(change(1));
    const taken = await Promise.all(
      Array.from({ length: 16 }, () => categories.leaseAnnouncement(TABLE, id, change(1), 5000)),
    );
    expect(taken.filter(Boolean)).toHaveLength(1);
    expect(await known()).toMatchObject({ announcements: { 1: { ...change(1), leasedUntil: 5000 } } });
  });

  it('is announced once and for all when that is noted', async () => {
    await give(change(1));
    await categories.markAnnounced(TABLE, id, 1, '2026-03-05T13:30:03.000Z');
    await categories.markAnnounced(TABLE, id, 1, '2026-03-05T13:30:09.000Z');
    const announced = { version: 1, at: '2026-03-05T13:30:03.000Z' };
    expect(await known()).toMatchObject({ announcements: {}, announced });
    expect(await categories.leaseAnnouncement(TABLE, id, change(1), 5000)).toBe(false);
    expect(await give(change(2))).toMatchObject({ announcements: { 2: change(2) } });
  });
});
