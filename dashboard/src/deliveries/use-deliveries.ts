import { useInfiniteQuery } from '@tanstack/react-query';
import { call } from '../api/call.ts';
import type { DeliveryEvent } from './types.ts';

/** What the list is narrowed by. */
export interface DeliveryFilter {
  outcome?: string;
  source?: string;
}

interface Page {
  data: DeliveryEvent[];
  cursor: string | null;
}

/** What vendors sent, page by page, the newest first. */
export const useDeliveries = ({ outcome, source }: DeliveryFilter) =>
  useInfiniteQuery({
    queryKey: ['deliveries', 'list', outcome, source],
    queryFn: ({ pageParam, signal }) => {
      const query = new URLSearchParams({
        ...(outcome && { outcome }),
        ...(source && { source }),
        ...(pageParam && { cursor: pageParam }),
      });
      return call<Page>(`/deliveries?${query.toString()}`, { signal });
    },
    initialPageParam: '',
    getNextPageParam: ({ cursor }) => cursor,
  });
