import * as z from 'zod';
import { Again } from './again.ts';

/** Some events of a delivery, for `capture` itself. Times are ISO 8601 in UTC. */
export const Slice = z.object({
  v: z.literal(1),
  /** The delivery in `source/`. */
  key: z.string(),
  /** The first of the events, counted from 0, and the first that is not meant any more. */
  from: z.int().min(0),
  to: z.int().min(1),
  /** Not to be worked on before. */
  notBefore: z.iso.datetime().optional(),
  /** Since when it waits for a vendor; absent while nothing has failed. */
  since: z.iso.datetime().optional(),
  /** Was parked, and is tried although its token was refused: with all others of its page, or alone to see whether the others may follow. */
  retry: z.enum(['released', 'probe']).optional(),
  /** Of many at once: waits in the lane of its own, so that it holds up no other. */
  bulk: z.boolean().optional(),
  /** Was stored before, and is run again. */
  again: Again.optional(),
  /** When it was found that nobody had read it, where that is why it is sent. */
  rescuedAt: z.iso.datetime().optional(),
});
export type Slice = z.infer<typeof Slice>;

/** A look at a page or portal with parked events, again and again until there are none. */
export const Watch = z.object({
  v: z.literal(1),
  watch: z.object({ source: z.string(), account: z.string() }),
  /** How many looks there were before. */
  tick: z.int().min(0),
  /** Until when the row of the page or portal says that it is watched; another value there means another watch. Milliseconds since 1970. */
  until: z.number(),
  notBefore: z.iso.datetime(),
});
export type Watch = z.infer<typeof Watch>;

/** A lead whose category may be another one, since something new is known of its person; `by` says what. */
export const Reconsider = z.object({
  v: z.literal(1),
  reconsider: z.object({ tenant: z.string(), lead_id: z.string() }),
  by: z.string(),
  notBefore: z.iso.datetime().optional(),
  /** Since when it waits for the topic; absent while nothing has failed. */
  since: z.iso.datetime().optional(),
  /** Nobody is told of what is found. */
  again: Again.optional(),
});
export type Reconsider = z.infer<typeof Reconsider>;

export const CaptureMessage = z.union([Slice, Watch, Reconsider]);
export type CaptureMessage = z.infer<typeof CaptureMessage>;

/** Whether a message takes the lane of what comes in bulk: a list of members has all of their leads consider themselves. */
export const isBulk = (message: CaptureMessage): boolean =>
  'reconsider' in message || ('key' in message && message.bulk === true);
