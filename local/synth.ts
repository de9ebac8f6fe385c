import { spawn } from 'node:child_process';
import { readFileSync, rmSync } from 'node:fs';
import { delimiter, dirname, join } from 'node:path';
import type { Settings } from './settings.ts';
import { StartError } from './start-error.ts';

const project = join(import.meta.dirname, '..');

/** Synthesizes the stage `local` with the app of cdk.json and returns the folder of the cloud assembly. */
export async function synthesize(settings: Settings, signal?: AbortSignal): Promise<string> {
  const directory = join(settings.dataDir, 'cdk.out');
  rmSync(directory, { recursive: true, force: true });
  const { app, context } = JSON.parse(readFileSync(join(project, 'cdk.json'), 'utf8')) as {
    app: string;
    context?: object;
  };
  await run(app, contextOf(settings, context), directory, signal);
  return directory;
}

function contextOf(settings: Settings, shared: object = {}) {
  const { delaySeconds, timeoutSeconds, maxPace, maxAlertsPerMinute: most } = settings;
  // No channel may be set beyond these, whatever MAX_PACE and MAX_ALERTS_PER_MINUTE say.
  const pace = maxPace === undefined ? {} : { slack: Math.min(maxPace, 100), email: Math.min(maxPace, 10) };
  const maxAlertsPerMinute = most === undefined ? {} : { slack: Math.min(most, 10_000), email: Math.min(most, 10_000) };
  const given = { delaySeconds, timeoutSeconds, pace, maxAlertsPerMinute };
  return { ...shared, 'aws:cdk:enable-asset-metadata': true, stage: 'local', ...given };
}

async function run(app: string, context: object, directory: string, signal?: AbortSignal): Promise<void> {
  // Without a shell in between, so that the app ends when the run is stopped.
  const [command = '', ...args] = app.split(' ');
  const child = spawn(command, args, {
    cwd: project,
    stdio: ['ignore', 'pipe', 'pipe'],
    ...(signal && { signal }),
    env: {
      ...process.env,
      PATH: [dirname(process.execPath), process.env['PATH']].join(delimiter),
      // CDK's own check of the template takes seconds of a synth; whoever deploys has it.
      CDK_VALIDATION: 'false',
      CDK_OUTDIR: directory,
      CDK_CONTEXT_JSON: JSON.stringify(context),
    },
  });
  let said = '';
  child.stdout.on('data', (chunk) => (said += chunk));
  child.stderr.on('data', (chunk) => (said += chunk));
  const { promise, resolve, reject } = Promise.withResolvers<number | null>();
  child.on('error', reject).on('close', resolve);
  const code = await promise;
  if (code !== 0) throw new StartError(`The app could not be synthesized: ${withoutStack(said)}`);
}

/** What a failed synth said, without the lines of its stack. */
function withoutStack(text: string): string {
  const lines = text
    .split('\n')
    .filter((line) => line.trim() !== '' && !/^\s+at |^Node\.js v|^\s*\^|^(file|node):/.test(line));
  const error = lines.findLast((line) => /\w*Error: /.test(line));
  return error?.replace(/^.*?\w*Error: /, '').trim() ?? (lines.slice(-5).join(' ').trim() || 'it said nothing.');
}
