import type { Completeness } from '../../../lambdas/api/schemas/sync.ts';

/** The leads of all accounts of a source that were compared. */
export interface SourceCount {
  source: string;
  label: string;
  vendor: number;
  ours: number;
  /** Until when all of its accounts were compared. */
  until: string;
}

/** The counts of each source of which anything was compared, in the order of the rows. */
export function bySource(rows: Completeness[]): SourceCount[] {
  const counts = new Map<string, SourceCount>();
  for (const { source, source_label: label, vendor, ours, compared_until: until } of rows) {
    if (until === null) continue;
    const before = counts.get(source);
    counts.set(source, {
      source,
      label,
      vendor: (before?.vendor ?? 0) + vendor,
      ours: (before?.ours ?? 0) + ours,
      until: before && before.until < until ? before.until : until,
    });
  }
  return [...counts.values()];
}

/** An account as people call it, with its source. */
export const nameOf = ({ source_label, account, account_name }: Completeness): string =>
  account === null ? source_label : `${source_label} (${account_name ?? account})`;
