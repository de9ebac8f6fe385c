import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { synthesize } from '../../local/synth.ts';

/**
 * Synthesizes the stage `local` once for all tests, with a short delay and time-out, unless CDK_OUT already names an assembly. All that
 * tests put into temporary folders goes when they have ended.
 */
export default async function synthOnce() {
  const folder = mkdtempSync(join(tmpdir(), 'lead-relay-tests-'));
  process.env['TMPDIR'] = folder;
  process.once('exit', () => rmSync(folder, { recursive: true, force: true }));
  // Runs and commands are started by the dozen, and compile the same files.
  process.env['NODE_COMPILE_CACHE'] ||= join(folder, 'compiled');
  process.env['CDK_OUT'] ||= await synthesize({
    dataDir: join(folder, 'synth'),
    delaySeconds: 3,
    timeoutSeconds: 8,
    maxPace: undefined,
    maxAlertsPerMinute: undefined,
    port: 0,
    awsPort: 0,
    cdkOut: undefined,
  });
}
