import { spawn } from 'node:child_process';
import { delimiter, dirname, join } from 'node:path';

/** The folder of the project. */
export const project = join(import.meta.dirname, '..');

/** Runs a command of the project with the Node of this process, and returns its exit code and all that it said. */
export async function runChild(command: string, args: string[], env: Record<string, string>, signal?: AbortSignal) {
  const child = spawn(command, args, {
    cwd: project,
    stdio: ['ignore', 'pipe', 'pipe'],
    ...(signal && { signal }),
    env: {
      ...process.env,
      PATH: [dirname(process.execPath), process.env['PATH']].join(delimiter),
      ...env,
    },
  });
  let said = '';
  child.stdout.on('data', (chunk) => (said += chunk));
  child.stderr.on('data', (chunk) => (said += chunk));
  const { promise, resolve, reject } = Promise.withResolvers<number | null>();
  child.on('error', reject).on('close', resolve);
  return { code: await promise, said };
}
