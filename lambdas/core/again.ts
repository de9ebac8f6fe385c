import * as z from 'zod';

/** A stored delivery is run again: for which job and which tenant, and whether people are told again or nobody is. */
export const Again = z.object({ how: z.enum(['quiet', 'tell']), job: z.string(), tenant: z.string() });
export type Again = z.infer<typeof Again>;

/** Every event of a delivery, however many it holds. */
export const WHOLE = { from: 0, to: 100_000 };
