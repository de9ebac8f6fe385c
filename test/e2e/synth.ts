import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { synthesize } from '../../local/synth.ts';

/** Synthesizes the stage `local` once for all tests, with a short delay and time-out, unless CDK_OUT already names an assembly. */
export default async function synthOnce() {
  if (process.env['CDK_OUT']) return;
  const dataDir = mkdtempSync(join(tmpdir(), 'lead-relay-synth-'));
  process.once('exit', () => rmSync(dataDir, { recursive: true, force: true }));
  process.env['CDK_OUT'] = await synthesize({
    dataDir,
    delaySeconds: 3,
    timeoutSeconds: 8,
    maxPace: undefined,
    port: 0,
    awsPort: 0,
    cdkOut: undefined,
  });
}
