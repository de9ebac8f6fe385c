import type { LogLine } from '../core/log-line.ts';

/** Metrics of a line by name: counts, but for the name that ends in `Seconds`. */
export type Metrics = Record<string, number>;

/**
 * Writes one line of JSON that is log and metrics at once
 * (https://docs.aws.amazon.com/AmazonCloudWatch/latest/monitoring/CloudWatch_Embedded_Metric_Format_Specification.html).
 */
export const logTo =
  (namespace: string, now: () => number) =>
  (line: LogLine, metrics: Metrics = {}) =>
    write(now(), line, metrics, embedded(namespace, metrics, now()));

/** Counts something as of another moment, milliseconds since 1970, which a line has only one of: at most two hours ahead. */
export const countTo = (namespace: string, now: () => number) => (metrics: Metrics, at: number) =>
  write(now(), {}, metrics, embedded(namespace, metrics, at));

const embedded = (Namespace: string, metrics: Metrics, Timestamp: number) => ({
  Timestamp,
  CloudWatchMetrics: [
    {
      Namespace,
      Dimensions: [[]],
      Metrics: Object.keys(metrics).map((Name) => ({ Name, Unit: Name.endsWith('Seconds') ? 'Seconds' : 'Count' })),
    },
  ],
});

function write(now: number, line: Partial<LogLine>, metrics: Metrics, _aws: object) {
  const isCounted = Object.keys(metrics).length > 0;
  const content = { time: new Date(now).toISOString(), ...line, ...metrics, ...(isCounted && { _aws }) };
  process.stdout.write(`${JSON.stringify(content)}\n`);
}
