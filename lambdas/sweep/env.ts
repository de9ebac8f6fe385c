import * as z from 'zod';
import { filledIn, json } from '../env.ts';

/** What `sweep` is told by its construct. */
export const SweepEnv = z.object({
  TABLE_NAME: filledIn,
  BUCKET_NAME: filledIn,
  SOURCE_PREFIX: z.string().default('source/'),
  TENANTS: json(z.array(z.string())),
  /** Its own queue, for a look that takes longer than there is time. */
  SWEEP_QUEUE_URL: filledIn,
  CAPTURE_QUEUE_URL: filledIn,
  CAPTURE_BULK_QUEUE_URL: filledIn,
  OWNER_QUEUE_URL: filledIn,
  OWNER_BULK_QUEUE_URL: filledIn,
  /** How much time a digest is about. */
  DIGEST_SECONDS: z.coerce.number().min(1),
  /** So long after the last sign of it something is lost. */
  LOST_AFTER_SECONDS: z.coerce.number().min(1),
  METRICS_NAMESPACE: filledIn,
});
