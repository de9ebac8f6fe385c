import type { LeadPage, LeadRow } from '../api/types.ts';

type Place = Pick<LeadRow, 'id' | 'received_at'>;

/** Whether one lead stands above another: newest first. */
export const isAbove = (one: Place, other: Place): boolean =>
  one.received_at === other.received_at ? one.id > other.id : one.received_at > other.received_at;

export const isAtOrAbove = (one: Place, other: Place): boolean => one.id === other.id || isAbove(one, other);

/** Where what was loaded ends; `null` where there is nothing below. */
export function floorOf(pages: LeadPage[]): Place | null | undefined {
  const last = pages.at(-1);
  if (!last || last.cursor === null) return last && null;
  // Where filters left leads out, the server looked further down than the last lead that it found.
  return last.reached === null ? pages.flatMap(({ data }) => data).at(-1) : { id: '', received_at: last.reached };
}

/** Whether these pages go down to a place. */
export function covers(pages: LeadPage[], place: Place | null): boolean {
  const floor = floorOf(pages);
  if (floor === null || floor === undefined || place === null) return floor === null;
  return isAtOrAbove(place, floor);
}
