import type { LogLine } from '../core/log-line.ts';

/** Metrics of a line by name: counts, but for the name that ends in `Seconds`. */
export type Metrics = Record<string, number>;

/**
 * Writes one line of JSON that is log and metrics at once, which count now unless another moment is given: milliseconds since 1970
 * (https://docs.aws.amazon.com/AmazonCloudWatch/latest/monitoring/CloudWatch_Embedded_Metric_Format_Specification.html).
 */
export const logTo =
  (namespace: string, now: () => number) =>
  (line: LogLine, metrics: Metrics = {}, countedAt = now()) => {
    const defined = Object.entries(metrics);
    const embedded = {
      Timestamp: countedAt,
      CloudWatchMetrics: [
        {
          Namespace: namespace,
          Dimensions: [[]],
          Metrics: defined.map(([Name]) => ({ Name, Unit: Name.endsWith('Seconds') ? 'Seconds' : 'Count' })),
        },
      ],
    };
    process.stdout.write(
      `${JSON.stringify({ time: new Date(now()).toISOString(), ...line, ...metrics, ...(defined.length > 0 && { _aws: embedded }) })}\n`,
    );
  };
