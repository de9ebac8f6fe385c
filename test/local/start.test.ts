import { spawnSync } from 'node:child_process';
import { existsSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, it } from '@jest/globals';
import { newDataDir, startProcess } from '../e2e/local-run.ts';
import { until } from '../e2e/until.ts';
import { fixtureAssembly, fixtureTemplate, propertiesOf, startFixture } from './fixture.ts';

/** What a start that fails prints, and its exit code. */
async function failing(env: Record<string, string>, assembly = fixtureAssembly()): Promise<[number | null, string]> {
  const dataDir = newDataDir();
  const { logs, ended } = startProcess({ env, assembly }, dataDir);
  const code = await ended;
  rmSync(dataDir, { recursive: true });
  return [code, logs().replaceAll('Starting the services and functions …\n', '').trim()];
}

it.each([
  [{ PORT: 'abc' }, 'PORT is "abc"; it must be a whole number from 0 to 65535.'],
  [{ DELAY_SECONDS: '901' }, 'DELAY_SECONDS is "901"; it must be a whole number from 0 to 900.'],
  [{ TIMEOUT_SECONDS: '7' }, 'TIMEOUT_SECONDS is "7"; it must be a whole number from 8 to 900.'],
  [{ MAX_PACE: '-1' }, 'MAX_PACE is "-1"; it must be a number of messages a second above 0, or "off".'],
  [
    { MAX_ALERTS_PER_MINUTE: '0.5' },
    'MAX_ALERTS_PER_MINUTE is "0.5"; it must be a whole number of at least 1, or "off".',
  ],
])('says in a sentence what is wrong with %o', async (env, sentence) => {
  expect(await failing(env)).toEqual([1, sentence]);
});

it('says in a sentence that a port is taken', async () => {
  const taken = createServer().listen(0, '127.0.0.1');
  await new Promise((resolve) => taken.once('listening', resolve));
  const { port } = taken.address() as { port: number };
  for (const variable of ['PORT', 'AWS_PORT']) {
    const sentence = `Port ${port} is taken; set ${variable} to another one (0 picks a free one).`;
    expect(await failing({ [variable]: String(port) })).toEqual([1, sentence]);
  }
  taken.close();
});

it('says in a sentence that the folder cannot be written', async () => {
  const file = join(mkdtempSync(join(tmpdir(), 'lead-relay-file-')), 'a-file');
  writeFileSync(file, '');
  const [code, text] = await failing({ DATA_DIR: join(file, 'data') });
  expect([code, text]).toEqual([
    1,
    `The folder ${join(file, 'data')} can't be written (ENOTDIR); set DATA_DIR to another one.`,
  ]);
});

it('says in a sentence that another run uses the folder, and leaves that run alone', async () => {
  await using first = await startFixture();
  const { logs, ended } = startProcess({ assembly: fixtureAssembly() }, first.dataDir);
  expect([await ended, logs().trim()]).toEqual([
    1,
    `The data in ${first.dataDir} can't be opened; is another local run using it?`,
  ]);
  expect(await first.inbox()).toEqual([]);
});

it('names the part of the template that it does not know', async () => {
  const template = fixtureTemplate();
  template.Resources['Vpc'] = { Type: 'AWS::EC2::VPC', Properties: {} };
  expect(await failing({}, fixtureAssembly(template))).toEqual([
    1,
    'The local run does not know AWS::EC2::VPC (Vpc in Fixture).',
  ]);
});

it('names the alarm whose metric it does not measure', async () => {
  const template = fixtureTemplate();
  Object.assign(propertiesOf(template, 'Alarm'), { Namespace: 'AWS/EC2', MetricName: 'CPUUtilization' });
  const sentence = 'The local run does not measure AWS/EC2 CPUUtilization, which the alarm Alarm watches.';
  expect(await failing({}, fixtureAssembly(template))).toEqual([1, sentence]);
});

it('says in the words of the app why it could not be synthesized', async () => {
  const sentence =
    'The app could not be synthesized: The setting timeoutSeconds is 900. It must be a whole number of seconds from 8 to 120.';
  const said = ['Synthesizing the stage local …', sentence].join('\n');
  expect(await failing({ CDK_OUT: '', TIMEOUT_SECONDS: '900' })).toEqual([1, said]);
});

it('says in a sentence that there is no cloud assembly', async () => {
  const nowhere = mkdtempSync(join(tmpdir(), 'lead-relay-empty-'));
  expect(await failing({}, nowhere)).toEqual([
    1,
    `There is no cloud assembly in ${nowhere}: manifest.json is missing.`,
  ]);
});

it.each(['SIGINT', 'SIGTERM'] as const)('stops at once and cleanly on %s', async (signal) => {
  const { child, logs, ended } = startProcess({ assembly: fixtureAssembly() }, newDataDir());
  await until(`ready: ${logs()}`, async () => logs().includes('ready {'), 20);
  // npm passes on what the terminal has sent already.
  child.kill(signal);
  child.kill(signal);
  expect(await ended).toBe(0);
  expect(logs()).toMatch(/Stopping …\nStopped\. The data is kept\.\n$/);
});

it('deletes the data of a run on reset, and no other folder', async () => {
  const reset = (DATA_DIR: string) => {
    const { status, stdout, stderr } = spawnSync(process.execPath, ['bin/reset.ts'], {
      env: { DATA_DIR },
      encoding: 'utf8',
    });
    return [status, stdout + stderr];
  };
  const dataDir = newDataDir();
  await (await startFixture({ dataDir })).stop();
  expect(reset(dataDir)).toEqual([0, `Deleted the data of the local run in ${dataDir}.\n`]);
  expect(existsSync(dataDir)).toBe(false);
  expect(reset(dataDir)).toEqual([0, `There is nothing to reset: ${dataDir} does not exist.\n`]);

  mkdirSync(dataDir);
  writeFileSync(join(dataDir, 'thesis.txt'), '');
  expect(reset(dataDir)).toEqual([
    1,
    `${dataDir} does not look like the data of a local run, so it is left as it is.\n`,
  ]);
  expect(existsSync(join(dataDir, 'thesis.txt'))).toBe(true);
});
