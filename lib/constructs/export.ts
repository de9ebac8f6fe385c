import { Duration } from 'aws-cdk-lib';
import type { Construct } from 'constructs';
import type { ExportEnv } from '../../lambdas/export/env.ts';
import type { Settings } from '../config.ts';
import { prefixes } from '../names.ts';
import type { Alarms } from './alarms.ts';
import { timeZonesOf } from './environment.ts';
import type { LeadTable } from './lead-table.ts';
import { metricsNamespace } from './metrics.ts';
import type { StageQueue } from './stage-queue.ts';
import { StepFunction } from './step-function.ts';
import type { Storage } from './storage.ts';

/** As long as a function may run: seconds. A list of 100,000 leads is read page by page. */
export const EXPORT_SECONDS = 900;

interface ExportProps {
  readonly settings: Settings;
  readonly alarms: Alarms;
  readonly storage: Storage;
  readonly table: LeadTable;
  readonly from: StageQueue;
}

/** Writes a list of leads that is too long to wait for. It reads the list and puts the file, nothing else. */
export class Export extends StepFunction<typeof ExportEnv> {
  constructor(scope: Construct, id: string, { settings, alarms, storage, table, from }: ExportProps) {
    super(scope, id, {
      settings,
      alarms,
      step: 'export',
      timeout: Duration.seconds(EXPORT_SECONDS),
      impact: 'A list that somebody asked for was not written; it is tried again until it is parked.',
      consumes: [{ from: from.queue, maxConcurrency: 2 }],
      environment: {
        TABLE_NAME: table.tableName,
        BUCKET_NAME: storage.bucketName,
        EXPORTS_PREFIX: prefixes.exports,
        TIME_ZONES: timeZonesOf(settings),
        FALLBACK_OWNER: settings.fallbackOwner,
        METRICS_NAMESPACE: metricsNamespace(settings.stage),
      },
    });
    table.grantTo(this, 'GetItem', 'UpdateItem', 'Query');
    table.grantQuery(this, 'GSI1');
    storage.grantWriteExports(this);
  }
}
