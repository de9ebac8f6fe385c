import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import type { LeadFilter } from '../api/types.ts';
import { listKey, type ListData } from './list-data.ts';
import { readLeads } from './read-leads.ts';

/** The loaded leads of a view. They are kept up to date by what is heard and by the full check, not by reading them again. */
export function useLeads(filter: LeadFilter) {
  const client = useQueryClient();
  const key = listKey(filter);
  const list = useQuery({
    queryKey: key,
    queryFn: async ({ signal }): Promise<ListData> => ({ pages: [await readLeads(filter, {}, signal)] }),
    staleTime: Infinity,
  });
  const more = useMutation({
    mutationFn: (cursor: string) => readLeads(filter, { cursor }),
    onSuccess: (page) =>
      client.setQueryData<ListData>(key, (now) => {
        const known = new Set(now?.pages.flatMap(({ data }) => data).map(({ id }) => id));
        const added = { ...page, data: page.data.filter(({ id }) => !known.has(id)) };
        return { pages: [...(now?.pages ?? []), added] };
      }),
  });
  const last = list.data?.pages.at(-1);
  const loadMore = () => {
    if (last?.cursor && !more.isPending) more.mutate(last.cursor);
  };
  return { list, more, last, loadMore };
}
