import { useQuery } from '@tanstack/react-query';
import type { Trace } from '../../../lambdas/api/schemas/trace.ts';
import { dataOf } from '../api/data-of.ts';

/** How often it is looked how far a lead has come that is on its way. */
const EVERY_MS = 5000;

/** What happened to a lead; kept up to date while it is on its way. */
export const useTrace = (id: string) =>
  useQuery({
    queryKey: ['trace', id],
    queryFn: ({ signal }) => dataOf<Trace>(`/leads/${encodeURIComponent(id)}/trace`, { signal }),
    refetchInterval: ({ state }) => (state.data?.standing.state === 'waits' ? EVERY_MS : false),
  });
