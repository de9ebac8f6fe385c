import type { QueryClient } from '@tanstack/react-query';
import type { LeadFilter, LeadPage, LeadRow } from '../api/types.ts';
import { listKey, type ListData, rowsOf } from '../leads/list-data.ts';
import { compare, repaired } from './compare.ts';
import { fits, type Tenant } from './fits.ts';
import { covers, floorOf, isAtOrAbove } from './order.ts';
import type { SyncResult } from './sync-result.ts';

const LARGEST_PAGE = 200;
const USUAL_PAGE = 50;
/** More pages than this are read in the next check. */
const MOST_PAGES = 100;

type Read = (place: { cursor?: string; limit: number }) => Promise<LeadPage>;

/** Reads all that a view has loaded once more, whatever the live connection said, and shows it as it is stored. */
export async function fullCheck(
  client: QueryClient,
  filter: LeadFilter,
  tenant: Tenant,
  read: Read,
): Promise<SyncResult> {
  const key = listKey(filter);
  const before = client.getQueryData<ListData>(key);
  const shown = rowsOf(before);
  const floor = before ? floorOf(before.pages) : undefined;
  const stored = await readDownTo(floor, shown.length, read);
  const isIn = (row: LeadRow) => fits(row, filter, tenant);
  const shownNow = rowsOf(client.getQueryData<ListData>(key));
  client.setQueryData<ListData>(key, { pages: repaired(stored, shown, shownNow, isIn) });
  const inReach = stored.flatMap(({ data }) => data).filter((row) => !floor || isAtOrAbove(row, floor));
  return { stored: compare(shown, inReach), vendors: null };
}

async function readDownTo(floor: ReturnType<typeof floorOf> | undefined, count: number, read: Read) {
  const pages: LeadPage[] = [await read({ limit: Math.min(LARGEST_PAGE, Math.max(USUAL_PAGE, count)) })];
  for (let cursor = pages[0]?.cursor; cursor && pages.length < MOST_PAGES; cursor = pages.at(-1)?.cursor) {
    if (floor === undefined || covers(pages, floor)) break;
    pages.push(await read({ cursor, limit: USUAL_PAGE }));
  }
  return pages;
}
