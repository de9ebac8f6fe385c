import { readFileSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { project, runChild } from './run-child.ts';
import type { Settings } from './settings.ts';
import { StartError } from './start-error.ts';

type SynthSettings = Pick<Settings, 'dataDir' | 'delaySeconds' | 'timeoutSeconds' | 'maxPace' | 'maxAlertsPerMinute'>;

/** Synthesizes the stage `local` with the app of cdk.json and returns the folder of the cloud assembly. */
export async function synthesize(settings: SynthSettings, signal?: AbortSignal): Promise<string> {
  const directory = join(settings.dataDir, 'cdk.out');
  rmSync(directory, { recursive: true, force: true });
  const { app, context } = JSON.parse(readFileSync(join(project, 'cdk.json'), 'utf8')) as {
    app: string;
    context?: object;
  };
  await run(app, contextOf(settings, context), directory, signal);
  return directory;
}

function contextOf(settings: SynthSettings, shared: object = {}) {
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
  // CDK's own check of the template takes seconds of a synth; whoever deploys has it.
  const env = { CDK_VALIDATION: 'false', CDK_OUTDIR: directory, CDK_CONTEXT_JSON: JSON.stringify(context) };
  const { code, said } = await runChild(command, args, env, signal);
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
