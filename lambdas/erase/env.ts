import * as z from 'zod';
import { filledIn } from '../env.ts';

/** What `erase` is told by its construct. */
export const EraseEnv = z.object({
  BUCKET_NAME: filledIn,
  DETAILS_PREFIX: z.string().default('details/'),
  TARGET_PREFIX: z.string().default('target/'),
  EXPORTS_PREFIX: z.string().default('exports/'),
  TABLE_NAME: filledIn,
  ERASE_QUEUE_URL: filledIn,
  /** The time-out of the functions that work with leads. */
  TIMEOUT_SECONDS: z.coerce.number().min(8),
  METRICS_NAMESPACE: filledIn,
});
