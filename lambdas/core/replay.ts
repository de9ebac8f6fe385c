import * as z from 'zod';
import { Again } from './again.ts';
import { isRawKey } from './raw-key.ts';

/** As many deliveries can be named at once. */
export const MOST_KEYS = 500;

/** Which deliveries are run again, and how: those that are named, or those that were stored in a time, of one source or of all. */
export const ReplayOrder = z
  .object({
    how: Again.shape.how,
    /** Says what would change, and changes nothing. */
    isDryRun: z.boolean(),
    keys: z.array(z.string().refine(isRawKey)).min(1).max(MOST_KEYS).optional(),
    from: z.iso.datetime().optional(),
    to: z.iso.datetime().optional(),
    source: z.string().optional(),
  })
  .refine(({ keys, from, to }) => (keys === undefined ? from !== undefined && to !== undefined && from < to : true));
export type ReplayOrder = z.infer<typeof ReplayOrder>;

/** What would become of an event that is run again. */
export const Foreseen = z.object({
  key: z.string(),
  source: z.string(),
  event: z.string(),
  lead_id: z.string().nullable(),
  /** `waiting` goes on by itself, `nothing` says nothing of a lead, `broken` can not be understood. */
  what: z.enum(['new', 'changed', 'unchanged', 'waiting', 'nothing', 'broken']),
  /** Whether people would be told of its lead. */
  isToBeTold: z.boolean(),
});
export type Foreseen = z.infer<typeof Foreseen>;

/** Goes on with a job behind the delivery that was the last one. */
export const ReplayMessage = z.object({
  v: z.literal(1),
  tenant: z.string(),
  job_id: z.string(),
  after: z.string().optional(),
  counts: z.record(z.string(), z.number()).optional(),
  listed: z.array(Foreseen).optional(),
  /** Since when everything is sent, and how often nothing of it was left to do in a row; ISO 8601 in UTC. */
  sent: z.object({ at: z.iso.datetime(), calm: z.int().min(0) }).optional(),
});
export type ReplayMessage = z.infer<typeof ReplayMessage>;
