import { spawn } from 'node:child_process';
import { join } from 'node:path';
import type { LocalRun } from './local-run.ts';

/** What a command said, and how it ended. */
export interface CommandResult {
  code: number | null;
  said: string;
}

interface CommandOptions {
  args: string[];
  /** The local run that the command finds; without it nothing runs where it looks. */
  run?: LocalRun;
  /** Standard input. */
  input?: string;
  /** Further variables. */
  env?: Record<string, string>;
}

/** Runs a command of bin/ as a person would, with everything that it says in one text. */
export async function runCommand(
  name:
    | 'send'
    | 'connect'
    | 'pages'
    | 'portals'
    | 'members'
    | 'trace'
    | 'events'
    | 'replay'
    | 'redrive'
    | 'sweep'
    | 'forget'
    | 'doctor'
    | 'sync',
  { args, run, input = '', env = {} }: CommandOptions,
): Promise<CommandResult> {
  const child = spawn(process.execPath, [`bin/${name}.ts`, ...args], {
    cwd: join(import.meta.dirname, '../..'),
    env: {
      PATH: process.env['PATH'],
      NODE_COMPILE_CACHE: process.env['NODE_COMPILE_CACHE'],
      PORT: run ? new URL(run.url).port : '1',
      AWS_ENDPOINT_URL: run?.aws,
      ...env,
    },
    stdio: ['pipe', 'pipe', 'pipe'],
  });
  child.stdin.end(input);
  let said = '';
  child.stdout.on('data', (chunk) => (said += chunk));
  child.stderr.on('data', (chunk) => (said += chunk));
  const { promise, resolve } = Promise.withResolvers<number | null>();
  child.once('close', resolve);
  return { code: await promise, said };
}
