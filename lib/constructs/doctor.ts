import { Duration } from 'aws-cdk-lib';
import { Rule, Schedule } from 'aws-cdk-lib/aws-events';
import { LambdaFunction } from 'aws-cdk-lib/aws-events-targets';
import type { Construct } from 'constructs';
import type { DoctorEnv } from '../../lambdas/doctor/env.ts';
import type { Settings } from '../config.ts';
import { hubspotUrl, secretNames } from '../names.ts';
import type { Alarms } from './alarms.ts';
import { subscribersOf } from './environment.ts';
import type { Intake } from './intake.ts';
import type { LeadTable } from './lead-table.ts';
import type { LeadTopic } from './lead-topic.ts';
import { highest, metricsNamespace } from './metrics.ts';
import type { Secrets } from './secrets.ts';
import type { StageQueue } from './stage-queue.ts';
import { StepFunction } from './step-function.ts';

interface DoctorProps {
  readonly settings: Settings;
  readonly alarms: Alarms;
  readonly table: LeadTable;
  readonly secrets: Secrets;
  readonly topic: LeadTopic;
  readonly intake: Intake;
  readonly toErase: StageQueue;
  /** The queues whose dead letters it counts. */
  readonly watches: readonly StageQueue[];
}

/** Looks every hour whether everything is set up as it must be, here and at the vendors, and whether a lead comes through. It mends nothing. */
export class Doctor extends StepFunction<typeof DoctorEnv> {
  constructor(scope: Construct, id: string, props: DoctorProps) {
    const { settings, alarms, table, secrets, topic, toErase, watches } = props;
    super(scope, id, {
      settings,
      alarms,
      step: 'doctor',
      // It waits for vendors, tenant by tenant; most of them answer within a second.
      timeout: Duration.minutes(5),
      impact: 'The hourly examination did not come to its end; leads come in and are told all the same.',
      environment: environmentOf(props),
    });
    table.grantTo(this, 'GetItem', 'BatchGetItem', 'PutItem', 'Query');
    table.grantQuery(this, 'GSI1');
    secrets.grantExamination(this);
    topic.grantLook(this);
    this.allow(['sns:ListSubscriptionsByTopic'], [alarms.topic.topicArn]);
    toErase.grantSend(this);
    for (const queue of watches) queue.grantCountParked(this);
    new Rule(this, 'Hourly', {
      description: 'Examines the stage',
      schedule: Schedule.rate(Duration.hours(1)),
      targets: [new LambdaFunction(this.handler)],
    });
    alarms.raise({
      runbook: 'doctor-found',
      impact: 'Something is not set up as it must be: leads may stop to come in, or to be told.',
      metric: highest(settings.stage, 'DoctorFound', Duration.hours(1)),
      atLeast: 1,
    });
  }
}

function environmentOf({ settings, alarms, table, topic, intake, toErase, watches }: DoctorProps) {
  const names = secretNames(settings.stage);
  return {
    STAGE: settings.stage,
    TABLE_NAME: table.tableName,
    ERASE_QUEUE_URL: toErase.queue.queueUrl,
    DEAD_LETTERS: JSON.stringify(
      Object.fromEntries(watches.map(({ holds, deadLetters }) => [holds.name, deadLetters.queueUrl])),
    ),
    PUBLIC_URL: intake.publicUrl,
    SOURCES: JSON.stringify(settings.sources),
    TENANTS: JSON.stringify(Object.keys(settings.tenants)),
    CLOSE_API_URL: settings.closeApiUrl,
    GRAPH_URL: `https://graph.facebook.com/${settings.graphVersion}`,
    HUBSPOT_URL: hubspotUrl,
    GRAPH_VERSION: settings.graphVersion,
    SIGNATURE_SECRET_NAME: names.signatureKey,
    VERIFY_TOKEN_SECRET_NAME: names.verifyToken,
    ACCOUNT_TOKEN_SECRET_NAME: names.accountToken,
    DEVELOPER_KEY_SECRET_NAME: names.developerKey,
    CLOSE_API_SECRET_NAME: names.closeApiKey,
    SLACK_SECRET_NAME: names.slackWebhookUrl,
    USE_SLACK: String(settings.channels.slack),
    USE_EMAIL: String(settings.channels.email),
    SLACK_URL: settings.slackUrl,
    SNS_TOPIC_ARN: topic.topicArn,
    ALARM_TOPIC_ARN: alarms.topic.topicArn,
    EMAIL_SUBSCRIBERS: subscribersOf(settings),
    METRICS_NAMESPACE: metricsNamespace(settings.stage),
  };
}
