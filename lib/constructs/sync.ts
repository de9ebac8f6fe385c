import { Duration } from 'aws-cdk-lib';
import { Rule, RuleTargetInput, Schedule } from 'aws-cdk-lib/aws-events';
import { SqsQueue } from 'aws-cdk-lib/aws-events-targets';
import type { Construct } from 'constructs';
import type { SyncEnv } from '../../lambdas/sync/env.ts';
import type { Settings } from '../config.ts';
import { hubspotUrl, prefixes, secretNames } from '../names.ts';
import type { Alarms } from './alarms.ts';
import type { Intake } from './intake.ts';
import type { LeadTable } from './lead-table.ts';
import { metricsNamespace } from './metrics.ts';
import type { Secrets } from './secrets.ts';
import type { StageQueue } from './stage-queue.ts';
import { StepFunction } from './step-function.ts';
import type { Storage } from './storage.ts';
import { raiseSyncAlarms } from './sync-alarms.ts';

interface SyncProps {
  readonly settings: Settings;
  readonly alarms: Alarms;
  readonly storage: Storage;
  readonly table: LeadTable;
  readonly secrets: Secrets;
  readonly intake: Intake;
  readonly from: StageQueue;
}

/** Compares what we have with the vendors' own records, every few minutes and when somebody asks, and puts what is missing where webhooks are put. */
export class Sync extends StepFunction<typeof SyncEnv> {
  constructor(scope: Construct, id: string, props: SyncProps) {
    const { settings, alarms, storage, table, secrets, from } = props;
    super(scope, id, {
      settings,
      alarms,
      step: 'sync',
      timeout: Duration.seconds(settings.timeoutSeconds),
      impact: 'A comparison with a vendor did not come to its end; it is tried again until it is parked.',
      consumes: [{ from: from.queue, maxConcurrency: 2 }],
      environment: environmentOf(props),
    });
    storage.grantPutSource(this);
    table.grantTo(this, 'BatchGetItem', 'GetItem', 'PutItem', 'UpdateItem');
    table.grantQuery(this, 'GSI1');
    secrets.grantVendorCalls(this);
    secrets.grantCloseApiKeys(this);
    from.grantSend(this);
    new Rule(this, 'Every', {
      description: 'Compares every account with its vendor',
      schedule: Schedule.rate(Duration.minutes(settings.syncMinutes)),
      targets: [new SqsQueue(from.queue, { message: RuleTargetInput.fromObject({ v: 1, compare: {} }) })],
    });
    raiseSyncAlarms(settings.stage, alarms);
  }
}

function environmentOf({ settings, storage, table, intake, from }: SyncProps) {
  const secrets = secretNames(settings.stage);
  return {
    BUCKET_NAME: storage.bucketName,
    SOURCE_PREFIX: prefixes.source,
    TABLE_NAME: table.tableName,
    SYNC_QUEUE_URL: from.queue.queueUrl,
    PUBLIC_URL: intake.publicUrl,
    SOURCES: JSON.stringify(settings.sources),
    TENANTS: JSON.stringify(Object.keys(settings.tenants)),
    CLOSE_API_URL: settings.closeApiUrl,
    GRAPH_URL: `https://graph.facebook.com/${settings.graphVersion}`,
    HUBSPOT_URL: hubspotUrl,
    CLOSE_API_KEY_SECRET_NAME: secrets.closeApiKey,
    ACCOUNT_TOKEN_SECRET_NAME: secrets.accountToken,
    SIGNATURE_SECRET_NAME: secrets.signatureKey,
    TIMEOUT_SECONDS: String(settings.timeoutSeconds),
    RECEIVES: String(from.holds.receives),
    METRICS_NAMESPACE: metricsNamespace(settings.stage),
  };
}
