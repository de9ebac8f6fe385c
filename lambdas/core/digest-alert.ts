import type { Alert } from './alert.ts';
import type { Part } from './alert-lines.ts';
import { categoryLabel } from './category.ts';
import { listLink } from './dashboard-link.ts';
import type { DigestEntry } from './digest.ts';
import { ascii, plain } from './plain.ts';
import type { SourceWords } from './source.ts';

/** Leads that get a line of their own, and owners that get a number of their own. */
const LISTED = 10;

interface DigestContext {
  fallbackOwner: string;
  sourceOf: (id: string) => SourceWords | undefined;
  /** Where the dashboard is, without a trailing slash; absent where there is none. */
  dashboard?: string | undefined;
}

/** One alert for many leads: how many, whose and of which category, and a line for each of the first ones. */
export function digestAlertOf(entries: DigestEntry[], { fallbackOwner, sourceOf, dashboard }: DigestContext): Alert {
  const sorted = entries.toSorted((a, b) => (a.lead_id < b.lead_id ? -1 : 1));
  const count = sorted.length.toLocaleString('en');
  const leads = sorted.length === 1 ? 'new lead' : 'new leads';
  const isImport = sorted.every(({ isBulk }) => isBulk);
  const isLate = sorted.every((entry) => entry.isLate);
  const title = isLate
    ? `${count} LATE ${leads.replace('new ', '')}`
    : isImport
      ? `${count} ${leads} from an import`
      : `${count} more ${leads}`;
  const labelOf = ({ source }: DigestEntry) => sourceOf(source)?.label ?? source;
  const ownerOf = ({ owner }: DigestEntry) => (owner === fallbackOwner ? 'nobody yet' : plain(owner, 80));
  return {
    title,
    lines: [
      [{ text: `Owners: ${countsOf(sorted.map(ownerOf))}` }],
      [{ text: `Category: ${countsOf(sorted.map(({ category }) => categoryLabel[category]))}` }],
      [{ text: `From: ${countsOf(sorted.map(labelOf))}` }],
      ...sorted.slice(0, LISTED).map((entry) => lineOf(entry, ownerOf(entry), sourceOf)),
      ...(sorted.length > LISTED ? [[{ text: `… and ${(sorted.length - LISTED).toLocaleString('en')} more` }]] : []),
      ...(dashboard === undefined ? [] : [[{ link: listLink(dashboard), text: 'What happened: all leads' }]]),
    ],
    small: `${isLate ? 'No webhook brought these, and they were fetched from the vendor' : isImport ? 'Leads of an import are told of together' : 'So many leads came in at once that these are told of together'}. Each is kept with its owner and its answers.`,
    short: title,
    subject: ascii(title),
  };
}

function lineOf(entry: DigestEntry, owner: string, sourceOf: DigestContext['sourceOf']): Part[] {
  const { lead_id, name, category, isTest, isLate, source } = entry;
  const who = plain(name ?? '', 80) || 'Name not given';
  const text = [isTest ? 'TEST' : '', isLate ? 'LATE' : '', who, owner, categoryLabel[category]]
    .filter(Boolean)
    .join(' · ');
  const link = sourceOf(source)?.linkTo?.(lead_id);
  return [{ text: `• ${text}` }, ...(link === undefined ? [] : [{ text: ' · ' }, { link, text: 'Open' }])];
}

/** `Ana 12, Grace 9, 3 others 5`, the largest first. */
function countsOf(words: string[]): string {
  const counts = [...Map.groupBy(words, (word) => word)].map(([word, all]) => ({ word, count: all.length }));
  const [first, rest] = [counts.toSorted((a, b) => b.count - a.count).slice(0, LISTED), counts.length - LISTED];
  const others = words.length - first.reduce((sum, { count }) => sum + count, 0);
  const said = first.map(({ word, count }) => `${word} ${count.toLocaleString('en')}`);
  return [...said, ...(rest > 0 ? [`${rest} others ${others.toLocaleString('en')}`] : [])].join(', ');
}
