import * as z from 'zod';

const sweep = {
  v: z.literal(1),
  /** What counts as lost: seconds since anything was to happen with it; as long as all tries take where it is absent. */
  olderThan: z.int().min(0).optional(),
  /** Not to be worked on before. */
  notBefore: z.iso.datetime().optional(),
};

/** A look at leads that are due and not told, or not even queued. */
export const DueSweep = z.object({
  ...sweep,
  sweep: z.literal('due'),
  /** Where an earlier message got to: a tenant, and the last of its leads that was looked at. */
  from: z.object({ tenant: z.string(), after: z.string().optional() }).optional(),
});
export type DueSweep = z.infer<typeof DueSweep>;

/** A listing of the bucket: which deliveries did nobody read? */
export const StoredSweep = z.object({
  ...sweep,
  sweep: z.literal('stored'),
  /** How far it is: when it began, since when deliveries are looked at, and the last one that was. Times are ISO 8601 in UTC. */
  listing: z.object({ startedAt: z.iso.datetime(), since: z.iso.datetime(), after: z.string().optional() }).optional(),
});
export type StoredSweep = z.infer<typeof StoredSweep>;

export const SweepMessage = z.union([DueSweep, StoredSweep]);
export type SweepMessage = z.infer<typeof SweepMessage>;
