import { appendFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Metrics } from '../alarms/metrics.ts';
import { readEmbeddedMetrics } from '../alarms/embedded-metrics.ts';

/** Keeps what functions write, one JSON line each, and reads the metrics in it. */
export class FunctionLog {
  readonly #file: string;
  readonly #metrics: Metrics;

  constructor(dataDir: string, metrics: Metrics) {
    this.#file = join(dataDir, 'functions.log');
    this.#metrics = metrics;
  }

  /** Keeps the lines that a function wrote. */
  write(functionName: string, text: string) {
    const lines = text.split('\n').filter((line) => line.trim() !== '');
    const at = new Date().toISOString();
    const kept = lines.map((line) => {
      const parsed = parse(line);
      if (parsed) readEmbeddedMetrics(parsed, this.#metrics);
      return `${JSON.stringify({ at, function: functionName, ...(parsed ? { log: parsed } : { text: line }) })}\n`;
    });
    if (kept.length > 0) appendFileSync(this.#file, kept.join(''));
  }
}

function parse(line: string): Record<string, unknown> | undefined {
  if (!line.startsWith('{')) return undefined;
  try {
    return JSON.parse(line) as Record<string, unknown>;
  } catch {
    return undefined;
  }
}
