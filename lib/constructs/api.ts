import { Duration } from 'aws-cdk-lib';
import type { Construct } from 'constructs';
import type { ApiEnv } from '../../lambdas/api/env.ts';
import type { Settings } from '../config.ts';
import { prefixes, secretNames } from '../names.ts';
import { tagsOf } from '../tags.ts';
import type { Alarms } from './alarms.ts';
import type { BulkQueue } from './bulk-queue.ts';
import { subscribersOf, timeZonesOf } from './environment.ts';
import type { LeadTable } from './lead-table.ts';
import type { LeadTopic } from './lead-topic.ts';
import { metricsNamespace } from './metrics.ts';
import type { Secrets } from './secrets.ts';
import type { StageQueue } from './stage-queue.ts';
import { StepFunction } from './step-function.ts';
import type { Storage } from './storage.ts';

interface ApiProps {
  readonly settings: Settings;
  readonly alarms: Alarms;
  readonly storage: Storage;
  readonly table: LeadTable;
  readonly secrets: Secrets;
  readonly topic: LeadTopic;
  /** Where vendors post to, to be shown to people. */
  readonly publicUrl: string;
  readonly toCapture: StageQueue;
  readonly toCaptureBulk: BulkQueue;
  readonly toOwner: StageQueue;
  readonly toExport: StageQueue;
  readonly toSync: StageQueue;
  readonly toReplay: StageQueue;
}

/** Answers the dashboard. It reads and changes rows of the table, shows admins the deliveries of their tenant, and finds nothing by looking through all of them. */
export class Api extends StepFunction<typeof ApiEnv> {
  constructor(scope: Construct, id: string, props: ApiProps) {
    const { settings, alarms, storage, table, secrets, topic } = props;
    super(scope, id, {
      settings,
      alarms,
      step: 'api',
      // People wait for it, and twice the memory is twice the processor: a cold start takes half the time.
      memorySize: 1024,
      // API Gateway gives up after 29 s, people long before.
      timeout: Duration.seconds(15),
      impact: 'Somebody at the dashboard got no answer; leads come in and are told all the same.',
      environment: environmentOf(props),
    });
    table.grantTo(this, 'GetItem', 'BatchGetItem', 'PutItem', 'UpdateItem', 'DeleteItem', 'Query');
    table.grantQuery(this, 'GSI1', 'GSI2', 'GSI4');
    storage.grantReadSource(this);
    storage.grantReadExports(this);
    secrets.grantSettings(this);
    topic.grantTo(this);
    topic.grantSubscriptions(this);
    for (const queue of [
      props.toCapture,
      props.toCaptureBulk,
      props.toOwner,
      props.toExport,
      props.toSync,
      props.toReplay,
    ])
      queue.grantSend(this);
  }
}

function environmentOf({ settings, storage, table, topic, publicUrl, ...to }: ApiProps) {
  const names = secretNames(settings.stage);
  return {
    TABLE_NAME: table.tableName,
    BUCKET_NAME: storage.bucketName,
    EXPORTS_PREFIX: prefixes.exports,
    PUBLIC_URL: publicUrl,
    CAPTURE_QUEUE_URL: to.toCapture.queue.queueUrl,
    CAPTURE_BULK_QUEUE_URL: to.toCaptureBulk.queue.queueUrl,
    OWNER_QUEUE_URL: to.toOwner.queue.queueUrl,
    EXPORT_QUEUE_URL: to.toExport.queue.queueUrl,
    SYNC_QUEUE_URL: to.toSync.queue.queueUrl,
    REPLAY_QUEUE_URL: to.toReplay.queue.queueUrl,
    SNS_TOPIC_ARN: topic.topicArn,
    EMAIL_SUBSCRIBERS: subscribersOf(settings),
    USE_SLACK: String(settings.channels.slack),
    USE_EMAIL: String(settings.channels.email),
    SLACK_URL: settings.slackUrl,
    SLACK_SECRET_NAME: names.slackWebhookUrl,
    SIGNATURE_SECRET_NAME: names.signatureKey,
    VERIFY_TOKEN_SECRET_NAME: names.verifyToken,
    ACCOUNT_TOKEN_SECRET_NAME: names.accountToken,
    SOURCES: JSON.stringify(settings.sources),
    GRAPH_URL: `https://graph.facebook.com/${settings.graphVersion}`,
    TAGS: JSON.stringify(tagsOf(settings)),
    TIME_ZONES: timeZonesOf(settings),
    FALLBACK_OWNER: settings.fallbackOwner,
    METRICS_NAMESPACE: metricsNamespace(settings.stage),
  };
}
