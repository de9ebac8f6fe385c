import { Duration } from 'aws-cdk-lib';
import type { Construct } from 'constructs';
import type { ReplayEnv } from '../../lambdas/replay/env.ts';
import type { Settings } from '../config.ts';
import { prefixes } from '../names.ts';
import type { Alarms } from './alarms.ts';
import type { BulkQueue } from './bulk-queue.ts';
import { deadLettersOf, fieldsOf } from './environment.ts';
import type { LeadTable } from './lead-table.ts';
import { metricsNamespace } from './metrics.ts';
import type { StageQueue } from './stage-queue.ts';
import { StepFunction } from './step-function.ts';
import type { Storage } from './storage.ts';

/** As long as a function may run: seconds. It reads names page by page, and goes on in a message of its own. */
export const REPLAY_SECONDS = 120;

interface ReplayProps {
  readonly settings: Settings;
  readonly alarms: Alarms;
  readonly storage: Storage;
  readonly table: LeadTable;
  readonly from: StageQueue;
  readonly toCapture: BulkQueue;
  /** Behind which leads go on that are run again. */
  readonly toOwner: BulkQueue;
  /** Whose parked messages it sends back, by their names. */
  readonly redrives: Readonly<Record<string, StageQueue>>;
}

/** Has stored deliveries run again, and parked messages sent back, when somebody asks. It writes nothing but where its jobs stand. */
export class Replay extends StepFunction<typeof ReplayEnv> {
  constructor(scope: Construct, id: string, props: ReplayProps) {
    const { settings, alarms, storage, table, from, toCapture, toOwner, redrives } = props;
    super(scope, id, {
      settings,
      alarms,
      step: 'replay',
      timeout: Duration.seconds(REPLAY_SECONDS),
      impact: 'Deliveries that somebody wanted run again were not; it is tried again until it is parked.',
      consumes: [{ from: from.queue, maxConcurrency: 2 }],
      environment: {
        TABLE_NAME: table.tableName,
        BUCKET_NAME: storage.bucketName,
        DETAILS_PREFIX: prefixes.details,
        REPLAY_QUEUE_URL: from.queue.queueUrl,
        CAPTURE_BULK_QUEUE_URL: toCapture.queue.queueUrl,
        OWNER_BULK_QUEUE_URL: toOwner.queue.queueUrl,
        DEAD_LETTERS: deadLettersOf(redrives),
        FIELDS: fieldsOf(settings),
        METRICS_NAMESPACE: metricsNamespace(settings.stage),
      },
    });
    storage.grantListSource(this);
    storage.grantReadSource(this);
    storage.grantReadDetails(this);
    table.grantTo(this, 'BatchGetItem', 'GetItem', 'UpdateItem', 'DeleteItem');
    table.grantQuery(this, 'GSI1');
    from.grantSend(this);
    toCapture.grantSend(this);
    for (const lane of [toCapture, toOwner]) lane.grantCount(this);
    for (const queue of Object.values(redrives)) queue.grantRedrive(this);
  }
}
