import type { Period } from '../../../lambdas/api/schemas/stats.ts';

export type Bucket = Period['to_alert'][number];

const countOf = (buckets: Bucket[]) => buckets.reduce((sum, { count }) => sum + count, 0);

/** The bucket in which the middle one of all leads is; none where there are no leads. */
export function middleOf(buckets: Bucket[]): string | undefined {
  const half = countOf(buckets) / 2;
  let seen = 0;
  return half === 0 ? undefined : buckets.find(({ count }) => (seen += count) >= half)?.label;
}

/** What a chart of them says, in a sentence. */
export function inWords(buckets: Bucket[]): string {
  const count = countOf(buckets);
  if (count === 0) return 'No leads in this time.';
  return `${count === 1 ? '1 lead' : `${count} leads`}; the middle one: ${middleOf(buckets)}.`;
}
