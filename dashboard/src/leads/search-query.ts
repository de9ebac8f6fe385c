import { keepPreviousData, useQuery } from '@tanstack/react-query';
import { call } from '../api/call.ts';
import type { LeadRow } from '../api/types.ts';

export const SEARCHES = 'search';
/** Less than this is not looked for. */
export const SHORTEST_SEARCH = 2;
const MOST_FOUND = 50;

/** Leads by the beginning of a name or address, by phone or id. Posted, and forgotten when no longer shown: it is personal. */
export const useSearch = (q: string) =>
  useQuery({
    queryKey: [SEARCHES, q],
    queryFn: async ({ signal }) =>
      (await call<{ data: LeadRow[] }>('/leads/search', { method: 'POST', body: { q, limit: MOST_FOUND }, signal }))
        .data,
    enabled: q.length >= SHORTEST_SEARCH,
    placeholderData: keepPreviousData,
    staleTime: 0,
    gcTime: 0,
  });
