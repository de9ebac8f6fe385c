import { CreateBucketCommand, DeleteBucketCommand, PutObjectCommand } from '@aws-sdk/client-s3';
import { PutSecretValueCommand } from '@aws-sdk/client-secrets-manager';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { alertsOf, atRest, deadLetters, told } from './alerts.ts';
import { closeLead, MARKER, postLead } from './close-lead.ts';
import { expectDiscretion } from './discretion.ts';
import { type LocalRun, startLocal } from './local-run.ts';
import { redrive } from './redrive.ts';
import { hideFor, setEnv } from './template-parts.ts';
import { until } from './until.ts';

describe('the Close API as owner directory', () => {
  let run: LocalRun;
  beforeAll(async () => {
    run = await startLocal({ edit: (template) => setEnv(template, 'Process', { CLOSE_OWNER_FIELD: 'cf_owner' }) });
    const SecretString = `api_${MARKER}.key`;
    await run.secrets.send(
      new PutSecretValueCommand({ SecretId: 'lead-relay/local/north/close-api-key', SecretString }),
    );
    const user = {
      id: 'user_grace',
      first_name: 'Grace',
      last_name: `Hopper ${MARKER}`,
      email: `grace@${MARKER}.example.org`,
    };
    await run.vendor('close', 'user/user_grace/', { json: user });
  });
  afterAll(async () => {
    await expectDiscretion(run);
    await run.stop();
  });

  const inClose = (id: string) => ({
    id,
    status_label: 'Potential',
    'custom.cf_owner': 'user_grace',
    contacts: [
      {
        emails: [{ email: `zoe@${MARKER}.example.org`, type: 'office' }],
        phones: [{ phone: '+14155550100', type: 'office' }],
      },
    ],
  });

  it('gives the lead its e-mail, its phone with a WhatsApp link, and its owner by name', async () => {
    const lead = closeLead('api');
    await run.vendor('close', `lead/${lead.id}/`, { json: inClose(lead.id) });
    await postLead(run, lead);
    const slack = await told(run, lead.id, 'slack');
    expect(slack.text).toContain(`Owner: Grace Hopper ${MARKER}`);
    expect(slack.text).toContain('Phone: +1 415 555 0100 · WhatsApp');
    expect(JSON.stringify(slack.payload)).toContain('https://wa.me/14155550100');
    expect(slack.text).toContain(`Email: zoe@${MARKER}.example.org`);
  });

  it('makes a lead wait while Close is down, and tells it once it is back', async () => {
    const lead = closeLead('down');
    await run.vendor('close', `lead/${lead.id}/`, { json: inClose(lead.id) });
    await run.fault('close', { status: 429, headers: { 'retry-after': '2' }, times: 2 });
    await postLead(run, lead);
    expect((await told(run, lead.id, 'slack')).text).toContain('Owner: Grace Hopper');
    await atRest(run);
    expect(await alertsOf(run, lead.id)).toHaveLength(2);
  });

  it('tells a lead without its owner and raises an alarm when Close refuses the API key', async () => {
    const lead = closeLead('refused');
    await run.fault('close', { status: 401, body: '{}' });
    await postLead(run, lead);
    expect((await told(run, lead.id, 'slack')).text).toContain('nobody yet');
    await until('alarm', async () =>
      (await run.alarms()).some(({ name, state }) => /owner-directory/.test(name) && state === 'ALARM'),
    );
  });
});

describe('the lookup bucket', () => {
  it('takes what is not its own object for none, and raises an alarm after 20 misses in a row', async () => {
    await using run = await startLocal();
    const put = (Key: string, Body: string) =>
      run.s3.send(new PutObjectCommand({ Bucket: run.settings.lookupBucket, Key, Body }));
    const [html, foreign, large] = [closeLead('html'), closeLead('foreign'), closeLead('large')];
    await put(`${html.id}.json`, '<html>not found</html>');
    await put(`${foreign.id}.json`, JSON.stringify({ lead_id: 'lead_other', lead_owner: 'Eve' }));
    await put(`${large.id}.json`, JSON.stringify({ lead_id: large.id, lead_owner: 'x'.repeat(100_000) }));
    const others = Array.from({ length: 17 }, () => closeLead('miss'));
    for (const lead of [html, foreign, large, ...others]) expect((await postLead(run, lead)).status).toBe(200);
    for (const lead of [html, foreign, large]) expect((await told(run, lead.id, 'slack')).text).toContain('nobody yet');
    await until('alarm', async () =>
      (await run.alarms()).some(({ name, state }) => /lookup-knows/.test(name) && state === 'ALARM'),
    );
    await expectDiscretion(run);
  });

  it('parks leads in the DLQ while the bucket itself is missing; with the bucket there, a redrive tells each once', async () => {
    await using run = await startLocal({ edit: (template) => hideFor(template, 'OwnerQueue', 9) });
    await run.s3.send(new DeleteBucketCommand({ Bucket: run.settings.lookupBucket }));
    const lead = closeLead('nobucket');
    await postLead(run, lead);
    await until('in the DLQ', async () => (await deadLetters(run, 'Owner')) === 1, 200);
    expect(await alertsOf(run, lead.id)).toEqual([]);
    await run.s3.send(new CreateBucketCommand({ Bucket: run.settings.lookupBucket }));
    await redrive(run);
    await told(run, lead.id, 'slack');
    await atRest(run);
    expect(await alertsOf(run, lead.id)).toHaveLength(2);
  });
});
