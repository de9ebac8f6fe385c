import * as z from 'zod';
import { filledIn, json } from '../env.ts';

/** What `capture` is told by its construct. */
export const CaptureEnv = z.object({
  BUCKET_NAME: filledIn,
  TABLE_NAME: filledIn,
  OWNER_QUEUE_URL: filledIn,
  /** Seconds that a new lead of each source waits for its owner: `{"close":600}`. */
  DELAY_SECONDS: json(z.record(z.string(), z.number().min(0).max(900))),
  /** Per source, the custom field that is the funnel and the names people give to the others: `{"close":{"funnel":"cf_…","names":{"cf_…":"Budget"}}}`. */
  FIELDS: json(
    z.record(z.string(), z.object({ funnel: z.string().optional(), names: z.record(z.string(), z.string()) })),
  ),
  METRICS_NAMESPACE: filledIn,
});
