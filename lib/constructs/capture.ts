import { Duration } from 'aws-cdk-lib';
import type { Alarm } from 'aws-cdk-lib/aws-cloudwatch';
import type { Construct } from 'constructs';
import type { CaptureEnv } from '../../lambdas/capture/env.ts';
import type { Settings } from '../config.ts';
import { hubspotUrl, prefixes, secretNames } from '../names.ts';
import { readWithin } from '../patience.ts';
import type { Alarms } from './alarms.ts';
import type { BulkQueue } from './bulk-queue.ts';
import type { CategoryTopic } from './category-topic.ts';
import { fieldsOf, membershipOf, timeZonesOf } from './environment.ts';
import type { LeadTable } from './lead-table.ts';
import { raiseCaptureAlarms } from './capture-alarms.ts';
import { metricsNamespace } from './metrics.ts';
import type { Secrets } from './secrets.ts';
import type { StageQueue } from './stage-queue.ts';
import { StepFunction } from './step-function.ts';
import type { Storage } from './storage.ts';

interface CaptureProps {
  readonly settings: Settings;
  readonly alarms: Alarms;
  readonly storage: Storage;
  readonly table: LeadTable;
  readonly secrets: Secrets;
  readonly topic: CategoryTopic;
  readonly from: StageQueue;
  readonly fromBulk: BulkQueue;
  readonly to: StageQueue;
  readonly toBulk: BulkQueue;
  readonly toErase: StageQueue;
}

/** Reads each delivery, and at the vendor what it left out, keeps its leads in the table and puts the new ones on the owner queue. */
export class Capture extends StepFunction<typeof CaptureEnv> {
  /** Ring while deliveries are stored and not read. */
  readonly unread: Alarm[];

  constructor(scope: Construct, id: string, props: CaptureProps) {
    const { settings, alarms, storage, table, secrets, topic, from, fromBulk, to, toBulk, toErase } = props;
    super(scope, id, {
      settings,
      alarms,
      step: 'capture',
      timeout: Duration.seconds(settings.timeoutSeconds),
      impact: 'A delivery that was answered with 200 was not read; it is tried again until it is parked.',
      consumes: [
        { from: from.queue, maxConcurrency: 10 },
        { from: fromBulk.queue, maxConcurrency: 5 },
      ],
      environment: environmentOf(props),
    });
    storage.grantReadSource(this);
    storage.grantDetails(this);
    table.grantTo(this, 'GetItem', 'BatchGetItem', 'PutItem', 'BatchWriteItem', 'UpdateItem', 'DeleteItem', 'Query');
    secrets.grantVendorCalls(this);
    topic.grantTo(this);
    from.grantSend(this);
    from.grantPark(this);
    for (const queue of [fromBulk, to, toBulk, toErase]) queue.grantSend(this);
    this.unread = raiseCaptureAlarms(settings.stage, alarms);
  }
}

function environmentOf({ settings, storage, table, topic, from, fromBulk, to, toBulk, toErase }: CaptureProps) {
  const secrets = secretNames(settings.stage);
  return {
    BUCKET_NAME: storage.bucketName,
    DETAILS_PREFIX: prefixes.details,
    TABLE_NAME: table.tableName,
    OWNER_QUEUE_URL: to.queue.queueUrl,
    CAPTURE_QUEUE_URL: from.queue.queueUrl,
    CAPTURE_DLQ_URL: from.deadLetters.queueUrl,
    DELAY_SECONDS: JSON.stringify(settings.delaySeconds),
    WAIT_FOR: JSON.stringify(settings.waitFor),
    FIELDS: fieldsOf(settings),
    MEMBERSHIP: membershipOf(settings),
    TIME_ZONES: timeZonesOf(settings),
    FALLBACK_OWNER: settings.fallbackOwner,
    CAPTURE_BULK_QUEUE_URL: fromBulk.queue.queueUrl,
    OWNER_BULK_QUEUE_URL: toBulk.queue.queueUrl,
    ERASE_QUEUE_URL: toErase.queue.queueUrl,
    CATEGORY_TOPIC_ARN: topic.topicArn,
    HUBSPOT_URL: hubspotUrl,
    GRAPH_URL: `https://graph.facebook.com/${settings.graphVersion}`,
    ACCOUNT_TOKEN_SECRET_NAME: secrets.accountToken,
    SIGNATURE_SECRET_NAME: secrets.signatureKey,
    TIMEOUT_SECONDS: String(settings.timeoutSeconds),
    READ_WITHIN_SECONDS: String(readWithin(settings)),
    METRICS_NAMESPACE: metricsNamespace(settings.stage),
  };
}
