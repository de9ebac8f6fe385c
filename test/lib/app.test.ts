import { spawnSync } from 'node:child_process';
import { existsSync, mkdtempSync, readdirSync, readFileSync, rmSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterAll, describe, expect, it } from '@jest/globals';
import { contextOf } from './synth.ts';

const root = fileURLToPath(new URL('../..', import.meta.url));
const out = mkdtempSync(join(tmpdir(), 'lead-relay-synth-'));
afterAll(() => rmSync(out, { recursive: true }));

/** Runs the command of cdk.json, as the CDK CLI does. */
function run(context: Record<string, unknown>, isValidated = false) {
  const { app } = JSON.parse(readFileSync(join(root, 'cdk.json'), 'utf8')) as { app: string };
  const [command = '', ...args] = app.split(' ');
  return spawnSync(command === 'node' ? process.execPath : command, args, {
    cwd: root,
    encoding: 'utf8',
    env: {
      ...process.env,
      CDK_VALIDATION: String(isValidated),
      CDK_OUTDIR: out,
      CDK_CONTEXT_JSON: JSON.stringify(context),
    },
  });
}

describe('the app', () => {
  it('answers a wrong setting with one sentence and no stack trace', () => {
    const { status, stderr } = run(contextOf('dev', { delaySeconds: '901' }));
    expect(status).toBe(1);
    expect(stderr.trim().split('\n')).toEqual([
      'The setting delaySeconds is 901. It must be a whole number of seconds from 0 to 900, or one such number per source, as in {"close":300}.',
    ]);
  });

  it('passes on what a person should know of the settings', () => {
    const { status, stderr } = run(contextOf('prod'));
    expect(status).toBe(0);
    expect(stderr).toContain('WARNING lookupBucket is still dea-lead-owner, a bucket that is not yours');
  });

  it('makes one small bundle for each function, which loads and says where it lies', () => {
    const { 'aws:cdk:bundling-stacks': _, ...context } = contextOf('local');
    const { status, stderr } = run(context, true);
    expect([status, stderr.includes('WARNING')]).toEqual([0, false]);
    const functions = ['LeadRelay-local', 'LeadRelay-local-dashboard'].flatMap((stack) => {
      const template = JSON.parse(readFileSync(join(out, `${stack}.template.json`), 'utf8')) as {
        Resources: Record<string, { Type: string; Metadata?: Record<string, string> }>;
      };
      return Object.entries(template.Resources).filter(([, { Type }]) => Type === 'AWS::Lambda::Function');
    });
    const limits: Record<string, number> = {
      Ingest: 600_000,
      Capture: 800_000,
      Process: 800_000,
      Erase: 700_000,
      Replay: 800_000,
      Sync: 800_000,
      Doctor: 1_000_000,
      Sweep: 800_000,
      Api: 1_500_000,
      Export: 900_000,
    };
    expect(functions).toHaveLength(Object.keys(limits).length);
    for (const [step, limit] of Object.entries(limits)) {
      const [, { Metadata }] = functions.find(([id]) => id.includes(`${step}Function`)) ?? ['', {}];
      const asset = join(out, Metadata?.['aws:asset:path'] ?? '');
      expect(readdirSync(asset).sort()).toEqual(['index.mjs', 'index.mjs.map']);
      expect(statSync(join(asset, 'index.mjs')).size).toBeLessThan(limit);
      expect(readFileSync(join(asset, 'index.mjs'), 'utf8')).not.toContain('sourceMappingURL');
      expect(JSON.parse(readFileSync(join(asset, 'index.mjs.map'), 'utf8'))).not.toHaveProperty('sourcesContent');
    }
  });

  it('leaves a report of its validation without a finding', () => {
    const report = join(out, 'validation-report.json');
    expect(existsSync(report)).toBe(true);
    expect(JSON.parse(readFileSync(report, 'utf8'))).toMatchObject({ pluginReports: [] });
  });
});
