import { categories, categoryLabel } from './category.ts';
import { alertBuckets, touchBuckets } from './counted.ts';

/** The counters of one day. */
export interface DayCounts {
  /** Of the tenant's calendar: `2026-03-05`. */
  day: string;
  counts: Record<string, number>;
}

/** What people read for keys. */
export interface Words {
  sourceLabel: (source: string) => string;
  /** Under which name an owner is known, and the key of that name; owners who are one person have the same. */
  ownerNamed: (key: string) => { key: string; name: string };
}

const NOBODY = { key: '', name: 'Nobody' };
const DAYS = 30;
const DAY = 24 * 60 * 60_000;

/** The day so many days before another. */
const daysBefore = (day: string, count: number): string =>
  new Date(Date.parse(day) - count * DAY).toISOString().slice(0, 10);

/** The first day of which the counters are wanted. */
export const firstDay = (today: string): string => daysBefore(today, DAYS - 1);

/** Sums of today, of the week since Monday and of the last 30 days; a day without a lead has no counters. */
export function statsOf(days: DayCounts[], today: string, words: Words) {
  const all = Array.from({ length: DAYS }, (_, index) => daysBefore(today, DAYS - 1 - index));
  const monday = daysBefore(today, (new Date(today).getUTCDay() + 6) % 7);
  const since = (first: string) => periodOf(sum(days.filter(({ day }) => day >= first && day <= today)), words);
  return {
    today: since(today),
    week: since(monday),
    month: since(firstDay(today)),
    days: all.map((day) => ({ day, total: days.find((one) => one.day === day)?.counts['total'] ?? 0 })),
  };
}

function sum(days: DayCounts[]): Map<string, number> {
  const sums = new Map<string, number>();
  for (const { counts } of days)
    for (const [name, count] of Object.entries(counts)) sums.set(name, (sums.get(name) ?? 0) + count);
  return sums;
}

function periodOf(sums: Map<string, number>, words: Words) {
  const total = sums.get('total') ?? 0;
  const bucketsOf = (kind: string, buckets: typeof alertBuckets) =>
    buckets.map(({ key, label }) => ({ label, count: sums.get(`${kind}#${key}`) ?? 0 }));
  const touched = bucketsOf('touch', touchBuckets);
  const untouched = total - touched.reduce((all, { count }) => all + count, 0);
  return {
    total,
    by_source: kindOf('source', sums, (key) => ({ key, name: words.sourceLabel(key) })),
    by_owner: kindOf('owner', sums, (key) => (key === '' ? NOBODY : words.ownerNamed(key))),
    by_category: kindOf('category', sums, (key) => ({ key, name: labelOf(key) })),
    to_alert: bucketsOf('alert', alertBuckets),
    to_touch: [...touched, { label: 'not yet', count: untouched }],
  };
}

/** The counters of a kind, the largest first; those that are the same to people are one. */
function kindOf(kind: string, sums: Map<string, number>, named: Words['ownerNamed']) {
  const found = new Map<string, { key: string; name: string; count: number }>();
  for (const [name, count] of sums) {
    if (!name.startsWith(`${kind}#`) || count === 0) continue;
    const known = named(name.slice(kind.length + 1));
    found.set(known.key, { ...known, count: count + (found.get(known.key)?.count ?? 0) });
  }
  return [...found.values()].sort((a, b) => b.count - a.count || a.name.localeCompare(b.name, 'en'));
}

const labelOf = (key: string) => {
  const category = categories.find((one) => one === key);
  return category ? categoryLabel[category] : key;
};
