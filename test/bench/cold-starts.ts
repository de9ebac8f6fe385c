import { execFileSync } from 'node:child_process';
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Assembly, StepBundle } from './assembly.ts';
import { percentile, report, rounded } from './report.ts';

/** What a fresh process does: load a bundle as Lambda would, say what CPU time it took in microseconds, end. */
const child = `await import(process.argv[1]); const { user, system } = process.cpuUsage(); console.log(user + system); process.exit();`;

/** What Lambda sets itself. */
const lambdaEnv = { AWS_REGION: 'us-east-1', AWS_ACCESS_KEY_ID: 'bench', AWS_SECRET_ACCESS_KEY: 'bench', TZ: ':UTC' };

/** CPU of a cold start of each step over that of an empty function, in alternating fresh processes: the machine's speed cancels out. */
export function coldStarts({ steps }: Assembly, folder: string, { rounds }: { rounds: number }): void {
  const empty: StepBundle = { step: 'empty', file: join(folder, 'empty.mjs'), environment: {} };
  writeFileSync(empty.file, 'export const handler = async () => ({});\n');
  const all = [empty, ...steps];
  const taken = new Map<string, number[]>(all.map(({ step }) => [step, []]));
  for (let round = 0; round < rounds; round += 1) {
    for (const bundle of all) taken.get(bundle.step)?.push(cpuOf(bundle));
  }
  const typical = (step: string) => percentile(taken.get(step) ?? [], 0.25) / 1000;
  for (const { step } of steps) {
    const [cpu, floor] = [typical(step), typical(empty.step)];
    report('cold_start', { step, cpu_ms: rounded(cpu), empty_ms: rounded(floor), ratio: rounded(cpu / floor), rounds });
  }
}

function cpuOf({ file, environment }: StepBundle): number {
  const args = ['--input-type=module', '--eval', child, file];
  const env = { ...environment, ...lambdaEnv, PATH: process.env['PATH'] };
  return Number(execFileSync(process.execPath, args, { env, encoding: 'utf8' }));
}
