import * as z from 'zod';
import { filledIn, json } from '../env.ts';

/** What `api` is told by its construct. */
export const ApiEnv = z.object({
  TABLE_NAME: filledIn,
  /** Where a lead added by hand goes that people want to be told of. */
  OWNER_QUEUE_URL: filledIn,
  /** Where every lead added by hand goes, so that its category is found and its person remembered. */
  CAPTURE_BULK_QUEUE_URL: filledIn,
  /** Where lists of leads are kept, and where those are made that are long. */
  BUCKET_NAME: filledIn,
  EXPORTS_PREFIX: z.string().default('exports/'),
  EXPORT_QUEUE_URL: filledIn,
  /** Each tenant's time zone, in which its days begin: `{"default":"Europe/Berlin"}`. */
  TIME_ZONES: json(z.record(z.string(), z.string())),
  /** The name that stands where nobody owns a lead. */
  FALLBACK_OWNER: filledIn,
  METRICS_NAMESPACE: filledIn,
});
export type ApiEnv = z.output<typeof ApiEnv>;
