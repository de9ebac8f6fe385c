import type { Completeness } from '../../../lambdas/api/schemas/sync.ts';
import { clockOrDay } from '../time/when.ts';
import { bySource, nameOf } from './by-source.ts';

/** What stands beneath the head of the list, and whether nothing needs anybody. */
export interface Line {
  text: string;
  isFine: boolean;
}

/** `Received 412 = Meta Lead Ads 411 + HubSpot 1, verified to 12:05`; nothing where no vendor was asked yet. */
export function lineOf(rows: Completeness[], timeZone: string): Line | null {
  const troubles = rows.flatMap(troublesOf);
  const counted = countedIn(rows, timeZone);
  if (counted === null && troubles.length === 0) return null;
  return {
    text: [...(counted ? [counted.text] : []), ...troubles].join(' · '),
    isFine: troubles.length === 0 && counted?.missing === 0,
  };
}

function countedIn(rows: Completeness[], timeZone: string) {
  const sources = bySource(rows);
  const [first] = sources.map(({ until }) => until).toSorted();
  if (first === undefined) return null;
  const ours = sources.reduce((sum, source) => sum + source.ours, 0);
  const missing = sources.reduce((sum, { vendor }) => sum + vendor, 0) - ours;
  const there = sources.map(({ label, vendor }) => `${label} ${inFigures(vendor)}`).join(' + ');
  const difference = missing > 0 ? `, ${inFigures(missing)} missing` : '';
  const text = `Received ${inFigures(ours)} ${missing === 0 ? '=' : '≠'} ${there}${difference}, verified to ${clockOrDay(first, timeZone)}`;
  return { text, missing };
}

const troublesOf = (row: Completeness): string[] => [
  ...(row.trouble === null ? [] : [`${nameOf(row)} can’t be asked`]),
  ...(row.webhook === 'off' ? [`${nameOf(row)} posts nothing to us`] : []),
];

const inFigures = (count: number) => count.toLocaleString('en');
