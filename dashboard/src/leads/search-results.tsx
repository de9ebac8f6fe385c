import type { ReactNode } from 'react';
import { Failed } from '../shell/failed.tsx';
import { LeadTable } from './lead-table.tsx';
import { ListSkeleton } from './list-skeleton.tsx';
import { SHORTEST_SEARCH, useSearch } from './search-query.ts';

/** The leads that were looked for, in place of the list. */
export function SearchResults({ q }: { q: string }) {
  const { data, error, isPending, refetch } = useSearch(q);
  if (q.length < SHORTEST_SEARCH) return <Words>Type at least {SHORTEST_SEARCH} characters.</Words>;
  if (error) return <Failed error={error} what="The search did not work" onRetry={() => void refetch()} />;
  if (isPending) return <ListSkeleton />;
  if (data.length === 0)
    return <Words>Nobody found. The search knows beginnings of names and addresses, phone numbers and ids.</Words>;
  return (
    <>
      <Words>{data.length === 1 ? '1 lead found' : `${data.length} leads found`}, in all lists.</Words>
      <LeadTable leads={data} label="Leads found" />
    </>
  );
}

const Words = ({ children }: { children: ReactNode }) => (
  <p role="status" className="quiet list-words">
    {children}
  </p>
);
