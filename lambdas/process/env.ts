import * as z from 'zod';
import { categories, MembershipWords } from '../core/category.ts';
import { filledIn, json } from '../env.ts';

/** What `process` is told by its construct. */
export const ProcessEnv = z.object({
  BUCKET_NAME: filledIn,
  TARGET_PREFIX: z.string().default('target/'),
  TABLE_NAME: filledIn,
  OWNER_QUEUE_URL: filledIn,
  /** Lanes for what comes in bulk, so that it holds up no single lead. */
  OWNER_BULK_QUEUE_URL: filledIn,
  CAPTURE_BULK_QUEUE_URL: filledIn,
  /** Where a lead goes that could not be told for 24 hours. */
  OWNER_DLQ_URL: filledIn,
  /** Owner directories in the order in which they are asked: `["lookup","close"]`. */
  OWNER_DIRECTORIES: json(z.array(z.string())),
  LOOKUP_BUCKET: filledIn,
  LOOKUP_REGION: filledIn,
  CLOSE_API_URL: z.url().default('https://api.close.com/api/v1'),
  /** Pattern of the secret that holds a tenant's Close API key: `lead-relay/prod/{tenant}/close-api-key`. */
  CLOSE_API_SECRET_NAME: filledIn,
  /** Close's custom field of type user that names the owner: `cf_…`; empty where there is none. */
  CLOSE_OWNER_FIELD: z.string().default(''),
  /** Address of HubSpot's API, without a slash at its end. */
  HUBSPOT_URL: z.url().default('https://api.hubapi.com'),
  /** Pattern of the secret that holds the token of a portal: `lead-relay/prod/{tenant}/{source}-token-{account}`. */
  ACCOUNT_TOKEN_SECRET_NAME: filledIn,
  /** What each tenant's lifecycle stages and status labels say of membership; a tenant that is not named has the defaults, under `*`. */
  MEMBERSHIP: json(z.record(z.string(), MembershipWords)),
  /** Categories that tenants are told of, where it is not all of them: `{"north":["pending"]}`. */
  ALERT_FOR: json(z.record(z.string(), z.array(z.enum(categories)))),
  /** The most alerts of a channel in a minute; what is more is told in a digest: `{"slack":30}`. */
  MAX_ALERTS_PER_MINUTE: json(z.record(z.string(), z.int().min(1))),
  /** How much time a digest is about. */
  DIGEST_SECONDS: z.coerce.number().min(1).default(60),
  /** Whether the stage has a dashboard, and where it is; empty where only its deployment shows that, which the table then says. */
  USE_DASHBOARD: z.stringbool().default(false),
  DASHBOARD_URL: z.string().default(''),
  FALLBACK_OWNER: z.string().default('Unassigned'),
  /** Slack member ids of owners, by the name as the CRM writes it: `{"Grace Hopper":"U012AB3CD"}`. */
  OWNER_SLACK_IDS: json(z.record(z.string(), z.string())),
  /** Each tenant's time zone, for times in e-mails: `{"default":"Europe/Berlin"}`. */
  TIME_ZONES: json(z.record(z.string(), z.string())),
  USE_SLACK: z.stringbool().default(true),
  USE_EMAIL: z.stringbool().default(false),
  /** Origin that Slack's webhook paths are posted to. */
  SLACK_URL: z.url().default('https://hooks.slack.com'),
  /** Pattern of the secret that holds a tenant's Slack webhook URL: `lead-relay/prod/{tenant}/slack-webhook-url`. */
  SLACK_SECRET_NAME: filledIn,
  SNS_TOPIC_ARN: filledIn,
  /** Messages a second that each channel of a tenant may send; a channel without a number has no pace: `{"slack":1,"email":5}`. */
  PACE: json(z.record(z.string(), z.number().positive())),
  /** The function's own time-out in seconds, from which deadline and lease are derived. */
  TIMEOUT_SECONDS: z.coerce.number().min(8),
  METRICS_NAMESPACE: filledIn,
});
