import { describe, expect, it } from '@jest/globals';
import { compare, inSum, repaired } from '../../../dashboard/src/live/compare.ts';
import { at, page, row } from '../row.ts';

const all = () => true;

describe('a full check', () => {
  it('finds nothing where the list is as it is stored', () => {
    const rows = [row('b', 2), row('a', 1)];
    expect(compare(rows, rows)).toEqual({ compared: 2, missing: 0, changed: 0, gone: 0 });
  });

  it('counts what was missing, what had changed and what is gone', () => {
    const shown = [row('d', 4), row('b', 2), row('a', 1)];
    const stored = [row('c', 3), row('b', 2, { updated_at: at(7) }), row('a', 1)];
    expect(compare(shown, stored)).toEqual({ compared: 3, missing: 1, changed: 1, gone: 1 });
  });

  it('does not call a lead changed of which something newer is shown already', () => {
    expect(compare([row('a', 1, { updated_at: at(9) })], [row('a', 1, { updated_at: at(8) })]).changed).toBe(0);
  });

  it('made twice says all that both found, and compared what the second one did', () => {
    const first = { compared: 50, missing: 1, changed: 2, gone: 0 };
    expect(inSum(first, { compared: 53, missing: 3, changed: 0, gone: 1 })).toEqual({
      compared: 53,
      missing: 4,
      changed: 2,
      gone: 1,
    });
  });

  it('shows what is stored, and what came in while it was read', () => {
    const shown = [row('b', 2), row('a', 1)];
    const shownNow = [row('d', 4), ...shown];
    const pages = repaired([page([row('c', 3), row('a', 1)])], shown, shownNow, all);
    expect(pages.flatMap(({ data }) => data).map(({ id }) => id)).toEqual(['d', 'c', 'a']);
  });

  it('keeps a change that was heard while an older state was read', () => {
    const won = row('a', 1, { updated_at: at(9), status: 'won' });
    const pages = repaired([page([row('a', 1)])], [row('a', 1)], [won], all);
    expect(pages[0]?.data[0]).toBe(won);
  });
});
