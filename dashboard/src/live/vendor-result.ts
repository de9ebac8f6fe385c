import type { Completeness } from '../../../lambdas/api/schemas/sync.ts';
import { bySource, nameOf } from '../completeness/by-source.ts';
import type { Followed } from './follow-sync.ts';
import type { SyncResult } from './sync-result.ts';

type Vendors = Required<Pick<SyncResult, 'vendors' | 'news'>>;

/** What came of a comparison with the vendors, by what is known of each account after it. */
export function vendorResult({ job, hasEnded }: Followed, rows: Completeness[]): Vendors {
  if (!hasEnded)
    return unknown('The comparison with the vendors takes longer and goes on; what it fetches appears here by itself.');
  const troubles = rows.flatMap((row) =>
    row.trouble === null ? [] : [`${nameOf(row)} could not be asked: ${asSentence(row.trouble)}`],
  );
  const asked = rows.filter(({ trouble }) => trouble === null);
  const vendors = bySource(asked).map(({ source, label, vendor, ours }) => ({
    source,
    label,
    compared: vendor,
    missing: vendor - ours,
  }));
  return { vendors, news: { fetched: job.fetched, says: [...troubles, ...whereNothing(job, vendors, troubles)] } };
}

function whereNothing({ state, said }: Followed['job'], vendors: unknown[], troubles: unknown[]): string[] {
  if (troubles.length > 0) return [];
  if (state === 'failed') return [`The comparison did not reach its end. ${asSentence(said ?? '')}`.trim()];
  return vendors.length === 0 ? ['There was no vendor to compare with: none is connected with a token yet.'] : [];
}

/** That the vendors were not asked, or not to the end. */
export const unknown = (sentence: string): Vendors => ({ vendors: null, news: { fetched: 0, says: [sentence] } });

const asSentence = (text: string) => (text === '' || /[.!?]$/.test(text) ? text : `${text}.`);
