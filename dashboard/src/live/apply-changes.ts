import type { QueryClient } from '@tanstack/react-query';
import type { LeadDetail, LeadFilter, LeadRow } from '../api/types.ts';
import { leadKey } from '../lead/lead-query.ts';
import { LISTS, type ListData } from '../leads/list-data.ts';
import { SEARCHES } from '../leads/search-query.ts';
import { fits, type Tenant } from './fits.ts';
import { mergeInto, newerOf } from './merge.ts';

/** Brings what was heard of leads into everything that shows them. */
export function applyChanges(client: QueryClient, rows: LeadRow[], tenant: Tenant): void {
  if (rows.length === 0) return;
  for (const [key, data] of client.getQueriesData<ListData>({ queryKey: [LISTS] })) {
    if (!data) continue;
    const pages = mergeInto(data.pages, rows, (row) => fits(row, key[1] as LeadFilter, tenant));
    if (pages !== data.pages) client.setQueryData<ListData>(key, { pages });
  }
  const heard = new Map(rows.map((row) => [row.id, row]));
  client.setQueriesData<LeadRow[]>({ queryKey: [SEARCHES] }, (found) =>
    found?.map((row) => newerOf(row, heard.get(row.id) ?? row)),
  );
  for (const { id, updated_at } of rows) {
    const shown = client.getQueryData<LeadDetail>(leadKey(id));
    if (shown && shown.updated_at < updated_at) void client.invalidateQueries({ queryKey: leadKey(id) });
  }
}
