import * as z from 'zod';

/** A lead in its wait. Times are ISO 8601 in UTC, slots milliseconds since 1970. */
export const OwnerMessage = z.object({
  v: z.literal(1),
  tenant: z.string(),
  lead_id: z.string(),
  /** Not to be worked on before. */
  notBefore: z.iso.datetime(),
  /** Since when it waits for a channel or a vendor; absent while nothing has failed. */
  since: z.iso.datetime().optional(),
  /** The moments reserved for it on channels with a pace. */
  slots: z.record(z.string(), z.number()).optional(),
});
export type OwnerMessage = z.infer<typeof OwnerMessage>;
