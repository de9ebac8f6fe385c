import { describe, expect, it } from '@jest/globals';
import { type DayCounts, firstDay, statsOf } from '../../lambdas/core/stats.ts';

const words = {
  sourceLabel: (source: string) => ({ close: 'Close', meta: 'Meta' })[source] ?? source,
  ownerNamed: (key: string) => ({ key: key === 'alias' ? 'ana' : key, name: key === 'bo' ? 'Bo' : 'Ana Diaz' }),
};
const day = (name: string, counts: Record<string, number>): DayCounts => ({ day: name, counts });
/** A Thursday. */
const today = '2026-03-05';
const of = (...days: DayCounts[]) => statsOf(days, today, words);

describe('counters of days', () => {
  it('are summed up for today, for the week since Monday, and for 30 days', () => {
    const stats = of(
      day('2026-02-04', { total: 1 }),
      day('2026-03-01', { total: 10 }),
      day('2026-03-02', { total: 100 }),
      day('2026-03-05', { total: 1000 }),
    );
    expect([stats.today.total, stats.week.total, stats.month.total]).toEqual([1000, 1100, 1111]);
    expect(firstDay(today)).toBe('2026-02-04');
  });

  it('begin a week on Monday, also on a Monday and on a Sunday', () => {
    const week = (now: string) =>
      statsOf(
        [day('2026-03-01', { total: 1 }), day('2026-03-02', { total: 10 }), day('2026-03-08', { total: 100 })],
        now,
        words,
      ).week.total;
    expect([week('2026-03-01'), week('2026-03-02'), week('2026-03-08')]).toEqual([1, 10, 110]);
  });

  it('are there for each of 30 days, the oldest first, also for those without a lead', () => {
    const { days } = of(day('2026-03-05', { total: 2 }));
    expect([days.length, days[0], days.at(-1), days.at(-2)]).toEqual([
      30,
      { day: '2026-02-04', total: 0 },
      { day: '2026-03-05', total: 2 },
      { day: '2026-03-04', total: 0 },
    ]);
  });

  it('say what people read, the largest first, without what came to nothing', () => {
    const { today: sums } = of(
      day(today, { total: 5, 'source#close': 2, 'source#meta': 3, 'category#subscribed': 5, 'category#pending': 0 }),
    );
    expect(sums.by_source).toEqual([
      { key: 'meta', name: 'Meta', count: 3 },
      { key: 'close', name: 'Close', count: 2 },
    ]);
    expect(sums.by_category).toEqual([{ key: 'subscribed', name: 'Already subscribed', count: 5 }]);
  });

  it('count a person once under all their names, and what nobody owns under none', () => {
    const { by_owner } = of(
      day(today, { total: 6, 'owner#ana': 1, 'owner#alias': 2, 'owner#bo': 2, 'owner#': 1 }),
    ).today;
    expect(by_owner).toEqual([
      { key: 'ana', name: 'Ana Diaz', count: 3 },
      { key: 'bo', name: 'Bo', count: 2 },
      { key: '', name: 'Nobody', count: 1 },
    ]);
  });

  it('say how long it took, also where it took none so long; who was not touched is not yet', () => {
    const { to_alert, to_touch } = of(day(today, { total: 4, 'alert#1m': 3, 'alert#more': 1, 'touch#30m': 1 })).today;
    expect(to_alert).toEqual([
      { label: 'under 1 min', count: 3 },
      { label: '1 to 5 min', count: 0 },
      { label: '5 to 15 min', count: 0 },
      { label: '15 to 60 min', count: 0 },
      { label: 'over 1 h', count: 1 },
    ]);
    expect(to_touch.map(({ count }) => count)).toEqual([0, 1, 0, 0, 0, 3]);
    expect(to_touch.at(-1)?.label).toBe('not yet');
  });
});
