import { Aws, Duration } from 'aws-cdk-lib';
import type { Construct } from 'constructs';
import type { ProcessEnv } from '../../lambdas/process/env.ts';
import type { Settings } from '../config.ts';
import { hubspotUrl, prefixes, secretNames } from '../names.ts';
import { acknowledge } from './acknowledge.ts';
import type { Alarms } from './alarms.ts';
import type { BulkQueue } from './bulk-queue.ts';
import { alertsOf, membershipOf, timeZonesOf } from './environment.ts';
import type { LeadTable } from './lead-table.ts';
import type { LeadTopic } from './lead-topic.ts';
import { metricsNamespace } from './metrics.ts';
import { raiseProcessAlarms } from './process-alarms.ts';
import type { Secrets } from './secrets.ts';
import type { StageQueue } from './stage-queue.ts';
import { StepFunction } from './step-function.ts';
import type { Storage } from './storage.ts';

interface ProcessProps {
  readonly settings: Settings;
  readonly alarms: Alarms;
  readonly storage: Storage;
  readonly table: LeadTable;
  readonly secrets: Secrets;
  readonly topic: LeadTopic;
  readonly from: StageQueue;
  readonly fromBulk: BulkQueue;
  readonly toCapture: BulkQueue;
}

/** Gives each lead its owner once its wait is over, keeps the enriched lead and tells every channel. */
export class Process extends StepFunction<typeof ProcessEnv> {
  constructor(scope: Construct, id: string, props: ProcessProps) {
    const { settings, alarms, storage, table, secrets, topic, from, fromBulk, toCapture } = props;
    super(scope, id, {
      settings,
      alarms,
      step: 'process',
      timeout: Duration.seconds(settings.timeoutSeconds),
      impact: 'A lead was not told to the sales team; it is tried again until it is parked.',
      consumes: [
        { from: from.queue, maxConcurrency: 5 },
        { from: fromBulk.queue, maxConcurrency: 2 },
      ],
      environment: environmentOf(props),
    });
    storage.grantTarget(this);
    table.grantTo(this, 'GetItem', 'BatchGetItem', 'PutItem', 'BatchWriteItem', 'UpdateItem', 'DeleteItem', 'Query');
    from.grantSend(this);
    from.grantPark(this);
    fromBulk.grantSend(this);
    toCapture.grantSend(this);
    topic.grantTo(this);
    secrets.grantSlackWebhookUrls(this);
    secrets.grantCloseApiKeys(this);
    secrets.grantTokens(this, 'hubspot');
    this.#grantLookup(settings.lookupBucket);
    raiseProcessAlarms(settings.stage, alarms);
  }

  #grantLookup(bucket: string) {
    this.allow(['s3:GetObject'], [`arn:${Aws.PARTITION}:s3:::${bucket}/*`]);
    acknowledge(
      this,
      `IAM5[Resource::arn:<AWS::Partition>:s3:::${bucket}/*]`,
      'The lookup bucket holds one object for each lead, named by an id known only at run time.',
    );
  }
}

function environmentOf({ settings, storage, table, topic, from, fromBulk, toCapture }: ProcessProps) {
  const names = secretNames(settings.stage);
  return {
    BUCKET_NAME: storage.bucketName,
    TARGET_PREFIX: prefixes.target,
    TABLE_NAME: table.tableName,
    OWNER_QUEUE_URL: from.queue.queueUrl,
    OWNER_DLQ_URL: from.deadLetters.queueUrl,
    OWNER_BULK_QUEUE_URL: fromBulk.queue.queueUrl,
    CAPTURE_BULK_QUEUE_URL: toCapture.queue.queueUrl,
    HUBSPOT_URL: hubspotUrl,
    ACCOUNT_TOKEN_SECRET_NAME: names.accountToken,
    MEMBERSHIP: membershipOf(settings),
    ALERT_FOR: alertsOf(settings),
    MAX_ALERTS_PER_MINUTE: JSON.stringify(settings.maxAlertsPerMinute),
    DIGEST_SECONDS: String(settings.digestSeconds),
    OWNER_DIRECTORIES: JSON.stringify(settings.ownerDirectories),
    LOOKUP_BUCKET: settings.lookupBucket,
    LOOKUP_REGION: settings.lookupRegion,
    CLOSE_API_URL: settings.closeApiUrl,
    CLOSE_API_SECRET_NAME: names.closeApiKey,
    CLOSE_OWNER_FIELD: settings.closeFields.owner ?? '',
    USE_DASHBOARD: String(settings.dashboard),
    DASHBOARD_URL: settings.dashboardDomain ? `https://${settings.dashboardDomain.name}` : '',
    FALLBACK_OWNER: settings.fallbackOwner,
    OWNER_SLACK_IDS: JSON.stringify(settings.ownerSlackIds),
    TIME_ZONES: timeZonesOf(settings),
    USE_SLACK: String(settings.channels.slack),
    USE_EMAIL: String(settings.channels.email),
    SLACK_URL: settings.slackUrl,
    SLACK_SECRET_NAME: names.slackWebhookUrl,
    SNS_TOPIC_ARN: topic.topicArn,
    PACE: JSON.stringify(settings.pace),
    TIMEOUT_SECONDS: String(settings.timeoutSeconds),
    METRICS_NAMESPACE: metricsNamespace(settings.stage),
  };
}
