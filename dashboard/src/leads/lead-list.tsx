import { Anchored } from '../live/anchored.tsx';
import { NewLeadsBar } from '../live/new-leads-bar.tsx';
import { Failed } from '../shell/failed.tsx';
import type { LeadFilter } from '../api/types.ts';
import { LeadTable } from './lead-table.tsx';
import { ListEnd } from './list-end.tsx';
import { ListSkeleton } from './list-skeleton.tsx';
import { NoLeads } from './no-leads.tsx';
import { useAllRows } from './use-all-rows.ts';
import { useLeads } from './use-leads.ts';
import { useShowWanted } from './use-show-wanted.ts';

/** The leads of a view, newest first; new ones come in above without moving what is read. */
export function LeadList({ filter }: { filter: LeadFilter }) {
  const { list, more, last, loadMore } = useLeads(filter);
  const rows = useAllRows(list.data);
  useShowWanted(rows);
  if (list.isError)
    return <Failed error={list.error} what="The leads could not be loaded" onRetry={() => void list.refetch()} />;
  if (list.isPending || !last) return <ListSkeleton />;
  return (
    <Anchored rows={rows}>
      <NewLeadsBar rows={rows} />
      {rows.length > 0 && <LeadTable leads={rows} label="Leads" />}
      {rows.length === 0 && last.cursor === null ? (
        <NoLeads filter={filter} />
      ) : (
        <ListEnd
          count={rows.length}
          pages={list.data.pages}
          isLoading={more.isPending}
          error={more.error}
          loadMore={loadMore}
        />
      )}
    </Anchored>
  );
}
