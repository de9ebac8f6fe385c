import type { Period } from '../../../lambdas/api/schemas/stats.ts';

type Count = Period['by_source'][number];
export interface Share extends Count {
  /** How long its bar is, of the longest. */
  length: number;
  /** Of all leads, in whole percent. */
  percent: number;
}

/** Counts as bars, the most first, and by name where they are equal. */
export function sharesOf(counts: Count[]): Share[] {
  const all = counts.reduce((sum, { count }) => sum + count, 0);
  const most = Math.max(1, ...counts.map(({ count }) => count));
  return counts
    .toSorted((a, b) => b.count - a.count || a.name.localeCompare(b.name))
    .map((one) => ({ ...one, length: one.count / most, percent: all === 0 ? 0 : Math.round((100 * one.count) / all) }));
}
