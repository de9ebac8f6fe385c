import type { Stats } from '../../../lambdas/api/schemas/stats.ts';

const format = new Intl.DateTimeFormat('en-GB', { day: 'numeric', month: 'short', timeZone: 'UTC' });

/** A day of a calendar as a chart shows it: `25 Nov`. */
export const shortDay = (day: string): string => format.format(new Date(`${day}T00:00:00Z`));

/** What a chart of days says, in a sentence. */
export function daysInWords(days: Stats['days']): string {
  const total = days.reduce((sum, day) => sum + day.total, 0);
  const [best] = days.toSorted((a, b) => b.total - a.total || b.day.localeCompare(a.day));
  if (best === undefined || total === 0) return `No leads in ${days.length} days.`;
  const leads = total === 1 ? '1 lead' : `${total} leads`;
  return `${leads} in ${days.length} days; the most, ${best.total}, on ${shortDay(best.day)}.`;
}
