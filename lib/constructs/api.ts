import { Duration } from 'aws-cdk-lib';
import type { Construct } from 'constructs';
import type { ApiEnv } from '../../lambdas/api/env.ts';
import type { Settings } from '../config.ts';
import type { Alarms } from './alarms.ts';
import { timeZonesOf } from './environment.ts';
import type { LeadTable } from './lead-table.ts';
import { metricsNamespace } from './metrics.ts';
import type { StageQueue } from './stage-queue.ts';
import { StepFunction } from './step-function.ts';

interface ApiProps {
  readonly settings: Settings;
  readonly alarms: Alarms;
  readonly table: LeadTable;
  readonly toOwner: StageQueue;
}

/** Answers the dashboard. It reads and changes rows of the table, never a delivery, and lists nothing by looking through all of it. */
export class Api extends StepFunction<typeof ApiEnv> {
  constructor(scope: Construct, id: string, { settings, alarms, table, toOwner }: ApiProps) {
    super(scope, id, {
      settings,
      alarms,
      step: 'api',
      // People wait for it, and twice the memory is twice the processor: a cold start takes half the time.
      memorySize: 1024,
      // API Gateway gives up after 29 s, people long before.
      timeout: Duration.seconds(15),
      impact: 'Somebody at the dashboard got no answer; leads come in and are told all the same.',
      environment: {
        TABLE_NAME: table.tableName,
        OWNER_QUEUE_URL: toOwner.queue.queueUrl,
        TIME_ZONES: timeZonesOf(settings),
        FALLBACK_OWNER: settings.fallbackOwner,
        METRICS_NAMESPACE: metricsNamespace(settings.stage),
      },
    });
    table.grantTo(this, 'GetItem', 'PutItem', 'UpdateItem', 'DeleteItem', 'Query');
    table.grantQuery(this, 'GSI1', 'GSI2', 'GSI3', 'GSI4');
    toOwner.grantSend(this);
  }
}
