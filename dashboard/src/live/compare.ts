import type { LeadPage, LeadRow } from '../api/types.ts';
import { mergeInto } from './merge.ts';

/** What a comparison with everything that is stored found, in numbers of leads. */
export interface Compared {
  compared: number;
  /** Stored and not shown. */
  missing: number;
  /** Shown otherwise than stored. */
  changed: number;
  /** Shown and no longer stored, or no longer of this view. */
  gone: number;
}

/** What the list showed when the comparison began, against what is stored. */
export function compare(shown: LeadRow[], stored: LeadRow[]): Compared {
  const before = new Map(shown.map((row) => [row.id, row]));
  const ids = new Set(stored.map(({ id }) => id));
  return {
    compared: stored.length,
    missing: stored.filter(({ id }) => !before.has(id)).length,
    changed: stored.filter(({ id, updated_at }) => (before.get(id)?.updated_at ?? updated_at) < updated_at).length,
    gone: shown.filter(({ id }) => !ids.has(id)).length,
  };
}

/** What two comparisons found, one after the other. */
export const inSum = (first: Compared, second: Compared): Compared => ({
  compared: second.compared,
  missing: first.missing + second.missing,
  changed: first.changed + second.changed,
  gone: first.gone + second.gone,
});

/** What is stored, with what was heard while it was read: that is newer than the pages read before it. */
export function repaired(
  stored: LeadPage[],
  shown: LeadRow[],
  shownNow: LeadRow[],
  fits: (row: LeadRow) => boolean,
): LeadPage[] {
  const before = new Map(shown.map((row) => [row.id, row.updated_at]));
  const heardMeanwhile = shownNow.filter(({ id, updated_at }) => before.get(id) !== updated_at);
  return mergeInto(stored, heardMeanwhile, fits);
}
