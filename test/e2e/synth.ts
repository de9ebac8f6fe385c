import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { buildDashboard } from '../../local/site/build.ts';
import { synthesize } from '../../local/synth.ts';
import type { EditableTemplate } from './assembly.ts';

/**
 * Synthesizes the stage `local` once for all tests, with a short delay and time-out, unless CDK_OUT already names an assembly, and
 * builds the dashboard meanwhile, unless it is built or DASHBOARD_DIST names one. All that tests put into temporary folders goes when they have ended.
 */
export default async function synthOnce() {
  const folder = mkdtempSync(join(tmpdir(), 'lead-relay-tests-'));
  process.env['TMPDIR'] = folder;
  process.once('exit', () => rmSync(folder, { recursive: true, force: true }));
  // Runs and commands are started by the dozen, and compile the same files.
  process.env['NODE_COMPILE_CACHE'] ||= join(folder, 'compiled');
  const [cdkOut, dist] = await Promise.all([
    process.env['CDK_OUT'] ||
      synthesize({
        dataDir: join(folder, 'synth'),
        delaySeconds: 3,
        timeoutSeconds: 8,
        maxPace: undefined,
        maxAlertsPerMinute: undefined,
      }),
    process.env['DASHBOARD_DIST'] || buildDashboard(() => {}),
  ]);
  if (cdkOut !== process.env['CDK_OUT']) stopClocks(cdkOut);
  Object.assign(process.env, { CDK_OUT: cdkOut, DASHBOARD_DIST: dist });
}

/** A comparison by itself would find what a test keeps from the webhooks: a test that wants a rule turns it on. */
function stopClocks(cdkOut: string) {
  for (const name of readdirSync(cdkOut).filter((file) => file.endsWith('.template.json'))) {
    const file = join(cdkOut, name);
    const template = JSON.parse(readFileSync(file, 'utf8')) as EditableTemplate;
    for (const { Type, Properties } of Object.values(template.Resources))
      if (Type === 'AWS::Events::Rule') Properties['State'] = 'DISABLED';
    writeFileSync(file, JSON.stringify(template));
  }
}
