import * as z from 'zod';
import { filledIn, json } from '../env.ts';
import { MembershipWords } from '../core/category.ts';

/** What `capture` is told by its construct. */
export const CaptureEnv = z.object({
  BUCKET_NAME: filledIn,
  DETAILS_PREFIX: z.string().default('details/'),
  TABLE_NAME: filledIn,
  OWNER_QUEUE_URL: filledIn,
  /** Lanes for what comes in bulk, so that it holds up no single lead. */
  OWNER_BULK_QUEUE_URL: filledIn,
  CAPTURE_BULK_QUEUE_URL: filledIn,
  /** Where leads go of which nothing shall be left. */
  ERASE_QUEUE_URL: filledIn,
  /** Hears of each new lead and of each change of category. */
  CATEGORY_TOPIC_ARN: filledIn,
  /** Its own queue, for slices of deliveries and for what must wait; and where an event goes that waited for 24 hours. */
  CAPTURE_QUEUE_URL: filledIn,
  CAPTURE_DLQ_URL: filledIn,
  /** Seconds that a new lead of each source waits for its owner: `{"close":600}`. */
  DELAY_SECONDS: json(z.record(z.string(), z.number().min(0).max(900))),
  /** What a new lead of each source waits for: `{"meta":"owner"}` does not wait where its owner is known. */
  WAIT_FOR: json(z.record(z.string(), z.enum(['delay', 'owner']))),
  /** Per source, the custom field that is the funnel and the names people give to the others: `{"close":{"funnel":"cf_…","names":{"cf_…":"Budget"}}}`. */
  FIELDS: json(
    z.record(z.string(), z.object({ funnel: z.string().optional(), names: z.record(z.string(), z.string()) })),
  ),
  /** Each tenant's time zone, for the day on which to call and on which a lead counts: `{"default":"Europe/Berlin"}`. */
  TIME_ZONES: json(z.record(z.string(), z.string())),
  /** The name that stands where nobody owns a lead. */
  FALLBACK_OWNER: z.string().default('Unassigned'),
  /** Address and version of the Graph API: `https://graph.facebook.com/v26.0`. */
  GRAPH_URL: z.url().default('https://graph.facebook.com/v26.0'),
  /** Address of HubSpot's API, without a slash at its end. */
  HUBSPOT_URL: z.url().default('https://api.hubapi.com'),
  /** What each tenant's lifecycle stages and status labels say of membership; a tenant that is not named has the defaults, under `*`. */
  MEMBERSHIP: json(z.record(z.string(), MembershipWords)),
  /** Pattern of the secret that holds the token of a page or portal: `lead-relay/prod/{tenant}/{source}-token-{account}`. */
  ACCOUNT_TOKEN_SECRET_NAME: filledIn,
  /** Pattern of the secret that holds a signing key, with which Meta wants to see each call signed: `lead-relay/prod/{tenant}/{source}-signature-key`. */
  SIGNATURE_SECRET_NAME: filledIn,
  /** The function's own time-out in seconds, from which deadlines are derived. */
  TIMEOUT_SECONDS: z.coerce.number().min(8),
  /** So long after it came in a delivery that nobody has read is lost. */
  LOST_AFTER_SECONDS: z.coerce.number().min(1),
  METRICS_NAMESPACE: filledIn,
});
