import { Duration } from 'aws-cdk-lib';
import type { Construct } from 'constructs';
import type { EraseEnv } from '../../lambdas/erase/env.ts';
import type { Settings } from '../config.ts';
import { prefixes } from '../names.ts';
import type { Alarms } from './alarms.ts';
import type { LeadTable } from './lead-table.ts';
import { metricsNamespace } from './metrics.ts';
import type { StageQueue } from './stage-queue.ts';
import { StepFunction } from './step-function.ts';
import type { Storage } from './storage.ts';

interface EraseProps {
  readonly settings: Settings;
  readonly alarms: Alarms;
  readonly storage: Storage;
  readonly table: LeadTable;
  readonly from: StageQueue;
}

/** Removes everything of a lead whose person is to be forgotten. No other step may delete an object. */
export class Erase extends StepFunction<typeof EraseEnv> {
  constructor(scope: Construct, id: string, { settings, alarms, storage, table, from }: EraseProps) {
    super(scope, id, {
      settings,
      alarms,
      step: 'erase',
      timeout: Duration.seconds(settings.timeoutSeconds),
      impact: 'A person who is to be forgotten was not; it is tried again until it is parked.',
      consumes: [{ from: from.queue, maxConcurrency: 2 }],
      environment: {
        BUCKET_NAME: storage.bucketName,
        DETAILS_PREFIX: prefixes.details,
        TARGET_PREFIX: prefixes.target,
        EXPORTS_PREFIX: prefixes.exports,
        TABLE_NAME: table.tableName,
        ERASE_QUEUE_URL: from.queue.queueUrl,
        TIMEOUT_SECONDS: String(settings.timeoutSeconds),
        METRICS_NAMESPACE: metricsNamespace(settings.stage),
      },
    });
    storage.grantErase(this);
    table.grantTo(this, 'GetItem', 'PutItem', 'UpdateItem', 'DeleteItem', 'Query');
    from.grantSend(this);
  }
}
