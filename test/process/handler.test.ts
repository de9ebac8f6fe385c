import type { IncomingMessage } from 'node:http';
import { GetObjectCommand, PutObjectCommand, S3Client, S3ServiceException } from '@aws-sdk/client-s3';
import {
  GetSecretValueCommand,
  ResourceNotFoundException,
  SecretsManagerClient,
} from '@aws-sdk/client-secrets-manager';
import { PublishCommand, SNSClient } from '@aws-sdk/client-sns';
import { SQSClient } from '@aws-sdk/client-sqs';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import { mockClient } from 'aws-sdk-client-mock';
import type * as LeadTable from '../../lambdas/aws/lead-table.ts';
import type * as Handler from '../../lambdas/process/handler.ts';
import { serve } from '../fixtures/http-server.ts';
import { fullFacts } from '../fixtures/lead.ts';
import { lineFields, logLines } from '../fixtures/log-lines.ts';
import { sentMessages, takeMessages } from '../fixtures/sent-messages.ts';
import { context, sqsEvent } from '../fixtures/sqs-event.ts';
import { startTable, TABLE } from '../fixtures/table.ts';

const s3 = mockClient(S3Client);
const sns = mockClient(SNSClient);
const sqs = mockClient(SQSClient);
const secretsManager = mockClient(SecretsManagerClient);
const slackSecret = 'https://hooks.slack.com/services/T0/B0/secret-part';

let table: Awaited<ReturnType<typeof startTable>>;
let leads: typeof LeadTable;
beforeAll(async () => {
  table = await startTable();
  leads = await import('../../lambdas/aws/lead-table.ts');
});
afterAll(() => table.stop());

let lines: ReturnType<typeof logLines>;
let leadId: string;
let count = 0;
beforeEach(() => {
  for (const client of [s3, sns, sqs, secretsManager]) client.reset();
  s3.on(PutObjectCommand).resolves({});
  lookupSays({ lead_owner: 'Grace Hopper', lead_email: 'zoe@example.org' });
  sns.on(PublishCommand).resolves({ MessageId: 'message-1' });
  takeMessages(sqs);
  secretsManager.on(GetSecretValueCommand).rejects(new ResourceNotFoundException({ message: 'none', $metadata: {} }));
  secretHolds('north/slack', slackSecret);
  lines = logLines();
  count += 1;
  leadId = `lead_${count}`;
});

function secretHolds(SecretId: string, SecretString: string) {
  secretsManager.on(GetSecretValueCommand, { SecretId, VersionStage: 'AWSCURRENT' }).resolves({ SecretString });
}

function lookupSays(content: object) {
  s3.on(GetObjectCommand, { Bucket: 'owners' }).callsFake(async ({ Key }: { Key: string }) => {
    const text = JSON.stringify({ lead_id: Key.replace('.json', ''), ...content });
    return { ContentLength: text.length, Body: { transformToString: async () => text } };
  });
}

/** A vendor that gives this answer, and what was asked of it. */
async function vendor(status = 200, body = 'ok', headers: Record<string, string> = {}) {
  const calls: { path: string | undefined; authorization: string | undefined; body: string }[] = [];
  const url = await serve((request, response) => {
    void textOf(request).then((text) => {
      calls.push({ path: request.url, authorization: request.headers.authorization, body: text });
      response.writeHead(status, headers).end(body);
    });
  });
  return { url, calls };
}

async function textOf(request: IncomingMessage): Promise<string> {
  const chunks: Buffer[] = [];
  for await (const chunk of request) chunks.push(chunk as Buffer);
  return Buffer.concat(chunks).toString();
}

/** A function as it starts, with these settings. */
let starts = 0;
async function coldStart(settings: Record<string, string>): Promise<typeof Handler.handler> {
  Object.assign(process.env, {
    BUCKET_NAME: 'leads',
    TABLE_NAME: TABLE,
    OWNER_QUEUE_URL: 'https://sqs/owner',
    OWNER_DLQ_URL: 'https://sqs/owner-dlq',
    OWNER_DIRECTORIES: '["lookup","close"]',
    LOOKUP_BUCKET: 'owners',
    LOOKUP_REGION: 'us-east-1',
    CLOSE_API_SECRET_NAME: '{tenant}/close-api-key',
    OWNER_SLACK_IDS: '{"Grace Hopper":"U012AB3CD"}',
    TIME_ZONES: '{"north":"Europe/Berlin"}',
    USE_EMAIL: 'true',
    SLACK_SECRET_NAME: '{tenant}/slack',
    SNS_TOPIC_ARN: 'arn:aws:sns:eu-west-1:123456789012:leads',
    PACE: '{}',
    TIMEOUT_SECONDS: '20',
    CAPTURE_BULK_QUEUE_URL: 'https://sqs.eu-west-1.amazonaws.com/1/capture-bulk',
    OWNER_BULK_QUEUE_URL: 'https://sqs.eu-west-1.amazonaws.com/1/owner-bulk',
    ACCOUNT_TOKEN_SECRET_NAME: 'lead-relay/test/{tenant}/{source}-token-{account}',
    MEMBERSHIP: '{}',
    ALERT_FOR: '{}',
    MAX_ALERTS_PER_MINUTE: '{}',
    METRICS_NAMESPACE: 'LeadRelay/test',
    ...settings,
  });
  starts += 1;
  return ((await import(`../../lambdas/process/handler.ts?start=${starts}`)) as typeof Handler).handler;
}

/** A lead that is due, in the table, and its message. */
async function dueLead(
  change: {
    tenant?: string;
    due?: number;
    isTest?: boolean;
    accountOwner?: { name: string; email: string | null };
  } = {},
) {
  const { tenant = 'north', due = Date.now() - 1000, isTest = false, accountOwner } = change;
  const dueAt = new Date(due).toISOString();
  const receivedAt = new Date(due - 600_000).toISOString();
  const created = { receivedAt, dueAt, rawKey: 'source/crm_event_x.json', isTest, accountOwner };
  await leads.saveLead(
    TABLE,
    { tenant, lead_id: leadId, source: 'close', facts: fullFacts, asOf: receivedAt, created },
    receivedAt,
  );
  return { v: 1, tenant, lead_id: leadId, source: 'close', correlation_id: 'request-1', notBefore: dueAt };
}
const row = () => table.row(`north#LEAD#${leadId}`, 'LEAD');
const sent = () => sentMessages(sqs);

describe('a lead that is due', () => {
  it('mentions the user who owns it, before whom the setting names, and reads the users once a minute', async () => {
    const { changeUser, noteUser } = await import('../../lambdas/aws/user-table.ts');
    const by = { id: 'boss', name: 'The Boss' };
    const person = { tenant: 'west', id: 'grace', name: 'Grace H.', email: 'grace@example.com', role: 'rep' };
    await noteUser(TABLE, person, '2026-03-05T13:30:00.000Z');
    const edit = { names: ['grace hopper'], slackMemberId: 'U0GRACE01' };
    await changeUser(TABLE, person, edit, { version: 0, by, at: '2026-03-05T13:30:00.000Z' });
    secretHolds('west/slack', slackSecret);
    const slack = await vendor();
    const handler = await coldStart({ SLACK_URL: slack.url });
    await handler(sqsEvent(await dueLead({ tenant: 'west' })), context);
    await changeUser(TABLE, person, { slackMemberId: 'U0OTHER01' }, { version: 1, by, at: '2026-03-05T13:31:00.000Z' });
    leadId = `${leadId}_again`;
    await handler(sqsEvent(await dueLead({ tenant: 'west' })), context);
    expect(slack.calls).toHaveLength(2);
    for (const { body } of slack.calls) {
      expect(body).toContain('"user_id":"U0GRACE01"');
      expect(body).not.toContain('U012AB3CD');
    }
  });

  it('is enriched into target/, and told in Slack and by e-mail', async () => {
    const slack = await vendor();
    const handler = await coldStart({ SLACK_URL: slack.url });
    expect(await handler(sqsEvent(await dueLead()), context)).toEqual({ batchItemFailures: [] });

    const { input: target } = s3.commandCalls(PutObjectCommand)[0]?.args[0] ?? {};
    expect(target?.Key).toBe(`target/crm_lead_${leadId}.json`);
    expect(JSON.parse(target?.Body as string)).toMatchObject({
      lead_id: leadId,
      lead_owner: 'Grace Hopper',
      tenant: 'north',
    });

    expect(slack.calls.map(({ path }) => path)).toEqual(['/services/T0/B0/secret-part']);
    expect(slack.calls[0]?.body).toContain(`"block_id":"${leadId}"`);
    expect(slack.calls[0]?.body).toContain('"user_id":"U012AB3CD"');

    const { input: mail } = sns.commandCalls(PublishCommand)[0]?.args[0] ?? {};
    expect(mail?.Subject).toBe('New lead: Zoe Muller (Potential) for Grace Hopper');
    expect(mail?.Message).toMatch(/^Created: .* \d\d:\d\d \(/m);
    expect(mail?.MessageAttributes?.['lead_id']?.StringValue).toBe(leadId);

    expect(await row()).toMatchObject({ enrichedAt: expect.any(String), toldAt: expect.any(String) });
  });

  it('links to what happened where the stage has a dashboard, whose address is read once', async () => {
    const { saveDashboard } = await import('../../lambdas/aws/stage-table.ts');
    const slack = await vendor();
    const told = async (settings: Record<string, string>) => {
      const handler = await coldStart({ SLACK_URL: slack.url, ...settings });
      for (const again of ['_a', '_b']) {
        leadId += again;
        await handler(sqsEvent(await dueLead()), context);
      }
      const mails = sns.commandCalls(PublishCommand).map(({ args }) => args[0].input.Message);
      return [...slack.calls.splice(0).map(({ body }) => body), ...mails.splice(-2)].map(
        (text) => /https:[^" )]*\/trace/.exec(text ?? '')?.[0].replace(/lead_\w+/, '…') ?? '',
      );
    };
    const four = (text: string) => Array.from({ length: 4 }, () => text);
    expect(await told({ USE_DASHBOARD: 'true', DASHBOARD_URL: '' })).toEqual(four(''));
    await saveDashboard(TABLE, 'https://d1.example.org', new Date().toISOString());
    expect(await told({ USE_DASHBOARD: 'true', DASHBOARD_URL: '' })).toEqual(
      four('https://d1.example.org/leads/…/trace'),
    );
    expect(await told({ USE_DASHBOARD: 'true', DASHBOARD_URL: 'https://own.example' })).toEqual(
      four('https://own.example/leads/…/trace'),
    );
    expect(await told({ USE_DASHBOARD: 'false', DASHBOARD_URL: '' })).toEqual(four(''));
  });

  it('is one line of the log, with ids and numbers only', async () => {
    const handler = await coldStart({ SLACK_URL: (await vendor()).url });
    await handler(sqsEvent(await dueLead()), context);
    expect(lines).toEqual([
      expect.objectContaining({
        step: 'process',
        outcome: 'told',
        source: 'close',
        tenant: 'north',
        lead_id: leadId,
        correlation_id: 'request-1',
        attempt: 1,
        Told: 1,
      }),
    ]);
    for (const line of lines) expect([...lineFields, 'Told']).toEqual(expect.arrayContaining(Object.keys(line)));
    expect(JSON.stringify(lines)).not.toMatch(/Zoë|zoe@|Grace|415 ?555|secret-part/);
  });

  it('is counted as nobody’s, and the miss with it, where the lookup has nothing', async () => {
    s3.on(GetObjectCommand, { Bucket: 'owners' }).rejects(
      new S3ServiceException({ name: 'AccessDenied', $fault: 'client', $metadata: { httpStatusCode: 403 } }),
    );
    const handler = await coldStart({ SLACK_URL: (await vendor()).url });
    await handler(sqsEvent(await dueLead()), context);
    expect(lines.find((line) => 'LookupMissesInARow' in line)).toMatchObject({
      LookupMissesInARow: expect.any(Number),
    });
    expect(lines.at(-1)).toMatchObject({ outcome: 'told', Told: 1, Unassigned: 1 });
  });

  it('is told to the user of its page where the lookup has nothing, which is no miss then', async () => {
    s3.on(GetObjectCommand, { Bucket: 'owners' }).rejects(
      new S3ServiceException({ name: 'AccessDenied', $fault: 'client', $metadata: { httpStatusCode: 403 } }),
    );
    const slack = await vendor();
    const handler = await coldStart({ SLACK_URL: slack.url, OWNER_DIRECTORIES: '["lookup","close","page"]' });
    const accountOwner = { name: 'Ada Lovelace', email: 'ada@example.com' };
    await handler(sqsEvent(await dueLead({ accountOwner })), context);
    const target = s3.commandCalls(PutObjectCommand)[0]?.args[0].input.Body as string;
    expect(JSON.parse(target)).toMatchObject({ lead_owner: 'Ada Lovelace', lead_owner_email: 'ada@example.com' });
    expect(slack.calls[0]?.body).toContain('Ada Lovelace');
    expect(lines).toEqual([expect.objectContaining({ outcome: 'told', Told: 1 })]);
    expect(lines[0]).not.toHaveProperty('Unassigned');
  });

  it('that a person added is told like any other, and that no directory knows it is no miss', async () => {
    s3.on(GetObjectCommand, { Bucket: 'owners' }).rejects(
      new S3ServiceException({ name: 'NoSuchKey', $fault: 'client', $metadata: { httpStatusCode: 404 } }),
    );
    leadId = `manual_${count}`;
    const { addLead } = await import('../../lambdas/aws/lead-edits.ts');
    const receivedAt = new Date(Date.now() - 1000).toISOString();
    const by = { id: 'ana', name: 'Ana Diaz' };
    await addLead(TABLE, {
      tenant: 'north',
      lead_id: leadId,
      source: 'manual',
      facts: fullFacts,
      receivedAt,
      rawKey: `source/${leadId}.json`,
      lastAction: { version: 1, at: receivedAt, by, kind: 'added', changes: [] },
      isToBeTold: true,
    });
    const slack = await vendor();
    const handler = await coldStart({ SLACK_URL: slack.url });
    const message = { v: 1, tenant: 'north', lead_id: leadId, source: 'manual', notBefore: receivedAt };
    expect(await handler(sqsEvent(message), context)).toEqual({ batchItemFailures: [] });
    const { input: target } = s3.commandCalls(PutObjectCommand)[0]?.args[0] ?? {};
    expect(target?.Key).toBe(`target/manual_lead_${leadId}.json`);
    expect(slack.calls[0]?.body).toContain('From: Added by hand');
    expect(lines.map(({ outcome }) => outcome)).toEqual(['told']);
    expect((await row())?.['GSI3PK']).toBeUndefined();
  });

  it('belongs to whom the lookup says, where that comes before the page', async () => {
    const handler = await coldStart({
      SLACK_URL: (await vendor()).url,
      OWNER_DIRECTORIES: '["lookup","close","page"]',
    });
    await handler(
      sqsEvent(await dueLead({ accountOwner: { name: 'Ada Lovelace', email: 'ada@example.com' } })),
      context,
    );
    const target = s3.commandCalls(PutObjectCommand)[0]?.args[0].input.Body as string;
    expect(JSON.parse(target)).toMatchObject({ lead_owner: 'Grace Hopper' });
  });

  it('that is a test is told like any other, and counted neither as told nor as nobody’s', async () => {
    s3.on(GetObjectCommand, { Bucket: 'owners' }).rejects(
      new S3ServiceException({ name: 'AccessDenied', $fault: 'client', $metadata: { httpStatusCode: 403 } }),
    );
    const slack = await vendor();
    const handler = await coldStart({ SLACK_URL: slack.url });
    await handler(sqsEvent(await dueLead({ isTest: true })), context);
    expect(slack.calls).toHaveLength(1);
    expect(sns.calls()).toHaveLength(1);
    expect(lines.at(-1)).toMatchObject({ outcome: 'told', lead_id: leadId });
    expect(lines.at(-1)).not.toHaveProperty('Told');
    expect(lines.at(-1)).not.toHaveProperty('Unassigned');
  });

  it('that is a test is counted where a channel refuses it: that is no test', async () => {
    const handler = await coldStart({ SLACK_URL: (await vendor(410, 'channel_is_archived')).url });
    await handler(sqsEvent(await dueLead({ isTest: true })), context);
    expect(lines.at(-1)).toMatchObject({ outcome: 'told', ChannelRefused: 1 });
    expect(lines.at(-1)).not.toHaveProperty('Told');
  });

  it('is told on one channel where the other is off', async () => {
    const slack = await vendor();
    const handler = await coldStart({ SLACK_URL: slack.url, USE_SLACK: 'false' });
    await handler(sqsEvent(await dueLead()), context);
    expect(slack.calls).toEqual([]);
    expect(sns.calls()).toHaveLength(1);
    process.env['USE_SLACK'] = 'true';
  });
});

it('a lead that is not due yet is sent again with the rest of its wait', async () => {
  const handler = await coldStart({});
  const message = await dueLead({ due: Date.now() + 300_000 });
  expect(await handler(sqsEvent(message), context)).toEqual({ batchItemFailures: [] });
  expect(sent()).toEqual([{ to: 'https://sqs/owner', delay: 300, body: message }]);
  expect(lines.at(-1)).toMatchObject({ outcome: 'early' });
});

describe('the Close API', () => {
  it('is asked with the tenant’s key, where there is one', async () => {
    secretHolds('north/close-api-key', 'api_key_1');
    const close = await vendor(200, JSON.stringify({ id: leadId, contacts: [{ phones: [{ phone: '+4930901820' }] }] }));
    const handler = await coldStart({ SLACK_URL: (await vendor()).url, CLOSE_API_URL: `${close.url}/api/v1` });
    await handler(sqsEvent(await dueLead()), context);
    expect(close.calls).toEqual([
      { path: `/api/v1/lead/${leadId}/`, authorization: 'Basic YXBpX2tleV8xOg==', body: '' },
    ]);
    expect(JSON.parse(s3.commandCalls(PutObjectCommand)[0]?.args[0].input.Body as string)).toMatchObject({
      phone: '+4930901820',
    });
  });

  it('is an alarm, and no reason to keep a lead from people, where the key is wrong', async () => {
    secretHolds('north/close-api-key', 'wrong');
    const close = await vendor(401, '{}');
    const handler = await coldStart({ SLACK_URL: (await vendor()).url, CLOSE_API_URL: close.url });
    await handler(sqsEvent(await dueLead()), context);
    expect(lines.map(({ outcome }) => outcome)).toEqual(['directory_refused', 'told']);
    expect(lines[0]).toMatchObject({ DirectoryRefused: 1, reason: 'close: Close answered 401' });
  });
});

describe('Slack', () => {
  it('makes the lead wait as long as it asks', async () => {
    const slack = await vendor(429, 'rate_limited', { 'retry-after': '42' });
    const handler = await coldStart({ SLACK_URL: slack.url });
    const message = await dueLead();
    expect(await handler(sqsEvent(message), context)).toEqual({ batchItemFailures: [] });
    expect(sent()).toEqual([
      {
        to: 'https://sqs/owner',
        delay: 42,
        body: { ...message, notBefore: expect.any(String), since: expect.any(String) },
      },
    ]);
    expect(lines.at(-1)).toMatchObject({
      outcome: 'waiting',
      reason: 'slack: Slack answered 429',
      Waited: 1,
      OverdueSeconds: expect.any(Number),
    });
    expect(sns.calls()).toHaveLength(1);
  });

  it.each([
    '',
    'changeme',
    'https://hooks.slack.com.evil.example/services/T/B/x',
    'http://hooks.slack.com/services/T/B/x',
    'https://hooks.slack.com/services/../x?y',
  ])('is not posted to where its secret is %j: the e-mail goes, and an alarm', async (value) => {
    secretHolds('north/slack', value);
    const slack = await vendor();
    const handler = await coldStart({ SLACK_URL: slack.url });
    await handler(sqsEvent(await dueLead()), context);
    expect(slack.calls).toEqual([]);
    expect(sns.calls()).toHaveLength(1);
    expect(lines.at(-1)).toMatchObject({
      outcome: 'told',
      reason: expect.stringMatching(/^slack: /),
      ChannelRefused: 1,
    });
  });

  it('parks the lead with the reason where it refuses for good and there is no e-mail', async () => {
    const slack = await vendor(410, 'channel_is_archived');
    const handler = await coldStart({ SLACK_URL: slack.url, USE_EMAIL: 'false' });
    const message = await dueLead();
    expect(await handler(sqsEvent(message), context)).toEqual({ batchItemFailures: [] });
    const { v, tenant, lead_id, notBefore } = message;
    expect(sent()).toEqual([
      {
        to: 'https://sqs/owner-dlq',
        delay: undefined,
        body: expect.objectContaining({ v, tenant, lead_id, notBefore }),
        reason: 'slack: Slack answered 410',
      },
    ]);
    expect(lines.at(-1)).toMatchObject({
      outcome: 'gave_up',
      reason: 'slack: Slack answered 410',
      GaveUp: 1,
      ChannelRefused: 1,
    });
    expect(await row()).not.toHaveProperty('toldAt');
    expect(await row()).toMatchObject({
      gaveUp: { reason: 'slack: Slack answered 410', at: expect.any(String) },
      lookups: [
        { directory: 'lookup', said: 'owner', at: expect.any(String) },
        { directory: 'close', said: 'nothing', at: expect.any(String) },
      ],
    });
  });
});

describe('what fails comes back:', () => {
  it.each<[string, unknown]>([
    ['a message that is not JSON', 'rubbish'],
    ['a message of another release', { v: 2, tenant: 'north', lead_id: 'x', notBefore: new Date().toISOString() }],
    [
      'a lead that nobody knows',
      { v: 1, tenant: 'north', lead_id: 'lead_unknown', notBefore: '2026-01-01T00:00:00.000Z' },
    ],
  ])('%s', async (_, body) => {
    const handler = await coldStart({});
    expect(await handler(sqsEvent(body), context)).toEqual({ batchItemFailures: [{ itemIdentifier: 'message-0' }] });
    expect(lines.at(-1)).toMatchObject({ step: 'process', outcome: 'failed', attempt: 1 });
  });

  it('with the ids of its lead in the log, where the message can be read', async () => {
    const handler = await coldStart({});
    const ids = { source: 'close', tenant: 'north', lead_id: 'lead_unknown', correlation_id: 'request-1' };
    const message = { v: 1, ...ids, notBefore: '2026-01-01T00:00:00.000Z' };
    await handler(sqsEvent(message, 'rubbish'), context);
    expect(lines).toEqual([
      expect.objectContaining({ ...ids, outcome: 'failed', reason: 'the lead is not in the table' }),
      expect.not.objectContaining({ lead_id: expect.anything() }),
    ]);
    expect(lines[1]).toMatchObject({ step: 'process', outcome: 'failed', reason: 'SyntaxError', attempt: 1 });
  });

  it('a lead whose lookup bucket is missing', async () => {
    s3.on(GetObjectCommand, { Bucket: 'owners' }).rejects(
      new S3ServiceException({ name: 'NoSuchBucket', $fault: 'client', $metadata: { httpStatusCode: 404 } }),
    );
    const slack = await vendor();
    const handler = await coldStart({ SLACK_URL: slack.url });
    expect((await handler(sqsEvent(await dueLead()), context)).batchItemFailures).toHaveLength(1);
    expect(slack.calls).toEqual([]);
    expect(lines.at(-1)).toMatchObject({ reason: 'NoSuchBucket' });
  });
});
