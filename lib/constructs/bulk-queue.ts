import { Duration, RemovalPolicy } from 'aws-cdk-lib';
import { Stats } from 'aws-cdk-lib/aws-cloudwatch';
import { Queue, QueueEncryption } from 'aws-cdk-lib/aws-sqs';
import { Construct } from 'constructs';
import type { Settings } from '../config.ts';
import { VISIBILITY } from '../patience.ts';
import type { Alarms } from './alarms.ts';
import { LONGEST_WAIT, type StageQueue } from './stage-queue.ts';
import type { StepFunction } from './step-function.ts';

interface BulkQueueProps {
  readonly settings: Settings;
  readonly alarms: Alarms;
  readonly beside: StageQueue;
}

/** A lane beside a queue for what comes in bulk: the same step works through it, a little at a time, and what it gives up ends in the same DLQ. */
export class BulkQueue extends Construct {
  readonly queue: Queue;

  constructor(scope: Construct, id: string, { settings, alarms, beside }: BulkQueueProps) {
    super(scope, id);
    const { delaySeconds, receives, name } = beside.holds;
    const visibilityTimeout = Duration.seconds(settings.timeoutSeconds * VISIBILITY);
    this.queue = new Queue(this, 'Queue', {
      encryption: QueueEncryption.SQS_MANAGED,
      enforceSSL: true,
      removalPolicy: RemovalPolicy.RETAIN,
      deliveryDelay: Duration.seconds(delaySeconds),
      visibilityTimeout,
      retentionPeriod: Duration.days(4),
      deadLetterQueue: { queue: beside.deadLetters, maxReceiveCount: receives },
    });
    alarms.raise({
      runbook: `${name}-is-stuck`,
      of: 'bulk',
      impact: 'What came in bulk, such as by an import, is not worked through: nothing of it has moved for hours.',
      metric: this.queue.metricApproximateAgeOfOldestMessage({ period: Duration.minutes(5), statistic: Stats.MAXIMUM }),
      atLeast: LONGEST_IMPORT + LONGEST_WAIT.toSeconds() + receives * visibilityTimeout.toSeconds(),
    });
  }

  /** Lets the step see how many messages wait. */
  grantCount(step: StepFunction) {
    step.allow(['sqs:GetQueueAttributes'], [this.queue.queueArn]);
  }

  /** Lets the step put messages on the lane. */
  grantSend(step: StepFunction) {
    step.allow(['sqs:SendMessage'], [this.queue.queueArn]);
  }
}

/** A large import may take this long before anybody should worry: seconds. */
const LONGEST_IMPORT = 2 * 3600;
