import type { Stats } from '../../../lambdas/api/schemas/stats.ts';

/** The stretches of days that people choose from, as the API names them. */
export const periods = { today: 'Today', week: 'This week', month: '30 days' } as const;
export type PeriodKey = keyof typeof periods;

/** The one that an address asks for; this week where it asks for none that there is. */
export function periodOf(search: string): PeriodKey {
  const asked = new URLSearchParams(search).get('period') ?? '';
  return Object.hasOwn(periods, asked) ? (asked as PeriodKey) : 'week';
}

/** The first day of it, in the tenant’s calendar; a week begins on Monday. */
export function firstDayOf(period: PeriodKey, days: Stats['days']): string | undefined {
  const today = days.at(-1)?.day;
  if (today === undefined || period === 'today') return today;
  if (period === 'month') return days[0]?.day;
  const date = new Date(`${today}T00:00:00Z`);
  date.setUTCDate(date.getUTCDate() - ((date.getUTCDay() + 6) % 7));
  return date.toISOString().slice(0, 10);
}
