import type { Completeness } from '../../../lambdas/api/schemas/sync.ts';
import { bySource, nameOf } from '../completeness/by-source.ts';
import type { Followed } from './follow-sync.ts';
import type { SyncResult } from './sync-result.ts';

type Vendors = Required<Pick<SyncResult, 'vendors' | 'news'>>;

/** What came of a comparison with the vendors that began then, by what is known of each account after it. */
export function vendorResult({ job, hasEnded }: Followed, rows: Completeness[], began: string): Vendors {
  const refused = rows.filter(({ trouble }) => trouble !== null);
  const asked = rows.filter(({ trouble }) => trouble === null);
  const isCompared = ({ compared_until: until }: Completeness) => until !== null && (hasEnded || until >= began);
  const late = hasEnded ? [] : asked.filter((row) => row.since !== null && !isCompared(row));
  const vendors = bySource(asked.filter(isCompared)).map(({ source, label, vendor, ours }) => ({
    source,
    label,
    compared: vendor,
    missing: vendor - ours,
  }));
  const says = [...refused.map(refusedInWords), ...lateInWords(late, hasEnded)];
  if (hasEnded && refused.length === 0) says.push(...whereNothing(job, vendors));
  return { vendors, news: { fetched: job.fetched, says } };
}

/** That the vendors were not asked. */
export const unknown = (sentence: string): Vendors => ({ vendors: null, news: { fetched: 0, says: [sentence] } });

const refusedInWords = (row: Completeness) => `${nameOf(row)} could not be asked: ${asSentence(row.trouble ?? '')}`;

const names = new Intl.ListFormat('en-GB', { type: 'conjunction' });

function lateInWords(late: Completeness[], hasEnded: boolean): string[] {
  if (hasEnded) return [];
  const whom = late.length === 0 ? 'the vendors' : names.format(late.map(nameOf));
  return [`The comparison with ${whom} takes longer and goes on; what it fetches appears here by itself.`];
}

function whereNothing({ state, said }: Followed['job'], vendors: unknown[]): string[] {
  if (state === 'failed') return [`The comparison did not reach its end. ${asSentence(said ?? '')}`.trim()];
  return vendors.length === 0 ? ['There was no vendor to compare with: none is connected with a token yet.'] : [];
}

const asSentence = (text: string) => (text === '' || /[.!?]$/.test(text) ? text : `${text}.`);
