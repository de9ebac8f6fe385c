import { Duration } from 'aws-cdk-lib';
import { Metric, Stats } from 'aws-cdk-lib/aws-cloudwatch';

/** The namespace of what the functions of a stage count. */
export const metricsNamespace = (stage: string) => `LeadRelay/${stage}`;

/** How often the functions counted `metricName` in five minutes. */
export const counted = (stage: string, metricName: string) =>
  new Metric({ namespace: metricsNamespace(stage), metricName, statistic: Stats.SUM, period: Duration.minutes(5) });

/** The highest `metricName` that the functions reported within `period`. */
export const highest = (stage: string, metricName: string, period = Duration.minutes(5)) =>
  new Metric({ namespace: metricsNamespace(stage), metricName, statistic: Stats.MAXIMUM, period });
