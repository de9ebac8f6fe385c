import { useQuery, useQueryClient } from '@tanstack/react-query';
import { dataOf } from './data-of.ts';

/** What the API has under a path, kept under that path. */
export const useResource = <T>(path: string) =>
  useQuery({ queryKey: [path], queryFn: ({ signal }) => dataOf<T>(path, { signal }) });

/** Puts what an answer said in the place of what is kept, and has the overview asked again. */
export function useKeep() {
  const client = useQueryClient();
  return (path: string, data: unknown) => {
    client.setQueryData([path], data);
    void client.invalidateQueries({ queryKey: ['/settings'], exact: true });
  };
}
