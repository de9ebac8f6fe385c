import { describe, expect, it } from '@jest/globals';
import { firstDayOf, periodOf } from '../../dashboard/src/stats/period.ts';

const daysUntil = (last: string) =>
  Array.from({ length: 30 }, (_, index) => ({
    day: new Date(Date.parse(`${last}T00:00:00Z`) - (29 - index) * 86_400_000).toISOString().slice(0, 10),
    total: 0,
  }));

describe('which figures are shown', () => {
  it.each([
    ['', 'week'],
    ['?period=today', 'today'],
    ['period=month', 'month'],
    ['period=century', 'week'],
    ['period=constructor', 'week'],
  ])('with the address %j is %s', (search, expected) => expect(periodOf(search)).toBe(expected));
});

describe('the first day of a period', () => {
  it.each([
    ['today', '2026-11-25', '2026-11-25'],
    ['week', '2026-11-25', '2026-11-23'],
    ['week', '2026-11-23', '2026-11-23'],
    ['week', '2026-11-29', '2026-11-23'],
    ['week', '2027-01-01', '2026-12-28'],
    ['month', '2026-11-25', '2026-10-27'],
  ] as const)('of %s on %s is %s', (period, today, expected) =>
    expect(firstDayOf(period, daysUntil(today))).toBe(expected),
  );

  it('is not known while no day is', () => expect(firstDayOf('week', [])).toBeUndefined());
});
