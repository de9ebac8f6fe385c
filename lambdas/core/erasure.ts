import * as z from 'zod';

/** A lead of which nothing shall be left. */
export const Erasure = z.object({
  v: z.literal(1),
  erase: z.object({ tenant: z.string(), source: z.string(), lead_id: z.string() }),
  /** Deliveries in `source/` that tell of it, beside those that its rows name. */
  rawKeys: z.array(z.string()).optional(),
  /** Not to be worked on before: ISO 8601, UTC. */
  notBefore: z.iso.datetime().optional(),
  /** The second time, when every function that was at work with the lead has ended. */
  isLast: z.boolean().optional(),
});
export type Erasure = z.infer<typeof Erasure>;
