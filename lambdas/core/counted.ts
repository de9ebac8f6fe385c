import type { Lead } from './lead.ts';
import { ownerKey } from './owner-key.ts';
import { ownerOf } from './owner-of.ts';
import { dayIn } from './when.ts';

/** What a lead counts as: on the day on which it came in, once under each of these names. */
export interface Counted {
  /** Of the tenant's calendar: `2026-03-05`. */
  day: string;
  /** `total`, `source#close`, `category#pending`, `owner#{key}`, `alert#{bucket}`, `touch#{bucket}`, in this order. */
  names: string[];
  /** Under which name people know the owner. */
  owner: { key: string; name: string } | null;
}

/** A stretch of time, up to but without its end. */
interface Bucket {
  key: string;
  /** Milliseconds. */
  below: number;
  label: string;
}

const MINUTE = 60_000;
const HOUR = 60 * MINUTE;

/** From the form to the alert. */
export const alertBuckets: Bucket[] = [
  { key: '1m', below: MINUTE, label: 'under 1 min' },
  { key: '5m', below: 5 * MINUTE, label: '1 to 5 min' },
  { key: '15m', below: 15 * MINUTE, label: '5 to 15 min' },
  { key: '60m', below: HOUR, label: '15 to 60 min' },
  { key: 'more', below: Infinity, label: 'over 1 h' },
];

/** From the form to the first touch. */
export const touchBuckets: Bucket[] = [
  { key: '5m', below: 5 * MINUTE, label: 'under 5 min' },
  { key: '30m', below: 30 * MINUTE, label: '5 to 30 min' },
  { key: '2h', below: 2 * HOUR, label: '30 min to 2 h' },
  { key: '24h', below: 24 * HOUR, label: '2 to 24 h' },
  { key: 'more', below: Infinity, label: 'over 1 day' },
];

/** What a lead counts as; `undefined` for a test lead. One that its vendor deleted came in all the same, and counts. */
export function countedAs(
  lead: Lead,
  { timeZone, fallbackOwner }: { timeZone: string; fallbackOwner: string },
): Counted | undefined {
  if (lead.isTest) return undefined;
  const name = ownerOf(lead, fallbackOwner);
  const owner = name === null ? null : { key: ownerKey(lead.tenant, name), name };
  const from = Date.parse(lead.facts.date_created ?? lead.receivedAt);
  return {
    day: dayIn(Date.parse(lead.receivedAt), timeZone),
    names: [
      'total',
      `source#${lead.source}`,
      `category#${lead.category ?? 'pending'}`,
      `owner#${owner?.key ?? ''}`,
      ...bucketed('alert', alertBuckets, from, lead.toldAt),
      ...bucketed('touch', touchBuckets, from, lead.firstTouchAt),
    ],
    owner,
  };
}

function bucketed(kind: string, buckets: Bucket[], from: number, at: string | undefined): string[] {
  if (at === undefined) return [];
  const bucket = buckets.find(({ below }) => Date.parse(at) - from < below);
  return bucket ? [`${kind}#${bucket.key}`] : [];
}

/** By how much each counter changes from one state to the next: one more, or one less. */
export function difference(before: string[], after: string[]): Record<string, 1 | -1> {
  const less = before.filter((name) => !after.includes(name)).map((name) => [name, -1] as const);
  const more = after.filter((name) => !before.includes(name)).map((name) => [name, 1] as const);
  return Object.fromEntries([...less, ...more]);
}
