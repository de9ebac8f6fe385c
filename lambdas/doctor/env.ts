import * as z from 'zod';
import { filledIn, json } from '../env.ts';

/** What `doctor` is told by its construct, and by the command of the same name. */
export const DoctorEnv = z.object({
  /** The stage, as commands know it: `prod`. */
  STAGE: filledIn,
  TABLE_NAME: filledIn,
  /** Where leads go of which nothing shall be left. */
  ERASE_QUEUE_URL: filledIn,
  /** Queues of what was given up, by the names of their alarms: `{"capture":"https://…"}`. */
  DEAD_LETTERS: json(z.record(z.string(), z.string())),
  /** Where the vendors post to, without a trailing slash. */
  PUBLIC_URL: filledIn,
  SOURCES: json(z.array(z.string())),
  TENANTS: json(z.array(z.string())),
  /** Addresses of the vendors' APIs, without a slash at their end. */
  CLOSE_API_URL: z.url().default('https://api.close.com/api/v1'),
  GRAPH_URL: z.url().default('https://graph.facebook.com/v26.0'),
  HUBSPOT_URL: z.url().default('https://api.hubapi.com'),
  /** The version of the Graph API, also where its address is a stand-in's. */
  GRAPH_VERSION: filledIn,
  /** Patterns of secrets, as in `lead-relay/prod/{tenant}/close-api-key`. */
  SIGNATURE_SECRET_NAME: filledIn,
  VERIFY_TOKEN_SECRET_NAME: filledIn,
  ACCOUNT_TOKEN_SECRET_NAME: filledIn,
  DEVELOPER_KEY_SECRET_NAME: filledIn,
  CLOSE_API_SECRET_NAME: filledIn,
  SLACK_SECRET_NAME: filledIn,
  USE_SLACK: z.stringbool().default(true),
  USE_EMAIL: z.stringbool().default(false),
  /** Origin that Slack's webhook paths are posted to. */
  SLACK_URL: z.url().default('https://hooks.slack.com'),
  SNS_TOPIC_ARN: filledIn,
  ALARM_TOPIC_ARN: filledIn,
  /** Addresses of each tenant that stand in the settings: `{"default":["sales@example.org"]}`. */
  EMAIL_SUBSCRIBERS: json(z.record(z.string(), z.array(z.string()))),
  METRICS_NAMESPACE: filledIn,
});
export type DoctorEnv = z.output<typeof DoctorEnv>;
