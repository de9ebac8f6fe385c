import { Duration } from 'aws-cdk-lib';
import type { Construct } from 'constructs';
import type { CaptureEnv } from '../../lambdas/capture/env.ts';
import type { Settings } from '../config.ts';
import type { Alarms } from './alarms.ts';
import type { LeadTable } from './lead-table.ts';
import { highest, metricsNamespace } from './metrics.ts';
import type { StageQueue } from './stage-queue.ts';
import { StepFunction } from './step-function.ts';
import type { Storage } from './storage.ts';

interface CaptureProps {
  readonly settings: Settings;
  readonly alarms: Alarms;
  readonly storage: Storage;
  readonly table: LeadTable;
  readonly from: StageQueue;
  readonly to: StageQueue;
}

/** Reads each delivery, keeps its leads in the table and puts the new ones on the owner queue. */
export class Capture extends StepFunction<typeof CaptureEnv> {
  constructor(scope: Construct, id: string, { settings, alarms, storage, table, from, to }: CaptureProps) {
    const { funnel, names } = settings.closeFields;
    super(scope, id, {
      settings,
      alarms,
      step: 'capture',
      timeout: Duration.seconds(settings.timeoutSeconds),
      impact: 'A delivery that was answered with 200 was not read; it is tried again until it is parked.',
      consumes: { from, maxConcurrency: 10 },
      environment: {
        BUCKET_NAME: storage.bucketName,
        TABLE_NAME: table.tableName,
        OWNER_QUEUE_URL: to.queue.queueUrl,
        DELAY_SECONDS: JSON.stringify(settings.delaySeconds),
        FIELDS: JSON.stringify({ close: { funnel, names } }),
        METRICS_NAMESPACE: metricsNamespace(settings.stage),
      },
    });
    storage.grantReadSource(this);
    table.grantTo(this, 'GetItem', 'PutItem', 'UpdateItem');
    to.grantSend(this);
    alarms.raise({
      runbook: 'stored-and-not-captured',
      impact: 'Deliveries are stored and none of them is read: new leads reach nobody.',
      metric: highest(settings.stage, 'Captured', Duration.minutes(15)),
      below: 1,
      periods: 2,
    });
  }
}
