import { Duration } from 'aws-cdk-lib';
import { Dashboard, GraphWidget, type IMetric, SingleValueWidget, Stats } from 'aws-cdk-lib/aws-cloudwatch';
import type { Construct } from 'constructs';
import type { Settings } from '../config.ts';
import { counted, highest } from './metrics.ts';
import type { StageQueue } from './stage-queue.ts';

interface StageDashboardProps {
  readonly settings: Settings;
  readonly captureQueue: StageQueue;
  readonly ownerQueue: StageQueue;
}

const most = { statistic: Stats.MAXIMUM, period: Duration.minutes(1) };
const width = 12;

/** One page in CloudWatch that says where the leads of a stage are: stored, captured, due, told, waiting, parked. */
export class StageDashboard extends Dashboard {
  constructor(scope: Construct, id: string, { settings, captureQueue, ownerQueue }: StageDashboardProps) {
    super(scope, id, { dashboardName: `LeadRelay-${settings.stage}`, defaultInterval: Duration.days(1) });
    const count = (...names: string[]): IMetric[] => names.map((name) => counted(settings.stage, name));
    this.addWidgets(
      new SingleValueWidget({
        title: 'Today',
        width: 24,
        setPeriodToTimeRange: true,
        metrics: count('Stored', 'Captured', 'Due', 'Told'),
      }),
    );
    this.addWidgets(
      new GraphWidget({
        title: 'Stored, captured, due, told',
        width,
        left: count('Stored', 'Captured', 'Due', 'Told'),
      }),
      new GraphWidget({
        title: 'Waiting',
        width,
        left: [
          ownerQueue.queue.metricApproximateNumberOfMessagesDelayed({ ...most, label: 'in their wait' }),
          ownerQueue.queue.metricApproximateNumberOfMessagesVisible({ ...most, label: 'due' }),
          captureQueue.queue.metricApproximateNumberOfMessagesVisible({ ...most, label: 'to be captured' }),
        ],
        right: [highest(settings.stage, 'OverdueSeconds'), highest(settings.stage, 'DetailsLateSeconds')],
      }),
    );
    this.addWidgets(
      new GraphWidget({
        title: 'Parked: dead letters',
        width,
        left: [
          captureQueue.deadLetters.metricApproximateNumberOfMessagesVisible({ ...most, label: 'deliveries' }),
          ownerQueue.deadLetters.metricApproximateNumberOfMessagesVisible({ ...most, label: 'leads' }),
        ],
      }),
      new GraphWidget({
        title: 'Refused, parked, broken, unassigned',
        width,
        left: count(
          'Duplicate',
          'NotForUs',
          'NoRoute',
          'Parked',
          'Broken',
          'Unassigned',
          'Waited',
          'ChannelRefused',
          'DirectoryRefused',
          'GaveUp',
          'Rescued',
        ),
      }),
    );
  }
}
