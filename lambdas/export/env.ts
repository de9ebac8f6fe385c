import * as z from 'zod';
import { filledIn, json } from '../env.ts';

/** What `export` is told by its construct. */
export const ExportEnv = z.object({
  TABLE_NAME: filledIn,
  BUCKET_NAME: filledIn,
  EXPORTS_PREFIX: z.string().default('exports/'),
  /** Each tenant's time zone, by which its days begin and its times are written: `{"default":"Europe/Berlin"}`. */
  TIME_ZONES: json(z.record(z.string(), z.string())),
  /** The name that stands where nobody owns a lead. */
  FALLBACK_OWNER: z.string().default('Unassigned'),
  METRICS_NAMESPACE: filledIn,
});
