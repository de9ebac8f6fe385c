import * as z from 'zod';
import { filledIn, json } from '../env.ts';

/** What `replay` is told by its construct. */
export const ReplayEnv = z.object({
  TABLE_NAME: filledIn,
  BUCKET_NAME: filledIn,
  DETAILS_PREFIX: z.string().default('details/'),
  /** Its own queue, on which a job that takes longer goes on. */
  REPLAY_QUEUE_URL: filledIn,
  /** The lanes that it fills, and waits for. */
  CAPTURE_BULK_QUEUE_URL: filledIn,
  OWNER_BULK_QUEUE_URL: filledIn,
  /** Where messages lie that were given up, and where each goes back to: `[{"name":"capture","deadLetters":"https://…","queue":"https://…"}]`. */
  DEAD_LETTERS: json(z.array(z.object({ name: z.string(), deadLetters: filledIn, queue: filledIn }))),
  /** Per source, the custom field that is the funnel and the names people give to the others: `{"close":{"funnel":"cf_…","names":{"cf_…":"Budget"}}}`. */
  FIELDS: json(
    z.record(z.string(), z.object({ funnel: z.string().optional(), names: z.record(z.string(), z.string()) })),
  ),
  METRICS_NAMESPACE: filledIn,
});
