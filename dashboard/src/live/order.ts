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
  const lowest = pages.flatMap(({ data }) => data).at(-1);
  return last.reached !== null && hasLookedOn(pages) ? { id: '', received_at: last.reached } : lowest;
}

/** Whether filters left leads out below the last one that was found: the server looked on until its time was up. */
export function hasLookedOn(pages: LeadPage[]): boolean {
  const last = pages.at(-1);
  const lowest = pages.flatMap(({ data }) => data).at(-1);
  return Boolean(last?.cursor && last.reached && (!lowest || last.reached < lowest.received_at));
}

/** Whether these pages go down to a place. */
export function covers(pages: LeadPage[], place: Place | null): boolean {
  const floor = floorOf(pages);
  if (floor === null || floor === undefined || place === null) return floor === null;
  return isAtOrAbove(place, floor);
}
