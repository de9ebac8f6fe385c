import { Duration } from 'aws-cdk-lib';
import type { Alarm } from 'aws-cdk-lib/aws-cloudwatch';
import { Rule, RuleTargetInput, Schedule } from 'aws-cdk-lib/aws-events';
import { SqsQueue } from 'aws-cdk-lib/aws-events-targets';
import type { Construct } from 'constructs';
import type { SweepEnv } from '../../lambdas/sweep/env.ts';
import type { SweepMessage } from '../../lambdas/core/sweep-message.ts';
import type { Settings } from '../config.ts';
import { prefixes } from '../names.ts';
import { lostAfter } from '../patience.ts';
import type { Alarms } from './alarms.ts';
import type { BulkQueue } from './bulk-queue.ts';
import type { LeadTable } from './lead-table.ts';
import { metricsNamespace } from './metrics.ts';
import type { StageQueue } from './stage-queue.ts';
import { StepFunction } from './step-function.ts';
import type { Storage } from './storage.ts';
import { raiseSweepAlarms } from './sweep-alarms.ts';

/** A look goes on in another message after this long: seconds. */
export const SWEEP_SECONDS = 120;

interface SweepProps {
  readonly settings: Settings;
  readonly alarms: Alarms;
  readonly storage: Storage;
  readonly table: LeadTable;
  readonly from: StageQueue;
  readonly toCapture: StageQueue;
  readonly toCaptureBulk: BulkQueue;
  readonly toProcess: StageQueue;
  readonly toProcessBulk: BulkQueue;
  /** Alarms that say that deliveries are not read: the bucket is looked through when one of them rings. */
  readonly when: Alarm[];
}

/** Looks for what got lost on its way, every few minutes in the table and each night in the bucket, and starts it again. */
export class Sweep extends StepFunction<typeof SweepEnv> {
  constructor(scope: Construct, id: string, props: SweepProps) {
    const { settings, alarms, storage, table, from } = props;
    const { toCapture, toCaptureBulk, toProcess, toProcessBulk } = props;
    super(scope, id, {
      settings,
      alarms,
      step: 'sweep',
      timeout: Duration.seconds(SWEEP_SECONDS),
      impact: 'A look for what got lost did not come to its end; it is tried again until it is parked.',
      consumes: [{ from: from.queue, maxConcurrency: 2 }],
      environment: environmentOf(props),
    });
    storage.grantReadSource(this);
    storage.grantListSource(this);
    table.grantTo(this, 'BatchGetItem', 'GetItem', 'Query', 'UpdateItem');
    table.grantQuery(this, 'GSI3');
    for (const queue of [toCapture, toCaptureBulk, toProcess, toProcessBulk]) queue.grantCount(this);
    for (const queue of [from, toCaptureBulk, toProcess, toProcessBulk]) queue.grantSend(this);
    this.#startBy(props);
    raiseSweepAlarms(settings.stage, alarms);
  }

  #startBy({ settings, from, when }: SweepProps) {
    const ask = (sweep: SweepMessage['sweep']) => ({
      targets: [new SqsQueue(from.queue, { message: RuleTargetInput.fromObject({ v: 1, sweep }) })],
    });
    new Rule(this, 'Every', {
      description: 'Looks for leads that are due and not told',
      schedule: Schedule.rate(Duration.minutes(settings.sweepMinutes)),
      ...ask('due'),
    });
    new Rule(this, 'Nightly', {
      description: 'Looks through the bucket for deliveries that nobody read',
      schedule: Schedule.cron({ hour: '2', minute: '0' }),
      ...ask('stored'),
    });
    new Rule(this, 'WhenUnread', {
      description: 'Looks through the bucket as soon as the counts say that a delivery was not read',
      eventPattern: {
        source: ['aws.cloudwatch'],
        detailType: ['CloudWatch Alarm State Change'],
        resources: when.map(({ alarmArn }) => alarmArn),
        detail: { state: { value: ['ALARM'] } },
      },
      ...ask('stored'),
    });
  }
}

function environmentOf(props: SweepProps) {
  const { settings, storage, table, from, toCapture, toCaptureBulk, toProcess, toProcessBulk } = props;
  return {
    TABLE_NAME: table.tableName,
    BUCKET_NAME: storage.bucketName,
    SOURCE_PREFIX: prefixes.source,
    TENANTS: JSON.stringify(Object.keys(settings.tenants)),
    SWEEP_QUEUE_URL: from.queue.queueUrl,
    CAPTURE_QUEUE_URL: toCapture.queue.queueUrl,
    CAPTURE_BULK_QUEUE_URL: toCaptureBulk.queue.queueUrl,
    OWNER_QUEUE_URL: toProcess.queue.queueUrl,
    OWNER_BULK_QUEUE_URL: toProcessBulk.queue.queueUrl,
    DIGEST_SECONDS: String(settings.digestSeconds),
    LOST_AFTER_SECONDS: String(lostAfter(settings)),
    METRICS_NAMESPACE: metricsNamespace(settings.stage),
  };
}
