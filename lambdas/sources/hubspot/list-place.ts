import * as z from 'zod';
import { jsonIn } from '../../core/json.ts';
import { CursorExpired } from '../../core/listing.ts';

const Digits = z.string().regex(/^\d{1,32}$/);
const Place = z.object({
  /** As of when contacts were changed that are still to be read: milliseconds since 1970. */
  from: z.int(),
  /** Those of this very moment that were read already. */
  seen: z.array(Digits),
  /** More of them than one answer holds share the moment: they are read in the order of their ids, from after this one. */
  afterId: Digits.optional(),
});

/** Where we are among the contacts that were changed. */
export type Place = z.infer<typeof Place>;

/** As a text that is given out as a cursor. */
export const textOf = (place: Place): string => JSON.stringify(place);

/** Throws `CursorExpired` where it is none of ours, such as another release's. */
export function placeIn(cursor: string): Place {
  const { data } = Place.safeParse(jsonIn(cursor));
  if (!data) throw new CursorExpired('the place in the list can not be read');
  return data;
}
