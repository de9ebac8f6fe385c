import * as z from 'zod';
import { filledIn, json } from '../env.ts';

/** What `ingest` is told by its construct. */
export const IngestEnv = z.object({
  BUCKET_NAME: filledIn,
  SOURCE_PREFIX: z.string().default('source/'),
  /** Where the vendors post to, without a trailing slash; HubSpot signs it. */
  PUBLIC_URL: filledIn,
  /** Ids of the sources that are on: `["close"]`. */
  SOURCES: json(z.array(z.string())),
  TENANTS: json(z.array(z.string())),
  /** Pattern of the secret that holds a signing key: `lead-relay/prod/{tenant}/{source}-signature-key`. */
  SIGNATURE_SECRET_NAME: filledIn,
  /** Pattern of the secret that holds a verify token: `lead-relay/prod/{tenant}/{source}-verify-token`. */
  VERIFY_TOKEN_SECRET_NAME: filledIn,
  /** Seconds that a signed time may lie in the past and in the future: `{"close":{"past":259200,"future":300}}`. */
  TOLERANCE: json(z.record(z.string(), z.object({ past: z.number(), future: z.number() }))),
  /** Ways of signing that are taken, of sources that have several: `{"hubspot":["v3","v1"]}`. */
  SIGNATURE_SCHEMES: json(z.record(z.string(), z.array(z.string()))),
  /** So long after it came in a delivery that nobody has read is lost. */
  LOST_AFTER_SECONDS: z.coerce.number().min(1),
  METRICS_NAMESPACE: filledIn,
});
