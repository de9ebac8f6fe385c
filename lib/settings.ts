import * as z from 'zod';
import { categories } from '../lambdas/core/category.ts';
import { sources } from '../lambdas/sources/registry.ts';

const sourceIds = Object.keys(sources) as [keyof typeof sources, ...(keyof typeof sources)[]];
const SourceId = z.enum(sourceIds);
const TenantId = z
  .string()
  .regex(/^[a-z0-9][a-z0-9-]{0,30}$/)
  .refine((id) => id !== 'none');
const Delay = z.int().min(0).max(900);
const Tolerance = z.strictObject({ past: z.int().min(0).max(2_592_000), future: z.int().min(0).max(86_400) });
const CustomField = z.string().regex(/^cf_[A-Za-z0-9]+$/);
const Property = z.string().regex(/^[a-z][a-z0-9_]{0,99}$/);
const Address = z.url({ protocol: /^https$/ }).refine((url) => !url.endsWith('/'));
/**
 * CloudWatch keeps logs for one of these numbers of days; for ever is not offered. Written down here, since the commands read settings
 * and would load CDK for them (https://docs.aws.amazon.com/AmazonCloudWatchLogs/latest/APIReference/API_PutRetentionPolicy.html).
 */
const logRetentions = [
  1, 3, 5, 7, 14, 30, 60, 90, 120, 150, 180, 365, 400, 545, 731, 1096, 1827, 2192, 2557, 2922, 3288, 3653,
] as const;

const isTimeZone = (name: string) => {
  try {
    return Boolean(new Intl.DateTimeFormat('en', { timeZone: name }));
  } catch {
    return false;
  }
};

const Meanings = z.record(z.string().min(1).max(100), z.enum(['subscribed', 'terminated']));

/** HubSpot's own stage of a customer, and what labels of Close say in so many words. */
const membership = {
  lifecycleStages: { customer: 'subscribed', evangelist: 'subscribed' },
  statusLabels: {
    Customer: 'subscribed',
    Subscribed: 'subscribed',
    'Already subscribed': 'subscribed',
    Canceled: 'terminated',
    Cancelled: 'terminated',
    Terminated: 'terminated',
  },
} as const;

const Tenant = z.strictObject({
  timeZone: z.string().refine(isTimeZone).default('UTC'),
  emailSubscribers: z.array(z.email()).default([]),
  membership: z
    .strictObject({
      lifecycleStages: Meanings.default(membership.lifecycleStages),
      statusLabels: Meanings.default(membership.statusLabels),
    })
    .prefault({}),
  alertFor: z.array(z.enum(categories)).default([...categories]),
});

/** A queue or an e-mail address that hears of categories; who names none hears of all. */
const CategorySubscriber = z
  .strictObject({
    queueArn: z
      .string()
      .regex(/^arn:[a-z-]+:sqs:[a-z0-9-]+:\d{12}:[\w-]{1,80}$/)
      .optional(),
    email: z.email().optional(),
    categories: z.array(z.enum(categories)).min(1).optional(),
    sources: z.array(SourceId).min(1).optional(),
    tenants: z.array(TenantId).min(1).optional(),
  })
  .refine(({ queueArn, email }) => (queueArn === undefined) !== (email === undefined));

const PerMinute = z.int().min(1).max(10_000);

/** A role's inline policies may have 10,240 characters: room for the secrets of 20 tenants with the longest ids. */
const MAX_TENANTS = 20;
const between = (least: number, most: number) => (record: object) =>
  Object.keys(record).length >= least && Object.keys(record).length <= most;

/** The settings of a stage as people write them. Each description completes the sentence "It must be …". */
export const StageSettings = z.strictObject({
  tenants: z
    .record(TenantId, Tenant)
    .refine(between(1, MAX_TENANTS))
    .prefault({ default: {} })
    .describe(
      `1 to ${MAX_TENANTS} tenants by id (a-z, 0-9 and -, at most 31 characters, not "none"), each with an IANA timeZone, emailSubscribers, alertFor (a list of ${categories.join(', ')}) and membership (lifecycleStages and statusLabels, each subscribed or terminated), as in {"default":{"timeZone":"Europe/Berlin","emailSubscribers":["sales@example.org"]}}`,
    ),
  sources: z
    .array(SourceId)
    .min(1)
    .default(sourceIds)
    .describe(`a list of at least one of ${sourceIds.join(', ')}, as in ["${sourceIds[0]}"]`),
  delaySeconds: z
    .union([Delay, z.partialRecord(SourceId, Delay)])
    .default(600)
    .describe('a whole number of seconds from 0 to 900, or one such number per source, as in {"close":300}'),
  waitFor: z
    .partialRecord(SourceId, z.enum(['delay', 'owner']))
    .default({})
    .describe(
      'per source delay or owner (a new lead whose owner is known when it comes in does not wait), as in {"meta":"owner"}',
    ),
  channels: z
    .strictObject({ slack: z.boolean().default(true), email: z.boolean().default(false) })
    .refine(({ slack, email }) => slack || email)
    .prefault({})
    .describe('slack and email, each true or false, at least one of them true, as in {"slack":true,"email":false}'),
  pace: z
    .strictObject({ slack: z.number().positive().max(100).optional(), email: z.number().positive().max(10).optional() })
    .default({ slack: 1, email: 5 })
    .describe(
      'messages a second, for slack above 0 up to 100, for email above 0 up to 10 (SNS suspends an address above that), {} for no pace',
    ),
  maxAlertsPerMinute: z
    .strictObject({ slack: PerMinute.optional(), email: PerMinute.optional() })
    .default({ slack: 30, email: 30 })
    .describe(
      'alerts a minute, for slack and email from 1 to 10000 (what is more is told in a digest), {} for no limit, as in {"slack":30,"email":30}',
    ),
  digestSeconds: z.int().min(5).max(900).default(60).describe('a whole number of seconds from 5 to 900'),
  categorySubscribers: z
    .array(CategorySubscriber)
    .max(50)
    .refine((all) => new Set(all.map(({ queueArn, email }) => queueArn ?? email)).size === all.length)
    .default([])
    .describe(
      'a list of at most 50 subscribers, each with a queueArn or an email of its own, and with categories, sources and tenants where it is not about all, as in [{"queueArn":"arn:aws:sqs:eu-central-1:123456789012:members","categories":["subscribed"]}]',
    ),
  ownerDirectories: z
    .array(z.enum(['lookup', 'close', 'hubspot', 'page']))
    .min(1)
    .default(['lookup', 'close', 'hubspot', 'page'])
    .describe('a list of at least one of lookup, close, hubspot and page, in the order in which they are believed'),
  lookupBucket: z
    .string()
    .regex(/^[a-z0-9][a-z0-9.-]{1,61}[a-z0-9]$/)
    .default('dea-lead-owner')
    .describe('the name of an S3 bucket: 3 to 63 of a-z, 0-9, . and -'),
  lookupRegion: z
    .string()
    .regex(/^[a-z]{2}(-[a-z]+)+-\d$/)
    .default('us-east-1')
    .describe('an AWS region, as in us-east-1'),
  fallbackOwner: z
    .string()
    .regex(/^[^\p{Cc}]{1,100}$/u)
    .default('Unassigned')
    .describe('a name of 1 to 100 characters on one line'),
  ownerSlackIds: z
    .record(z.string().min(1), z.string().regex(/^[UW][A-Z0-9]{2,}$/))
    .default({})
    .describe('Slack member ids by the name of the owner, as in {"Grace Hopper":"U012AB3CD"}'),
  closeFields: z
    .strictObject({
      owner: CustomField.optional(),
      funnel: CustomField.default('cf_am3UgCUhyM5iNDtAPL84enDjUrZx1JsyVZ9uD9TbYwG'),
      names: z.record(CustomField, z.string().min(1)).default({}),
    })
    .prefault({})
    .describe(
      'ids of Close\'s custom fields (cf_…): owner (of type user), funnel, and names for others, as in {"names":{"cf_abc":"Budget"}}',
    ),
  closeApiUrl: Address.default('https://api.close.com/api/v1').describe('an https URL without a slash at its end'),
  hubspotFields: z
    .strictObject({ funnel: Property.optional(), names: z.record(Property, z.string().min(1)).default({}) })
    .prefault({})
    .describe(
      'names of HubSpot\'s properties (a-z, 0-9 and _): funnel, and names for those that alerts shall show, as in {"names":{"team_size":"Team size"}}',
    ),
  hubspotSignatures: z
    .array(z.enum(['v3', 'v1']))
    .min(1)
    .default(['v3'])
    .describe('a list of at least one of v3 and v1 (for old apps, whose signature holds neither address nor time)'),
  graphVersion: z
    .string()
    .regex(/^v\d{1,3}\.\d$/)
    .default('v26.0')
    .describe('a version of the Graph API, as in v26.0'),
  slackUrl: Address.default('https://hooks.slack.com').describe('an https URL without a slash at its end'),
  syncMinutes: z.int().min(1).max(1440).default(15).describe('a whole number of minutes from 1 to 1440'),
  sweepMinutes: z.int().min(5).max(1440).default(15).describe('a whole number of minutes from 5 to 1440'),
  retentionDays: z.int().min(100).max(3650).default(400).describe('a whole number of days from 100 to 3650'),
  toleranceSeconds: z
    .partialRecord(SourceId, Tolerance)
    .default({ close: { past: 259_200, future: 300 } })
    .describe(
      'seconds that a signed time may lie back (0 to 2592000) and ahead (0 to 86400) per source, as in {"close":{"past":259200,"future":300}}',
    ),
  throttle: z
    .strictObject({ rate: z.number().min(1).max(10_000).default(50), burst: z.int().min(1).max(5000).default(100) })
    .prefault({})
    .describe('requests a second: a rate from 1 to 10000 and a burst from 1 to 5000, as in {"rate":50,"burst":100}'),
  waf: z.boolean().default(true).describe('true or false'),
  dashboard: z.boolean().default(true).describe('true or false'),
  dashboardDomain: z
    .strictObject({
      name: z.string().regex(/^([a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?\.)+[a-z]{2,63}$/),
      certificateArn: z.string().regex(/^arn:[a-z-]+:acm:us-east-1:\d{12}:certificate\/[\w-]+$/),
    })
    .optional()
    .describe(
      'a name of your own and the ARN of its certificate in us-east-1, as in {"name":"leads.example.org","certificateArn":"arn:aws:acm:us-east-1:123456789012:certificate/1a2b3c4d-0000-0000-0000-000000000000"}',
    ),
  mfa: z.enum(['required', 'optional']).default('required').describe('required or optional'),
  webhookRateLimit: z
    .int()
    .min(10)
    .max(2_000_000_000)
    .default(10_000)
    .describe('a whole number of requests in 5 minutes from one address, from 10 to 2000000000'),
  logRetentionDays: z
    .literal(logRetentions)
    .default(30)
    .describe(`one of the numbers of days that CloudWatch accepts: ${logRetentions.join(', ')}`),
  alarmEmail: z.email().optional().describe('an e-mail address'),
  timeoutSeconds: z.int().min(8).max(120).default(20).describe('a whole number of seconds from 8 to 120'),
  costCenter: z
    .string()
    .regex(/^[\w .:/=+@-]{1,256}$/)
    .default('lead-relay')
    .describe('a tag value: 1 to 256 letters, digits, spaces and _ . : / = + - @'),
});
