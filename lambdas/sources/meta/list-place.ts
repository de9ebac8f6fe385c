import * as z from 'zod';
import { isUsableId } from '../../core/id.ts';
import { jsonIn } from '../../core/json.ts';
import { CursorExpired } from '../../core/listing.ts';

const Place = z.object({
  /** Of one answer with forms, those whose leads were not all read yet; the first one is being read. */
  forms: z.array(z.string().refine(isUsableId)),
  /** Where to go on among the leads of the first form. */
  after: z.string().optional(),
  /** Where to go on among the forms. */
  more: z.string().optional(),
});

/** Where we are among the forms of a page and their leads. */
export type Place = z.infer<typeof Place>;

/** As a text that is given out as a cursor. */
export const textOf = (place: Place): string => JSON.stringify(place);

/** Throws `CursorExpired` where it is none of ours, such as another release's. */
export function placeIn(cursor: string): Place {
  const { data } = Place.safeParse(jsonIn(cursor));
  if (!data) throw new CursorExpired('the place in the list can not be read');
  return data;
}
