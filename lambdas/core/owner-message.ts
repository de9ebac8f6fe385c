import * as z from 'zod';

/** A lead in its wait. Times are ISO 8601 in UTC, slots milliseconds since 1970. */
export const OwnerMessage = z.object({
  v: z.literal(1),
  tenant: z.string(),
  lead_id: z.string(),
  /** For the log: which source it came from, and which request brought it. */
  source: z.string().optional(),
  correlation_id: z.string().optional(),
  /** Not to be worked on before. */
  notBefore: z.iso.datetime(),
  /** Since when it waits for a channel or a vendor; absent while nothing has failed. */
  since: z.iso.datetime().optional(),
  /** The moments reserved for it on channels with a pace. */
  slots: z.record(z.string(), z.number()).optional(),
});
export type OwnerMessage = z.infer<typeof OwnerMessage>;
