import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import type * as SyncTable from '../../lambdas/aws/sync-table.ts';
import { startTable, TABLE } from '../fixtures/table.ts';

let table: Awaited<ReturnType<typeof startTable>>;
let rows: typeof SyncTable;
beforeAll(async () => {
  table = await startTable();
  rows = await import('../../lambdas/aws/sync-table.ts');
});
afterAll(() => table.stop());

let count = 0;
const account = () => ({ tenant: 'north', source: 'meta', account: String((count += 1)) });
const FIRST = 1_000_000;
const found = (settledUntil: number, vendor: number) => ({
  comparedUntil: settledUntil + 5,
  missingSince: undefined,
  settledUntil,
  settled: { vendor, ours: vendor },
  recent: { vendor: 0, ours: 0 },
  put: 0,
});

describe('the comparison of an account', () => {
  it('begins once, whoever begins it later', async () => {
    const of = account();
    const begun = await Promise.all([1, 2, 3].map((n) => rows.beginComparing(TABLE, of, FIRST + n)));
    expect(new Set(begun.map(({ since }) => since)).size).toBe(1);
    expect(await rows.beginComparing(TABLE, of, FIRST + 100)).toMatchObject({ since: begun[0]?.since });
  });

  it('of two that saw the same watermark moves it once', async () => {
    const of = account();
    const row = await rows.beginComparing(TABLE, of, FIRST);
    const saved = await Promise.all([1, 2].map((n) => rows.saveComparison(TABLE, of, row, found(FIRST + n, n), FIRST)));
    expect(saved.toSorted()).toEqual([false, true]);
    expect(await rows.comparisonNow(TABLE, of)).toMatchObject({ settledUntil: FIRST + 1 + saved.indexOf(true) });
  });

  it('is made by one at a time, and by another one once the first has had its time', async () => {
    const of = account();
    const row = await rows.beginComparing(TABLE, of, FIRST);
    const take = (now: number) => rows.takeAccount(TABLE, of, { now, until: now + 10 });
    expect([await take(1), await take(2), await take(11)]).toEqual([true, false, true]);
    await rows.saveComparison(TABLE, of, row, found(FIRST + 1, 0), FIRST);
    expect(await take(12)).toBe(true);
    await rows.noteTrouble(TABLE, of, 'the token is refused', 13);
    expect(await take(14)).toBe(true);
  });

  it('says since when something is missing until nothing is, and how much was fetched in all', async () => {
    const of = account();
    const row = await rows.beginComparing(TABLE, of, FIRST);
    const { settledUntil: _, settled: __, ...held } = found(FIRST, 0);
    await rows.saveComparison(TABLE, of, row, { ...held, missingSince: 7, put: 3 }, 50);
    expect(await rows.comparisonNow(TABLE, of)).toMatchObject({ missingSince: 7, backfilled: 3, backfilledAt: 50 });
    await rows.saveComparison(TABLE, of, row, { ...found(FIRST + 1, 3), put: 1 }, 60);
    const after = await rows.comparisonNow(TABLE, of);
    expect(after).toMatchObject({ backfilled: 4, backfilledAt: 60, settled: { vendor: 3, ours: 3 } });
    expect(after?.missingSince).toBeUndefined();
  });

  it('keeps since when there is trouble of one kind, and forgets it with the next success', async () => {
    const of = account();
    const row = await rows.beginComparing(TABLE, of, FIRST);
    await rows.noteTrouble(TABLE, of, 'code 190', 10);
    await rows.noteTrouble(TABLE, of, 'code 190', 20);
    expect((await rows.comparisonNow(TABLE, of))?.trouble).toEqual({ reason: 'code 190', since: 10 });
    await rows.noteTrouble(TABLE, of, 'code 10', 30);
    expect((await rows.comparisonNow(TABLE, of))?.trouble).toEqual({ reason: 'code 10', since: 30 });
    await rows.saveComparison(TABLE, of, row, found(FIRST + 1, 0), 40);
    expect((await rows.comparisonNow(TABLE, of))?.trouble).toBeUndefined();
  });

  it('is shown to its tenant alone', async () => {
    await rows.beginComparing(TABLE, { tenant: 'south', source: 'hubspot', account: '9' }, FIRST);
    expect(await rows.comparisonsOf(TABLE, 'south')).toMatchObject([{ source: 'hubspot', account: '9' }]);
    expect(await rows.comparisonsOf(TABLE, 'sout')).toEqual([]);
  });
});
