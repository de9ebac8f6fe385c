import { PutSecretValueCommand } from '@aws-sdk/client-secrets-manager';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { alertsOf, atRest, deadLetters, told } from './alerts.ts';
import { closeLead, postLead } from './close-lead.ts';
import { expectDiscretion } from './discretion.ts';
import { type LocalRun, startLocal } from './local-run.ts';
import { redrive } from './redrive.ts';
import { hideFor, setEnv } from './template-parts.ts';
import { until } from './until.ts';

const inAlarm = (run: LocalRun, name: RegExp) =>
  until(String(name), async () =>
    (await run.alarms()).some((alarm) => name.test(alarm.name) && alarm.state === 'ALARM'),
  );

describe('with both channels on', () => {
  let run: LocalRun;
  beforeAll(async () => {
    run = await startLocal();
  });
  afterAll(async () => {
    await expectDiscretion(run);
    await run.stop();
  });

  /** Posts a lead that meets this fault, and says how often each channel was told in the end. */
  async function tellThrough(fault: Parameters<LocalRun['fault']>[1]) {
    const lead = closeLead('slack');
    await run.fault('slack', fault);
    await postLead(run, lead);
    await told(run, lead.id, 'email');
    await told(run, lead.id, 'slack', 120);
    await run.endFault('slack');
    await atRest(run);
    return (await alertsOf(run, lead.id)).map(({ channel }) => channel).sort();
  }

  it('tries Slack again when it failed twice, and does not repeat the e-mail', async () => {
    expect(await tellThrough({ status: 500, times: 2 })).toEqual(['email', 'slack']);
  });

  it('tries Slack again when it hangs', async () => {
    expect(await tellThrough({ hang: true, times: 1 })).toEqual(['email', 'slack']);
  });

  it('tries Slack again when it answers 200 without ok', async () => {
    expect(await tellThrough({ status: 200, body: '<html>login</html>', times: 1 })).toEqual(['email', 'slack']);
  });

  it('waits as long as Slack asks with 429', async () => {
    const lead = closeLead('limit');
    await run.fault('slack', { status: 429, headers: { 'retry-after': '6' }, times: 1 });
    await postLead(run, lead);
    const email = await told(run, lead.id, 'email');
    const slack = await told(run, lead.id, 'slack');
    expect(Date.parse(slack.at) - Date.parse(email.at)).toBeGreaterThanOrEqual(5000);
  });

  it('waits twenty times in a row for a Slack that limits, without loss, repeat or DLQ', async () => {
    expect(await tellThrough({ status: 429, headers: { 'retry-after': '1' }, times: 20 })).toEqual(['email', 'slack']);
    expect(await deadLetters(run, 'Owner')).toBe(0);
  });

  it('tells by e-mail and raises an alarm when Slack refuses for good', async () => {
    const lead = closeLead('gone');
    await run.fault('slack', { status: 404, body: 'no_service' });
    await postLead(run, lead);
    await told(run, lead.id, 'email');
    await inAlarm(run, /channel-refuses/);
    await atRest(run);
    await run.endFault('slack');
    expect((await alertsOf(run, lead.id)).map(({ channel }) => channel)).toEqual(['email']);
    expect(await deadLetters(run, 'Owner')).toBe(0);
  });

  it('sends to the new URL when the old one was revoked and replaced', async () => {
    const SecretString = `https://hooks.slack.com/services/T${'0'.repeat(8)}/B${'9'.repeat(8)}/replaced`;
    await run.secrets.send(
      new PutSecretValueCommand({ SecretId: 'lead-relay/local/north/slack-webhook-url', SecretString }),
    );
    const lead = closeLead('replaced');
    await run.fault('slack', { status: 404, body: 'no_service', times: 1 });
    await postLead(run, lead);
    expect((await told(run, lead.id, 'slack')).to).toContain('/replaced');
  });
});

describe('with Slack alone', () => {
  let run: LocalRun;
  beforeAll(async () => {
    run = await startLocal({
      edit: (template) => {
        setEnv(template, 'Process', { USE_EMAIL: 'false' });
        hideFor(template, 'OwnerQueue', 10);
      },
    });
  });
  afterAll(async () => {
    await expectDiscretion(run);
    await run.stop();
  });

  it('parks a lead that Slack refuses for good in the DLQ with its reason, and a redrive tells it once', async () => {
    const lead = closeLead('parked');
    await run.fault('slack', { status: 410, body: 'channel_is_archived' });
    await postLead(run, lead);
    await until('in the DLQ', async () => (await deadLetters(run, 'Owner')) === 1);
    await inAlarm(run, /owner-dead-letters/);
    expect(await alertsOf(run, lead.id)).toEqual([]);
    await run.endFault('slack');
    await redrive(run);
    await told(run, lead.id, 'slack');
    await atRest(run);
    expect(await alertsOf(run, lead.id)).toHaveLength(1);
  });
});
