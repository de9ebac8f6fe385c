import { describe, expect, it } from '@jest/globals';
import { inWords, middleOf } from '../../dashboard/src/stats/buckets.ts';
import { daysInWords, shortDay } from '../../dashboard/src/stats/days.ts';
import { listOf } from '../../dashboard/src/stats/list-link.ts';
import { sharesOf } from '../../dashboard/src/stats/shares.ts';

const buckets = (...counts: number[]) =>
  counts.map((count, index) => ({ label: ['under 1 min', '1 to 5 min', 'not yet'][index] ?? '', count }));

describe('how long something took', () => {
  it.each([
    [[1, 0, 0], 'under 1 min'],
    [[1, 1, 0], 'under 1 min'],
    [[1, 2, 0], '1 to 5 min'],
    [[1, 1, 5], 'not yet'],
  ])('of %j leads the middle one took %s', (counts, expected) => expect(middleOf(buckets(...counts))).toBe(expected));

  it('is not known of no leads', () => {
    expect(middleOf(buckets(0, 0, 0))).toBeUndefined();
    expect(middleOf([])).toBeUndefined();
  });

  it('is said in a sentence', () => {
    expect(inWords(buckets(0, 0, 0))).toBe('No leads in this time.');
    expect(inWords(buckets(0, 1, 0))).toBe('1 lead; the middle one: 1 to 5 min.');
    expect(inWords(buckets(3, 1, 0))).toBe('4 leads; the middle one: under 1 min.');
  });
});

describe('shares', () => {
  it('begin with the most, and the longest bar is its length', () => {
    expect(
      sharesOf([
        { key: 'b', name: 'Berta', count: 1 },
        { key: 'a', name: 'Anna', count: 1 },
        { key: 'c', name: 'Clara', count: 2 },
      ]),
    ).toEqual([
      { key: 'c', name: 'Clara', count: 2, length: 1, percent: 50 },
      { key: 'a', name: 'Anna', count: 1, length: 0.5, percent: 25 },
      { key: 'b', name: 'Berta', count: 1, length: 0.5, percent: 25 },
    ]);
  });

  it('of nothing are nothing', () => {
    expect(sharesOf([])).toEqual([]);
    expect(sharesOf([{ key: 'a', name: 'Anna', count: 0 }])).toEqual([
      { key: 'a', name: 'Anna', count: 0, length: 0, percent: 0 },
    ]);
  });
});

describe('days', () => {
  it('are said in a sentence that names the best one, the later of two', () => {
    const days = [
      { day: '2026-11-23', total: 2 },
      { day: '2026-11-24', total: 5 },
      { day: '2026-11-25', total: 5 },
    ];
    expect(daysInWords(days)).toBe('12 leads in 3 days; the most, 5, on 25 Nov.');
    expect(daysInWords([{ day: '2026-11-25', total: 0 }])).toBe('No leads in 1 days.');
    expect(daysInWords([])).toBe('No leads in 0 days.');
  });

  it('are short', () => expect(shortDay('2026-01-05')).toBe('5 Jan'));
});

describe('the list of what was counted', () => {
  it.each([
    ['owner', '0123456789abcdef', '2026-11-23', '/?owner=0123456789abcdef&from=2026-11-23'],
    ['owner', '', '2026-11-23', '/?unowned=true&from=2026-11-23'],
    ['source', 'meta', undefined, '/?source=meta'],
  ] as const)('by %s %j from %s is %s', (by, key, from, expected) => expect(listOf(by, from)(key)).toBe(expected));
});
