import type { Metrics } from './metrics.ts';

interface Directive {
  Namespace: string;
  Dimensions?: string[][];
  Metrics: { Name: string }[];
}

/** Reads the metrics of a log line in CloudWatch's Embedded Metric Format; a line without any has none. */
export function readEmbeddedMetrics(line: Record<string, unknown>, metrics: Metrics) {
  const { CloudWatchMetrics: directives, Timestamp } = (line['_aws'] ?? {}) as {
    CloudWatchMetrics?: Directive[];
    Timestamp?: number;
  };
  if (!Array.isArray(directives)) return;
  for (const { Namespace, Dimensions = [[]], Metrics: names } of directives) {
    for (const dimensionNames of Dimensions) {
      const dimensions = Object.fromEntries(dimensionNames.map((name) => [name, String(line[name])]));
      for (const { Name } of names) {
        for (const value of [line[Name]].flat()) {
          if (typeof value === 'number') metrics.add(Namespace, Name, dimensions, value, Timestamp);
        }
      }
    }
  }
}
