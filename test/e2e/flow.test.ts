import { createHash } from 'node:crypto';
import { GetObjectCommand, PutObjectCommand } from '@aws-sdk/client-s3';
import { afterAll, beforeAll, expect, it } from '@jest/globals';
import { EnrichedLead } from '../../lambdas/core/lead.ts';
import { alertsOf, atRest, told } from './alerts.ts';
import { runCommand } from './command.ts';
import { closeLead, MARKER, postLead, signed } from './close-lead.ts';
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

const read = async (key: string) =>
  (await run.s3.send(new GetObjectCommand({ Bucket: run.settings.bucket, Key: key }))).Body?.transformToString() ?? '';

const giveOwner = (leadId: string, owner: object) =>
  run.s3.send(
    new PutObjectCommand({
      Bucket: run.settings.lookupBucket,
      Key: `${leadId}.json`,
      Body: JSON.stringify({ lead_id: leadId, ...owner }),
    }),
  );

it('carries a signed lead to its owner: raw bytes, enriched lead, Slack and e-mail, each once and not before the wait is over', async () => {
  const lead = closeLead('flow');
  const posted = Date.now();
  expect((await postLead(run, lead)).status).toBe(200);
  expect(await read(`source/crm_event_${lead.id}.json`)).toBe(lead.body);
  await giveOwner(lead.id, { lead_owner: 'Grace Hopper', lead_email: `zoe@${MARKER}.example.org`, funnel: 'Webinar' });

  const slack = await told(run, lead.id, 'slack');
  const email = await told(run, lead.id, 'email');
  expect(Date.parse(slack.at) - posted).toBeGreaterThanOrEqual(3000);
  expect(slack.text).toContain(`New Lead Alert: ${lead.name}`);
  expect(slack.text).toContain('Owner: Grace Hopper');
  expect(slack.text).toContain(`Email: zoe@${MARKER}.example.org`);
  expect(slack.text).toContain('Label: Potential · Funnel: Webinar · Category: Pending');
  expect(slack.text).toContain('From: Close');
  expect(slack.text).toContain(`Lead ID ${lead.id}`);
  expect(JSON.stringify(slack.payload)).toContain(`https://app.close.com/lead/${lead.id}/`);
  expect(email.payload).toMatchObject({ Subject: `New lead: Zoe ${MARKER} Muller (Potential) for Grace Hopper` });
  expect(email.to).toBe('sales@north.example');

  const enriched = EnrichedLead.parse(JSON.parse(await read(`target/crm_lead_${lead.id}.json`)));
  expect(enriched).toMatchObject({
    lead_id: lead.id,
    tenant: 'north',
    display_name: lead.name,
    lead_owner: 'Grace Hopper',
    lead_email: `zoe@${MARKER}.example.org`,
    funnel: 'Webinar',
    status_label: 'Potential',
    raw_key: `source/crm_event_${lead.id}.json`,
  });
  await atRest(run);
  expect(await alertsOf(run, lead.id)).toHaveLength(2);
  expect(await run.outcomes(lead.id)).toMatchObject([{ source: 'close', event: 'lead.created', outcome: 'done' }]);

  // Both say where to see what happened; the command tells it, whoever asks by the address that the lookup brought.
  for (const { text } of [slack, email]) expect(text).toContain(`What happened (${run.url}/leads/${lead.id}/trace)`);
  const { code, said } = await runCommand('trace', { run, args: [`zoe@${MARKER}.example.org`, '--json'] });
  expect(code).toBe(0);
  const { leads } = JSON.parse(said) as {
    leads: { points: { what: string; detail: string | null; outcome: string }[] }[];
  };
  const points = leads[0]?.points ?? [];
  expect(points.map(({ what, outcome }) => `${what} ${outcome}`)).toEqual(
    expect.arrayContaining([
      'Received done',
      'Verified and stored done',
      'Event lead.created done',
      'Category Pending done',
      'The wait was over done',
      'Asked the lookup bucket done',
      'Told by Slack done',
      'Told by e-mail done',
    ]),
  );
  const digest = createHash('sha256').update(lead.body).digest('hex');
  expect(points.find(({ what }) => what === 'Verified and stored')?.detail).toBe(
    `source/crm_event_${lead.id}.json · ${Buffer.byteLength(lead.body)} bytes · SHA-256 ${digest}`,
  );
  expect(points.find(({ what }) => what === 'Told by Slack')?.detail).toBe('receipt ok');
  expect(points.find(({ what }) => what === 'Told by e-mail')?.detail).toMatch(/^receipt [0-9a-f-]{36}$/);
});

it('tells a lead without an owner at once when the wait is over, as unassigned', async () => {
  const lead = closeLead('nobody');
  await postLead(run, lead);
  expect((await told(run, lead.id, 'slack')).text).toContain('Owner: nobody yet after 3 s, please take it');
  expect(JSON.parse(await read(`target/crm_lead_${lead.id}.json`))).toMatchObject({
    lead_owner: 'Unassigned',
    lead_email: null,
  });
});

it('takes the old address /crm/webhook for the same source', async () => {
  const lead = closeLead('old');
  const headers = signed(lead.body, run.settings.secrets.close.signatureKey);
  expect((await run.post('/crm/webhook', lead.body, headers)).status).toBe(200);
  await told(run, lead.id, 'slack');
});

it('tells each tenant of its own leads only', async () => {
  const lead = closeLead('south');
  expect((await postLead(run, lead, 1)).status).toBe(200);
  const slack = await told(run, lead.id, 'slack');
  const email = await told(run, lead.id, 'email');
  expect(email.to).toBe('sales@south.example');
  const north = (await run.inbox()).find(({ channel, lead_id }) => channel === 'slack' && lead_id !== lead.id);
  expect(slack.to).not.toBe(north?.to);
});

it('keeps what Close tells of a lead in its wait: the alert has the newest label', async () => {
  const lead = closeLead('update');
  await postLead(run, lead);
  const later = new Date(Date.now() + 1000).toISOString().slice(0, -1);
  const update = closeLead('x', {
    event: { object_id: lead.id, lead_id: lead.id, action: 'updated', date_updated: `${later}000` },
    data: { id: lead.id, status_label: 'Qualified', date_updated: `${later}000+00:00` },
  });
  expect((await postLead(run, update)).status).toBe(200);
  expect((await told(run, lead.id, 'slack')).text).toContain('Label: Qualified');
  await atRest(run);
  expect(await alertsOf(run, lead.id)).toHaveLength(2);
});

it('records what is not about a lead as not for us', async () => {
  const task = closeLead('task', { event: { object_type: 'task.lead', object_id: 'task_1', action: 'completed' } });
  expect((await postLead(run, task)).status).toBe(200);
  const outcome = await until('outcome', async () => (await run.outcomes(task.id))[0]);
  expect(outcome).toMatchObject({ event: 'task.lead.completed', outcome: 'not_for_us' });
  await atRest(run);
  expect(await alertsOf(run, task.id)).toEqual([]);
});

it('marks a test lead in the alert', async () => {
  const lead = closeLead('trial', { envelope: { lead_relay: { test: true } } });
  await postLead(run, lead);
  expect((await told(run, lead.id, 'slack')).text).toContain(`New Lead Alert: TEST · ${lead.name}`);
});
