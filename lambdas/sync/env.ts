import * as z from 'zod';
import { filledIn, json } from '../env.ts';

/** What `sync` is told by its construct. */
export const SyncEnv = z.object({
  BUCKET_NAME: filledIn,
  SOURCE_PREFIX: z.string().default('source/'),
  TABLE_NAME: filledIn,
  /** Its own queue, for the accounts one by one, and for what goes on. */
  SYNC_QUEUE_URL: filledIn,
  /** Where the vendors post to, without a trailing slash. */
  PUBLIC_URL: filledIn,
  SOURCES: json(z.array(z.string())),
  TENANTS: json(z.array(z.string())),
  /** Addresses of the vendors' APIs, without a slash at their end. */
  CLOSE_API_URL: z.url().default('https://api.close.com/api/v1'),
  GRAPH_URL: z.url().default('https://graph.facebook.com/v26.0'),
  HUBSPOT_URL: z.url().default('https://api.hubapi.com'),
  /** Patterns of secrets, as in `lead-relay/prod/{tenant}/close-api-key`. */
  CLOSE_API_KEY_SECRET_NAME: filledIn,
  ACCOUNT_TOKEN_SECRET_NAME: filledIn,
  SIGNATURE_SECRET_NAME: filledIn,
  /** The function's own time-out in seconds, from which deadlines are derived. */
  TIMEOUT_SECONDS: z.coerce.number().min(8),
  /** How often a message is tried before it goes to the dead letters. */
  RECEIVES: z.coerce.number().min(1),
  METRICS_NAMESPACE: filledIn,
});
