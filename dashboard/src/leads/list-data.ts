import type { LeadFilter, LeadPage, LeadRow } from '../api/types.ts';

/** The pages of a view that were loaded so far. */
export interface ListData {
  pages: LeadPage[];
}

export const LISTS = 'leads';
export const listKey = (filter: LeadFilter) => [LISTS, filter] as const;

/** All leads of a view that were loaded. */
export const rowsOf = (data: ListData | undefined): LeadRow[] => data?.pages.flatMap((page) => page.data) ?? [];
