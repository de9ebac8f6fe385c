import { describe, expect, it } from '@jest/globals';
import { pauseAfter } from '../../../dashboard/src/live/pause.ts';
import { pillOf } from '../../../dashboard/src/live/pill-of.ts';

describe('the pill', () => {
  it('says that it is live, that it retries, and how old it is', () => {
    expect(pillOf({ heardAt: null, failures: 0 }, 0).text).toBe('Connecting …');
    expect(pillOf({ heardAt: 1000, failures: 0 }, 4000).text).toBe('Live');
    expect(pillOf({ heardAt: 1000, failures: 1 }, 6000).text).toBe('Retrying …');
    expect(pillOf({ heardAt: 1000, failures: 4 }, 41_000).text).toBe('Stale for 40 s');
    expect(pillOf({ heardAt: 1000, failures: 9 }, 181_000).text).toBe('Stale for 3 min');
  });

  it('says that it retries where the server never answered', () => {
    expect(pillOf({ heardAt: null, failures: 3 }, 99_000).text).toBe('Retrying …');
  });
});

describe('the pause between two questions', () => {
  it('is 3 s while all is well', () => expect(pauseAfter(0, () => 1)).toBe(3000));

  it('grows with each failure, by chance, to 10 s at most', () => {
    expect([1, 2, 3, 4, 9].map((failures) => pauseAfter(failures, () => 1))).toEqual([
      3000, 6000, 10_000, 10_000, 10_000,
    ]);
    expect(pauseAfter(2, () => 0)).toBe(3000);
  });
});
