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
  /** Where comparisons with vendors are begun. */
  SYNC_QUEUE_URL: filledIn,
  /** Where deliveries are run again, and messages sent back. */
  REPLAY_QUEUE_URL: filledIn,
  /** Each tenant's time zone, in which its days begin: `{"default":"Europe/Berlin"}`. */
  TIME_ZONES: json(z.record(z.string(), z.string())),
  /** The name that stands where nobody owns a lead. */
  FALLBACK_OWNER: filledIn,
  /** Where vendors post to, without a trailing slash. */
  PUBLIC_URL: filledIn,
  /** Ids of the sources that are on: `["close"]`. */
  SOURCES: json(z.array(z.string())),
  /** Address and version of the Graph API: `https://graph.facebook.com/v26.0`. */
  GRAPH_URL: z.url().default('https://graph.facebook.com/v26.0'),
  /** Where leads go that waited for a page or its token. */
  CAPTURE_QUEUE_URL: filledIn,
  /** Patterns of secrets: `lead-relay/prod/{tenant}/{source}-signature-key`, `…/{source}-verify-token`, `…/{source}-token-{account}`, `…/slack-webhook-url`. */
  SIGNATURE_SECRET_NAME: filledIn,
  VERIFY_TOKEN_SECRET_NAME: filledIn,
  ACCOUNT_TOKEN_SECRET_NAME: filledIn,
  SLACK_SECRET_NAME: filledIn,
  /** Tags of what is made at run time: `{"stage":"prod"}`. */
  TAGS: json(z.record(z.string(), z.string())),
  USE_SLACK: z.stringbool().default(true),
  USE_EMAIL: z.stringbool().default(false),
  /** Origin that Slack's webhook paths are posted to. */
  SLACK_URL: z.url().default('https://hooks.slack.com'),
  SNS_TOPIC_ARN: filledIn,
  /** Addresses of each tenant that stand in the settings: `{"default":["sales@example.org"]}`. */
  EMAIL_SUBSCRIBERS: json(z.record(z.string(), z.array(z.string()))),
  METRICS_NAMESPACE: filledIn,
});
export type ApiEnv = z.output<typeof ApiEnv>;
