import { Duration, RemovalPolicy } from 'aws-cdk-lib';
import { Stats } from 'aws-cdk-lib/aws-cloudwatch';
import { Queue, QueueEncryption } from 'aws-cdk-lib/aws-sqs';
import { Construct } from 'constructs';
import type { Settings } from '../config.ts';
import { VISIBILITY } from '../patience.ts';
import type { Alarms } from './alarms.ts';
import type { StepFunction } from './step-function.ts';

interface StageQueueProps {
  readonly settings: Settings;
  readonly alarms: Alarms;
  /** Seconds that a message without a delay of its own waits. */
  readonly delaySeconds: number;
  /** Seconds that its consumer may take; the setting unless set. */
  readonly timeoutSeconds?: number;
  /** How often a message is tried before it is parked. */
  readonly receives: number;
  /** Begins the names of the queue's alarms. */
  readonly name: string;
  /** What a message is, for the person an alarm wakes: "lead". */
  readonly of: string;
}

/** Longest delay of a message (SQS), which is also the longest step of our waiting. */
export const LONGEST_WAIT = Duration.minutes(15);

/** A queue that holds each message for its delay, has it tried a few times, then parks it for 14 days where an alarm sees it. */
export class StageQueue extends Construct {
  readonly queue: Queue;
  readonly deadLetters: Queue;
  /** What a lane beside it has in common with it. */
  readonly holds: Pick<StageQueueProps, 'delaySeconds' | 'receives' | 'name'>;

  constructor(scope: Construct, id: string, props: StageQueueProps) {
    super(scope, id);
    this.holds = props;
    const guarded = { encryption: QueueEncryption.SQS_MANAGED, enforceSSL: true, removalPolicy: RemovalPolicy.RETAIN };
    const visibilityTimeout = Duration.seconds((props.timeoutSeconds ?? props.settings.timeoutSeconds) * VISIBILITY);
    this.deadLetters = new Queue(this, 'DeadLetters', { ...guarded, retentionPeriod: Duration.days(14) });
    this.queue = new Queue(this, 'Queue', {
      ...guarded,
      deliveryDelay: Duration.seconds(props.delaySeconds),
      visibilityTimeout,
      // A parked message keeps its age, so 4 of its 14 days may be gone.
      retentionPeriod: Duration.days(4),
      deadLetterQueue: { queue: this.deadLetters, maxReceiveCount: props.receives },
    });
    props.alarms.raise({
      runbook: `${props.name}-dead-letters`,
      impact: `At least one ${props.of} was given up and stays undone until a person moves it back.`,
      metric: this.deadLetters.metricApproximateNumberOfMessagesVisible({
        period: Duration.minutes(1),
        statistic: Stats.MAXIMUM,
      }),
      atLeast: 1,
    });
    const tries = props.receives * visibilityTimeout.toSeconds();
    props.alarms.raise({
      runbook: `${props.name}-is-stuck`,
      impact: `The oldest ${props.of} is older than its delay, its longest wait and all its tries: nothing moves.`,
      metric: this.queue.metricApproximateAgeOfOldestMessage({ period: Duration.minutes(5), statistic: Stats.MAXIMUM }),
      atLeast: props.delaySeconds + LONGEST_WAIT.toSeconds() + tries,
    });
  }

  /** Lets the step see how many messages wait. */
  grantCount(step: StepFunction) {
    step.allow(['sqs:GetQueueAttributes'], [this.queue.queueArn]);
  }

  /** Lets the step put messages on the queue. */
  grantSend(step: StepFunction) {
    step.allow(['sqs:SendMessage'], [this.queue.queueArn]);
  }

  /** Lets the step see how many messages are parked. */
  grantCountParked(step: StepFunction) {
    step.allow(['sqs:GetQueueAttributes'], [this.deadLetters.queueArn]);
  }

  /** Lets the step look at what was parked, and send it back. */
  grantRedrive(step: StepFunction) {
    step.allow(['sqs:ReceiveMessage', 'sqs:ChangeMessageVisibility', 'sqs:DeleteMessage'], [this.deadLetters.queueArn]);
    this.grantSend(step);
  }

  /** Lets the step park a message itself. */
  grantPark(step: StepFunction) {
    step.allow(['sqs:SendMessage'], [this.deadLetters.queueArn]);
  }
}
