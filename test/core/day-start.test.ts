import { describe, expect, it } from '@jest/globals';
import { dayStart, nextDay } from '../../lambdas/core/day-start.ts';

describe('a day', () => {
  it.each([
    ['2026-03-05', 'UTC', '2026-03-05T00:00:00.000Z'],
    ['2026-03-05', 'Europe/Berlin', '2026-03-04T23:00:00.000Z'],
    ['2026-07-05', 'Europe/Berlin', '2026-07-04T22:00:00.000Z'],
    ['2026-03-05', 'Asia/Kathmandu', '2026-03-04T18:15:00.000Z'],
    ['2026-03-05', 'Pacific/Kiritimati', '2026-03-04T10:00:00.000Z'],
    ['2026-03-05', 'Pacific/Pago_Pago', '2026-03-05T11:00:00.000Z'],
    // Clocks went from midnight to one, so that the day began at one.
    ['2018-11-04', 'America/Sao_Paulo', '2018-11-04T03:00:00.000Z'],
  ])('%s begins in %s at %s', (day, zone, expected) => {
    expect(new Date(dayStart(day, zone)).toISOString()).toBe(expected);
  });

  it('that a calendar left out begins with the next one', () => {
    expect(dayStart('2011-12-30', 'Pacific/Apia')).toBe(dayStart('2011-12-31', 'Pacific/Apia'));
  });

  it('is followed by the next, also over a month, a year and 29 February', () => {
    expect(['2026-03-31', '2026-12-31', '2028-02-28'].map(nextDay)).toEqual(['2026-04-01', '2027-01-01', '2028-02-29']);
  });
});
