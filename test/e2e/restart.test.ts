import { rmSync } from 'node:fs';
import { GetObjectCommand } from '@aws-sdk/client-s3';
import { afterAll, beforeAll, expect, it } from '@jest/globals';
import { alertsOf, atRest } from './alerts.ts';
import { closeLead, postLead } from './close-lead.ts';
import { type LocalRun, newDataDir, startLocal } from './local-run.ts';
import { until } from './until.ts';

let dataDir: string;
beforeAll(() => {
  dataDir = newDataDir();
});
afterAll(() => {
  rmSync(dataDir, { recursive: true, force: true });
});

const toldOnBoth = async (run: LocalRun, id: string) =>
  new Set((await alertsOf(run, id)).map(({ channel }) => channel)).size === 2;

it('tells every lead whose wait was cut by a SIGKILL, and keeps what was there', async () => {
  const first = await startLocal({ dataDir });
  const before = closeLead('before');
  await postLead(first, before);
  await until('told', () => toldOnBoth(first, before.id));
  await atRest(first);
  const waiting = Array.from({ length: 30 }, () => closeLead('waiting'));
  const answers = await Promise.all(waiting.map((lead) => postLead(first, lead)));
  expect(answers.every(({ status }) => status === 200)).toBe(true);
  await first.kill('SIGKILL');

  const second = await startLocal({ dataDir });
  // Ports may change; names, ids and secrets may not.
  const { bucket, lookupBucket, table, secrets, tenants } = first.settings;
  expect(second.settings).toMatchObject({ bucket, lookupBucket, table, secrets, tenants });
  await until(
    'all told',
    async () => (await Promise.all(waiting.map(({ id }) => toldOnBoth(second, id)))).every(Boolean),
    120,
  );
  await atRest(second);
  for (const { id } of waiting) expect((await alertsOf(second, id)).length).toBeLessThanOrEqual(4);
  expect(await alertsOf(second, before.id)).toHaveLength(2);
  const raw = { Bucket: second.settings.bucket, Key: `source/crm_event_${before.id}.json` };
  expect(await (await second.s3.send(new GetObjectCommand(raw))).Body?.transformToString()).toBe(before.body);
  expect((await postLead(second, before)).status).toBe(200);
  await atRest(second);
  expect(await alertsOf(second, before.id)).toHaveLength(2);
  await second.stop();
});
