import type { Status } from '../../../../lambdas/api/schemas/me.ts';

/** The list with one of them a place up (-1) or down (1). */
export function moved(statuses: Status[], from: number, by: -1 | 1): Status[] {
  const to = from + by;
  const one = statuses[from];
  if (one === undefined || to < 0 || to >= statuses.length) return statuses;
  return statuses.toSpliced(from, 1).toSpliced(to, 0, one);
}

/** The list with a new one at its end; its key is made of the label and is no other’s. */
export function withNew(statuses: Status[], label: string): Status[] {
  return [...statuses, { key: freeKey(label, new Set(statuses.map(({ key }) => key))), label, is_closed: false }];
}

/** What keeps the list from being saved, in words. */
export function whatIsWrong(statuses: Status[]): string | undefined {
  const labels = statuses.map(({ label }) => label.trim().toLowerCase());
  if (labels.includes('')) return 'Every status needs a name.';
  const twice = statuses.find((_, index) => labels.indexOf(labels[index] ?? '') !== index);
  if (twice) return `“${twice.label.trim()}” is there twice.`;
  return statuses.every(({ is_closed }) => is_closed) ? 'One status must be open: new leads begin with it.' : undefined;
}

const LONGEST_KEY = 30;

function freeKey(label: string, taken: Set<string>): string {
  const plain = label
    .normalize('NFKD')
    .toLowerCase()
    .replaceAll(/\p{M}/gu, '')
    .replaceAll(/[^a-z0-9]+/g, '_')
    .replaceAll(/^[^a-z]+|_+$/g, '');
  const base = plain === '' ? 'status' : plain.slice(0, LONGEST_KEY - 4);
  if (!taken.has(base)) return base;
  for (let number = 2; ; number++) if (!taken.has(`${base}_${number}`)) return `${base}_${number}`;
}
