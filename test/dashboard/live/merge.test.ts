import { describe, expect, it } from '@jest/globals';
import { mergeInto } from '../../../dashboard/src/live/merge.ts';
import { at, page, row } from '../row.ts';

const all = () => true;
const ids = (pages: ReturnType<typeof mergeInto>) => pages.map(({ data }) => data.map(({ id }) => id).join(''));

describe('what is heard of leads comes into the pages', () => {
  it('a new lead stands at the top', () => {
    const pages = [page([row('b', 2), row('a', 1)])];
    expect(ids(mergeInto(pages, [row('c', 3)], all))).toEqual(['cba']);
  });

  it('several new leads stand in their order, however they are told', () => {
    const pages = [page([row('a', 1)])];
    expect(ids(mergeInto(pages, [row('c', 3), row('d', 4), row('b', 2)], all))).toEqual(['dcba']);
  });

  it('one that came late stands where it belongs, in the page where that is', () => {
    const pages = [page([row('f', 6), row('d', 4)], { cursor: 'x' }), page([row('c', 3), row('a', 1)])];
    expect(ids(mergeInto(pages, [row('e', 5), row('b', 2)], all))).toEqual(['fed', 'cba']);
  });

  it('one below what was loaded waits for its page', () => {
    const pages = [page([row('f', 6), row('d', 4)], { cursor: 'x' })];
    expect(mergeInto(pages, [row('b', 2)], all)).toBe(pages);
  });

  it('one below the last lead stands there where the server looked further back than that', () => {
    const pages = [page([row('d', 4)], { cursor: 'x', reached: at(1) })];
    expect(ids(mergeInto(pages, [row('b', 2), row('a', 0)], all))).toEqual(['db']);
  });

  it('the first lead of an empty list is shown', () => {
    expect(ids(mergeInto([page([])], [row('a', 1)], all))).toEqual(['a']);
    expect(mergeInto([], [row('a', 1)], all)).toEqual([]);
  });

  it('a known lead is shown as it is now, in its place', () => {
    const pages = [page([row('b', 2), row('a', 1)])];
    const heard = row('a', 1, { updated_at: at(9), owner: 'Ada' });
    expect(mergeInto(pages, [heard], all)[0]?.data[1]).toBe(heard);
  });

  it('what is older than what is shown is dropped', () => {
    const pages = [page([row('a', 1, { updated_at: at(9), status: 'won' })])];
    expect(mergeInto(pages, [row('a', 1, { updated_at: at(5), status: 'new' })], all)).toBe(pages);
  });

  it('one that no longer fits leaves, and one that does not fit does not come', () => {
    const pages = [page([row('b', 2), row('a', 1)])];
    const isUnowned = ({ owner }: { owner: string | null }) => owner === null;
    const heard = [row('a', 1, { updated_at: at(9), owner: 'Ada' }), row('c', 3, { owner: 'Ada' })];
    expect(ids(mergeInto(pages, heard, isUnowned))).toEqual(['b']);
  });

  it('pages are the same object where nothing of them changes', () => {
    const pages = [page([row('b', 2)], { cursor: 'x' }), page([row('a', 1)])];
    expect(mergeInto(pages, [row('c', 3)], all)[1]).toBe(pages[1]);
  });

  it('the count is of the page', () => {
    expect(mergeInto([page([row('a', 1)])], [row('b', 2)], all)[0]?.count).toBe(2);
  });
});
