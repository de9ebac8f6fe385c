import { useQuery } from '@tanstack/react-query';
import { call } from '../api/call.ts';
import type { Answer, LeadDetail } from '../api/types.ts';

export const leadKey = (id: string) => ['lead', id] as const;

/** A lead with everything that is known of it. */
export const useLead = (id: string) =>
  useQuery({
    queryKey: leadKey(id),
    queryFn: async ({ signal }) =>
      (await call<Answer<LeadDetail>>(`/leads/${encodeURIComponent(id)}`, { signal })).data,
    staleTime: 5000,
  });
