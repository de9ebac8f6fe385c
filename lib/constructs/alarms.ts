import { Aws } from 'aws-cdk-lib';
import { Alarm, ComparisonOperator, type Metric, TreatMissingData } from 'aws-cdk-lib/aws-cloudwatch';
import { SnsAction } from 'aws-cdk-lib/aws-cloudwatch-actions';
import { PolicyStatement, ServicePrincipal } from 'aws-cdk-lib/aws-iam';
import type { IKey } from 'aws-cdk-lib/aws-kms';
import { type ITopic, Topic } from 'aws-cdk-lib/aws-sns';
import { EmailSubscription } from 'aws-cdk-lib/aws-sns-subscriptions';
import { Construct } from 'constructs';
import type { Settings } from '../config.ts';

/** What an alarm watches, and what it says to the person it wakes. */
export interface AlarmProps {
  /** One sentence: what is happening to leads while this rings. */
  readonly impact: string;
  /** The heading in docs/runbook.md that says what to do, as an anchor; it names the alarm too. */
  readonly runbook: string;
  /** What it is about, where there is one of this kind for several things: a source. */
  readonly of?: string;
  readonly metric: Metric;
  /** Rings at this value or above it … */
  readonly atLeast?: number;
  /** … or under this one. */
  readonly below?: number;
  /** Periods of the metric that must all say so; one unless set. */
  readonly periods?: number;
}

interface AlarmsProps {
  readonly settings: Settings;
  /** Encrypts a topic of their own … */
  readonly key?: IKey;
  /** … or they tell the topic of another stack's alarms. */
  readonly tell?: ITopic;
}

/** Where alarms are raised and whom they tell. Silence is never an alarm: a stage without leads is quiet. */
export class Alarms extends Construct {
  readonly topic: ITopic;
  readonly #action: SnsAction;
  readonly #stage: string;

  constructor(scope: Construct, id: string, { settings, key, tell }: AlarmsProps) {
    super(scope, id);
    this.#stage = settings.stage;
    this.topic = tell ?? topicOf(this, settings, key);
    this.#action = new SnsAction(this.topic);
  }

  /** Adds an alarm that tells the alarm topic when it rings and when it is over. */
  raise({ impact, runbook, of, metric, atLeast, below, periods = 1 }: AlarmProps): Alarm {
    const name = of === undefined ? runbook : `${runbook}-${of}`;
    const alarm = new Alarm(this, name, {
      alarmName: `LeadRelay-${this.#stage}-${name}`,
      alarmDescription: `${impact} What to do: docs/runbook.md#${runbook}`,
      metric,
      threshold: atLeast ?? below ?? 1,
      comparisonOperator:
        below === undefined
          ? ComparisonOperator.GREATER_THAN_OR_EQUAL_TO_THRESHOLD
          : ComparisonOperator.LESS_THAN_THRESHOLD,
      evaluationPeriods: periods,
      datapointsToAlarm: periods,
      treatMissingData: TreatMissingData.NOT_BREACHING,
    });
    alarm.addAlarmAction(this.#action);
    alarm.addOkAction(this.#action);
    return alarm;
  }
}

function topicOf(alarms: Alarms, { alarmEmail }: Settings, masterKey: IKey | undefined): ITopic {
  const topic = new Topic(alarms, 'Topic', { ...(masterKey && { masterKey }), enforceSSL: true });
  // A topic with a policy of its own loses the default one, which let the account's alarms publish.
  topic.addToResourcePolicy(
    new PolicyStatement({
      sid: 'CloudWatchAlarms',
      principals: [new ServicePrincipal('cloudwatch.amazonaws.com')],
      actions: ['sns:Publish'],
      resources: [topic.topicArn],
      conditions: { StringEquals: { 'aws:SourceAccount': Aws.ACCOUNT_ID } },
    }),
  );
  if (alarmEmail) topic.addSubscription(new EmailSubscription(alarmEmail));
  return topic;
}
