import { GetObjectCommand } from '@aws-sdk/client-s3';
import { afterAll, beforeAll, expect, it } from '@jest/globals';
import { alertsOf, atRest, told } from './alerts.ts';
import { closeLead, postLead } from './close-lead.ts';
import { expectDiscretion } from './discretion.ts';
import { type LocalRun, startLocal } from './local-run.ts';
import { until } from './until.ts';

let run: LocalRun;
beforeAll(async () => {
  run = await startLocal();
});
afterAll(async () => {
  await expectDiscretion(run);
  await run.stop();
});

it('takes 50 identical posts at once for one lead: all are answered 200, one is stored, one alert goes to each channel', async () => {
  const lead = closeLead('same');
  const answers = await Promise.all(Array.from({ length: 50 }, () => postLead(run, lead)));
  expect(new Set(answers.map(({ status }) => status))).toEqual(new Set([200]));
  await told(run, lead.id, 'email');
  await told(run, lead.id, 'slack');
  await atRest(run);
  expect(await alertsOf(run, lead.id)).toHaveLength(2);
  expect((await postLead(run, lead)).status).toBe(200);
});

it('keeps the first of two different bodies for one lead', async () => {
  const first = closeLead('first');
  const second = { ...first, body: first.body.replace('Potential', 'Customer') };
  expect((await postLead(run, first)).status).toBe(200);
  expect((await postLead(run, second)).status).toBe(200);
  const Key = `source/crm_event_${first.id}.json`;
  const { Body } = await run.s3.send(new GetObjectCommand({ Bucket: run.settings.bucket, Key }));
  expect(await Body?.transformToString()).toBe(first.body);
});

it('tells each of 300 leads that come at once, once on each channel', async () => {
  await atRest(run);
  await run.clearInbox();
  const leads = Array.from({ length: 300 }, () => closeLead('burst'));
  for (let at = 0; at < leads.length; at += 50) {
    const answers = await Promise.all(leads.slice(at, at + 50).map((lead) => postLead(run, lead)));
    expect(answers.every(({ status }) => status === 200)).toBe(true);
  }
  const alerts = async () => (await run.inbox()).filter(({ channel }) => channel === 'slack' || channel === 'email');
  await until('600 alerts', async () => (await alerts()).length >= 600, 200);
  await atRest(run);
  const received = (await alerts()).map(({ channel, lead_id }) => `${channel} ${lead_id}`);
  expect(received.sort()).toEqual(leads.flatMap(({ id }) => [`email ${id}`, `slack ${id}`]).sort());
});
