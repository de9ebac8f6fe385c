import { statSync } from 'node:fs';
import type { Assembly } from './assembly.ts';
import { report } from './report.ts';

/** Bytes that a bundle may have: what a function loads when it starts cold. */
const limits: Record<string, number> = { ingest: 600_000, process: 800_000 };

/** How large the bundle of each step is. */
export function bundles({ steps }: Assembly): void {
  for (const { step, file } of steps) {
    const limit = limits[step];
    report('bundle', { step, bytes: statSync(file).size }, limit === undefined ? {} : { bytes: limit });
  }
}
