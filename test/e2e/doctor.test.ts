import { PutItemCommand } from '@aws-sdk/client-dynamodb';
import { PutSecretValueCommand, CreateSecretCommand, DeleteSecretCommand } from '@aws-sdk/client-secrets-manager';
import {
  ListSubscriptionsByTopicCommand,
  ListTopicsCommand,
  SubscribeCommand,
  UnsubscribeCommand,
} from '@aws-sdk/client-sns';
import { ListQueuesCommand, SendMessageCommand } from '@aws-sdk/client-sqs';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { useAccess } from '../../bin/access.ts';
import { doctorEnv } from '../../bin/doctor/doctor-env.ts';
import { examineAll } from '../../bin/doctor/examine-all.ts';
import { findStage } from '../../bin/find-stage.ts';
import { saveAccount } from '../../lambdas/aws/account-table.ts';
import type { Finding } from '../../lambdas/core/finding.ts';
import { doctorPorts } from '../../lambdas/doctor/ports/doctor-ports.ts';
import { wantedEvents } from '../../lambdas/sources/hubspot/subscription.ts';
import { runCommand } from './command.ts';
import { type LocalRun, startLocal } from './local-run.ts';
import { allObjects, allRows } from './stores.ts';
import { until } from './until.ts';

const DAY = 24 * 60 * 60_000;
let run: LocalRun;
beforeAll(async () => {
  run = await startLocal();
});
afterAll(async () => {
  await run.stop();
});

const doctor = async (...args: string[]) => {
  const { code, said } = await runCommand('doctor', { args, run });
  return { code, said };
};
const ofDoctor = () =>
  run
    .functionLog()
    .split('\n')
    .filter((line) => line.includes('"step":"doctor"'));
const leftOf = async () =>
  [...(await allRows(run)), ...(await allObjects(run))].filter((one) => one.includes('0'.repeat(12)));

describe('a stage that is as it must be', () => {
  it('is found so by the command, which sees a lead of each source come through', async () => {
    const { code, said } = await doctor();
    expect(said).toContain('0 wrong');
    for (const source of ['Close', 'Meta', 'HubSpot']) {
      expect(said).toContain(`north, ${source}: came through`);
      expect(said).toContain(`A lead of ${source} that was made up came through in`);
    }
    expect(code).toBe(0);
  });

  it('is found so by its function, with the rights that it has', async () => {
    await run.startRule('Doctor');
    const said = await until('examined', async () => ofDoctor().find((line) => line.includes('"examined"')));
    expect(said).toContain('"DoctorFound":0');
    expect(run.logs()).not.toContain('AccessDenied');
    const { body } = await askHealth();
    expect(body.findings.filter(({ state }) => state === 'wrong')).toEqual([]);
    expect(body.findings.length).toBeGreaterThan(10);
    // What it made up came through by the time of the next examination, which has it erased.
    await until(
      'all are silent',
      async () => (await allRows(run)).filter((row) => row.includes('silentAt')).length >= 6,
    );
    await run.startRule('Doctor');
    await until('examined again', async () => ofDoctor().filter((line) => line.includes('"examined"')).length === 2);
  });

  it('nobody is told of what the doctor made up, no list has it, and nothing is left of it', async () => {
    const token = await tokenOf('north');
    const answer = await fetch(`${run.url}/api/leads`, { headers: { authorization: `Bearer ${token}` } });
    expect(await answer.json()).toMatchObject({ data: [] });
    expect((await run.inbox()).filter(({ channel }) => channel !== 'alarm')).toEqual([]);
    // Of the function's second examination leads are under way; those of the command and of its first one are gone.
    const ids = new Set((await leftOf()).flatMap((one) => one.match(/0{12}\d{20}/g) ?? []));
    await until('erased', async () => {
      const now = new Set((await leftOf()).flatMap((one) => one.match(/0{12}\d{20}/g) ?? []));
      return now.size <= 6;
    });
    expect(ids.size).toBeLessThanOrEqual(18);
    expect((await allRows(run)).filter((row) => row.includes('ERASED#'))).toEqual([]);
  });
});

describe('of twenty-three things that are not as they must be', () => {
  let found: Finding[];
  const pages = { refused: '700000000000001', unknown: '700000000000002', forbidden: '700000000000003' };
  let north: { page: string; portal: string };
  let south: { page: string; portal: string };

  beforeAll(async () => {
    [north, south] = run.settings.tenants.map(({ metaPages: [page = ''], hubspotPortals: [portal = ''] }) => ({
      page,
      portal,
    })) as [typeof north, typeof south];
    await plantSecrets();
    await plantAtVendors();
    await plantEmails();
    await plantQuiet();
    await park();
    await run.fault('webhooks', { status: 503 });
    found = await examined();
    await run.endFault('webhooks');
  });

  /** As the command does it, for a stage that still has an old version of the Graph API in its settings. */
  async function examined(): Promise<Finding[]> {
    const stage = await findStage({ url: run.url });
    useAccess(stage.access);
    const ports = doctorPorts({ ...(await doctorEnv(stage)), GRAPH_VERSION: 'v19.0' });
    return examineAll({ tenants: stage.tenants, withLeads: true }, { ...ports, say: () => {} });
  }

  const secret = (name: string, SecretString: string) =>
    run.secrets.send(new PutSecretValueCommand({ SecretId: `lead-relay/local/${name}`, SecretString }));
  const newSecret = (name: string, SecretString: string) =>
    run.secrets.send(new CreateSecretCommand({ Name: `lead-relay/local/${name}`, SecretString }));

  async function plantSecrets() {
    await secret('north/close-signature-key', 'changeme');
    await secret('south/hubspot-signature-key', ' ');
    await secret('north/meta-verify-token', ' ');
    await secret('north/slack-webhook-url', 'https://example.org/hook');
    await secret('south/slack-webhook-url', 'https://hooks.slack.com/services/revoked');
    await secret('north/close-api-key', 'api_0123456789abcdef');
    await run.secrets.send(
      new DeleteSecretCommand({
        SecretId: `lead-relay/local/north/meta-token-${north.page}`,
        ForceDeleteWithoutRecovery: true,
      }),
    );
    await secret(`south/hubspot-token-${south.portal}`, 'pat-na1-gone');
    await newSecret('north/hubspot-developer-key', '4711:eu1-0123456789abcdef');
    for (const page of Object.values(pages)) await newSecret(`north/meta-token-${page}`, 'EAAtoken');
  }

  async function plantAtVendors() {
    const stage = await findStage({ url: run.url });
    useAccess(stage.access);
    for (const id of Object.values(pages))
      await saveAccount(stage.table, { tenant: 'north', source: 'meta', id }, new Date().toISOString());
    const graphError = (code: number, more = {}) => ({
      status: 400,
      json: { error: { code, message: 'no', type: 'OAuthException', ...more } },
    });
    await run.vendor('graph', pages.refused, graphError(190, { error_subcode: 463 }));
    await run.vendor('graph', pages.unknown, graphError(100, { error_subcode: 33 }));
    await run.vendor('graph', pages.forbidden, graphError(200));
    const expires_at = Math.floor((Date.now() + 5 * DAY) / 1000);
    await run.vendor('graph', 'debug_token', {
      json: { data: { is_valid: true, scopes: ['pages_manage_metadata', 'pages_read_engagement'], expires_at } },
    });
    await run.vendor('graph', `${south.page}/subscribed_apps`, { json: { data: [] } });
    const callback_url = 'https://old.example.org/hooks/leads';
    const fields = [{ name: 'leadgen' }];
    await run.vendor('graph', '1055501234567890/subscriptions', {
      json: { data: [{ object: 'page', callback_url, active: true, fields }] },
    });
    await run.vendor('hubspot', 'webhooks/v3/4711/settings', { json: { targetUrl: 'https://old.example.org' } });
    const results = wantedEvents.map((eventType) => ({ eventType, active: true }));
    await run.vendor('hubspot', 'webhooks/v3/4711/subscriptions', { json: { results } });
    // Whose token it is HubSpot says by the token's own record.
    await run.vendor('hubspot', 'oauth/v2/private-apps/get/access-token-info', { json: { hubId: 1, scopes: [] } });
    const webhook = { id: 'whsub_1', url: `${run.url}/webhooks/close`, status: 'paused' };
    await run.vendor('close', 'webhook', { json: { data: [webhook] } });
  }

  async function plantEmails() {
    const { Topics = [] } = await run.sns.send(new ListTopicsCommand({}));
    const TopicArn = Topics.map((topic) => topic.TopicArn ?? '').find((arn) => arn.includes('LeadTopic'));
    const { Subscriptions = [] } = await run.sns.send(new ListSubscriptionsByTopicCommand({ TopicArn }));
    const ofNorth = Subscriptions.find(({ Endpoint }) => Endpoint === 'sales@north.example');
    await run.sns.send(new UnsubscribeCommand({ SubscriptionArn: ofNorth?.SubscriptionArn }));
    const Endpoint = 'ana@south.example';
    const Attributes = { FilterPolicy: '{"tenant":["south"]}' };
    const asked = { TopicArn, Protocol: 'email', Endpoint, Attributes, ReturnSubscriptionArn: true };
    const { SubscriptionArn = '' } = await run.sns.send(new SubscribeCommand(asked));
    await row({
      PK: 'south#SETTINGS',
      SK: `EMAIL#${Endpoint}`,
      address: Endpoint,
      arn: SubscriptionArn,
      changedAt: ago(2),
    });
  }

  /** For four weeks a lead of Close every hour or so at this hour, and now none for two days. */
  async function plantQuiet() {
    for (const days of [2, 7.05, 14.05, 21.05, 28.05]) {
      const lead = `lead_quiet${days * 100}`;
      const at = ago(days);
      const keys = { PK: `south#LEAD#${lead}`, SK: 'LEAD', GSI1PK: 'south#LEADS', GSI1SK: `${at}#${lead}` };
      await row({ ...keys, tenant: 'south', lead_id: lead, source: 'close', receivedAt: at });
    }
  }

  async function park() {
    const { QueueUrls = [] } = await run.sqs.send(new ListQueuesCommand({}));
    const QueueUrl = QueueUrls.find((url) => url.includes('OwnerQueueDeadLetters'));
    await run.sqs.send(new SendMessageCommand({ QueueUrl, MessageBody: '{}' }));
  }

  const ago = (days: number) => new Date(Date.now() - days * DAY).toISOString();
  const row = (texts: Record<string, string>) =>
    run.dynamodb.send(
      new PutItemCommand({
        TableName: run.settings.table,
        Item: Object.fromEntries(Object.entries(texts).map(([name, S]) => [name, { S }])),
      }),
    );

  it.each<[string, string, () => Finding['of'], string, string]>([
    [
      'a signing key that is none',
      'signing-key',
      () => ({ tenant: 'north', source: 'close' }),
      'does not look like one',
      'npm run connect -- close --stage local --tenant north',
    ],
    [
      'a client secret that is empty',
      'signing-key',
      () => ({ tenant: 'south', source: 'hubspot' }),
      'is not filled in',
      'npm run connect -- hubspot --stage local --tenant south',
    ],
    [
      'a verify token that is empty',
      'verify-token',
      () => ({ tenant: 'north', source: 'meta' }),
      'is not filled in',
      'npm run connect -- meta --stage local --tenant north',
    ],
    ['a Slack URL that is none', 'slack-url', () => ({ tenant: 'north' }), 'does not look like one', 'Settings, Slack'],
    [
      'a Slack URL that was revoked',
      'slack-alive',
      () => ({ tenant: 'south' }),
      'Slack refuses the webhook URL (404)',
      'Incoming Webhooks',
    ],
    [
      'somebody who unsubscribed',
      'emails',
      () => ({ tenant: 'north' }),
      'sales@north.example is no subscriber (any more)',
      'npm run deploy',
    ],
    [
      'somebody who never confirmed',
      'emails',
      () => ({ tenant: 'south' }),
      'ana@south.example has not confirmed',
      'Confirm subscription',
    ],
    [
      'a page without a token',
      'token',
      () => ({ tenant: 'north', source: 'meta', account: north.page }),
      'There is no token',
      'npm run pages -- token',
    ],
    [
      'a token that Meta refuses',
      'token',
      () => ({ tenant: 'north', source: 'meta', account: pages.refused }),
      'code 190',
      `npm run pages -- token ${pages.refused} --stage local --tenant north`,
    ],
    [
      'a page that Meta does not know',
      'token',
      () => ({ tenant: 'north', source: 'meta', account: pages.unknown }),
      'knows no page',
      'npm run pages -- token',
    ],
    [
      'a token that may not read',
      'scopes',
      () => ({ tenant: 'north', source: 'meta', account: pages.forbidden }),
      'not do what is needed',
      'npm run pages -- token',
    ],
    [
      'a permission that is missing',
      'scopes',
      () => ({ tenant: 'south', source: 'meta', account: south.page }),
      'lacks leads_retrieval',
      'npm run pages -- token',
    ],
    [
      'a token that ends in days',
      'expiry',
      () => ({ tenant: 'south', source: 'meta', account: south.page }),
      'for 4 days more',
      'npm run pages -- token',
    ],
    [
      'a page whose leads are not sent',
      'subscription',
      () => ({ tenant: 'south', source: 'meta', account: south.page }),
      'does not send the leads',
      'npm run connect -- meta --stage local --tenant south --page',
    ],
    [
      'an app of Meta that posts elsewhere',
      'webhook',
      () => ({ tenant: 'south', source: 'meta', account: south.page }),
      'another address',
      '--app-id 1055501234567890',
    ],
    [
      'the token of another portal',
      'token',
      () => ({ tenant: 'north', source: 'hubspot', account: north.portal }),
      'is that of portal 1',
      'npm run portals -- token',
    ],
    [
      'a token that HubSpot refuses',
      'token',
      () => ({ tenant: 'south', source: 'hubspot', account: south.portal }),
      'does not accept the token',
      'npm run portals -- token',
    ],
    [
      'a webhook that Close paused',
      'webhook',
      () => ({ tenant: 'north', source: 'close' }),
      'Close has paused the webhook',
      'npm run connect -- close --stage local --tenant north',
    ],
    [
      'no API key of Close',
      'close-api-key',
      () => ({ tenant: 'south', source: 'close' }),
      'No API key of Close',
      '--api-key-stdin',
    ],
    [
      'a source that fell silent',
      'quiet',
      () => ({ tenant: 'south', source: 'close' }),
      'Close brought no lead for 48 hours',
      'npm run sync -- close --stage local --tenant south',
    ],
    [
      'a dead letter',
      'dead-letters',
      () => ({}),
      'A message of owner was given up.',
      'docs/runbook.md#owner-dead-letters',
    ],
    [
      'a version of the Graph API that has ended',
      'graph-version',
      () => ({ source: 'meta' }),
      'v19.0 of the Graph API has ended',
      'Set graphVersion to v26.0',
    ],
    [
      'a stage that takes no leads',
      'lead',
      () => ({ tenant: 'south', source: 'meta' }),
      'answered with 503',
      'docs/runbook.md#',
    ],
  ])('%s is found, with what mends it', (_, id, of, cause, cure) => {
    const meant = found.filter((one) => one.id === id && one.state !== 'ok');
    const finding = meant.find((one) => JSON.stringify(one.of) === JSON.stringify(of()));
    expect(finding).toMatchObject({ cause: expect.stringContaining(cause), cure: expect.stringContaining(cure) });
    expect(finding?.consequence).toMatch(/\w{3}/);
  });

  it('the command says the same, ends with 2, and shows no secret', async () => {
    const { code, said } = await doctor('--no-lead', '--json', '--tenant', 'north');
    const { ok, findings } = JSON.parse(said) as { ok: boolean; findings: Finding[] };
    expect([code, ok]).toEqual([2, false]);
    expect(findings.some(({ of }) => of.tenant === 'south')).toBe(false);
    expect(findings.filter(({ state }) => state === 'wrong').length).toBeGreaterThan(8);
    for (const hidden of ['changeme', 'EAAtoken', 'api_0123456789abcdef', 'eu1-0123456789abcdef'])
      expect(said).not.toContain(hidden);
  });
});

async function tokenOf(tenant: string): Promise<string> {
  const user = run.settings.tenants.find((one) => one.tenant === tenant)?.users[0];
  const answer = await run.post('/local/token', JSON.stringify({ user }));
  return ((await answer.json()) as { token: string }).token;
}

async function askHealth() {
  const answer = await fetch(`${run.url}/api/doctor`, {
    headers: { authorization: `Bearer ${await tokenOf('north')}` },
  });
  return { body: ((await answer.json()) as { data: { findings: Finding[] } }).data };
}
