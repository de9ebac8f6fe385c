import { queryOptions, useQuery } from '@tanstack/react-query';
import type { Completeness } from '../../../lambdas/api/schemas/sync.ts';
import { dataOf } from '../api/data-of.ts';

const ASK_EVERY_MS = 60_000;

/** Whether all leads are here that the vendors have, account by account. */
export const completenessQuery = queryOptions({
  queryKey: ['/completeness'],
  queryFn: ({ signal }) => dataOf<Completeness[]>('/completeness', { signal }),
});

/** The same, asked for again each minute while somebody can see the page. */
export const useCompleteness = () => useQuery({ ...completenessQuery, refetchInterval: ASK_EVERY_MS });
