import type { LeadPage, LeadRow } from '../api/types.ts';
import { isAbove, covers } from './order.ts';

/** What is newer of two states of one lead; the known one where they are as old, since each answer tells some of the last one again. */
export const newerOf = (known: LeadRow, heard: LeadRow): LeadRow =>
  heard.updated_at > known.updated_at ? heard : known;

/**
 * Pages with what was heard of leads: known ones as they are now, those gone that no longer fit, new ones in their place.
 * The same pages where nothing changes.
 */
export function mergeInto(pages: LeadPage[], heard: LeadRow[], fits: (row: LeadRow) => boolean): LeadPage[] {
  return heard.reduce((now, row) => mergeOne(now, row, fits), pages);
}

function mergeOne(pages: LeadPage[], row: LeadRow, fits: (row: LeadRow) => boolean): LeadPage[] {
  const known = pages.flatMap(({ data }) => data).find(({ id }) => id === row.id);
  if (!known) return fits(row) && covers(pages, row) ? inserted(pages, row) : pages;
  const newer = newerOf(known, row);
  if (newer === known) return pages;
  const isSamePlace = newer.received_at === known.received_at;
  const without = pages.map((page) =>
    withRows(
      page,
      page.data.filter(({ id }) => id !== row.id),
    ),
  );
  if (!fits(newer)) return without;
  if (!isSamePlace) return covers(without, newer) ? inserted(without, newer) : without;
  return pages.map((page) =>
    withRows(
      page,
      page.data.map((one) => (one.id === row.id ? newer : one)),
    ),
  );
}

function inserted(pages: LeadPage[], row: LeadRow): LeadPage[] {
  const found = pages.findIndex(({ data }) => data.some((other) => isAbove(row, other)));
  const target = found === -1 ? pages.length - 1 : found;
  return pages.map((page, index) => {
    if (index !== target) return page;
    const place = page.data.findIndex((other) => isAbove(row, other));
    return withRows(page, place === -1 ? [...page.data, row] : page.data.toSpliced(place, 0, row));
  });
}

/** The same page where its rows are the same. */
function withRows(page: LeadPage, data: LeadRow[]): LeadPage {
  const isSame = data.length === page.data.length && data.every((row, index) => row === page.data[index]);
  return isSame ? page : { ...page, data, count: data.length };
}
