import { createHmac } from 'node:crypto';
import { GetObjectCommand, PutObjectCommand, S3Client, S3ServiceException } from '@aws-sdk/client-s3';
import {
  GetSecretValueCommand,
  ResourceNotFoundException,
  SecretsManagerClient,
} from '@aws-sdk/client-secrets-manager';
import { SNSClient } from '@aws-sdk/client-sns';
import { SendMessageBatchCommand, SQSClient } from '@aws-sdk/client-sqs';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import { mockClient } from 'aws-sdk-client-mock';
import type * as AccountTable from '../../lambdas/aws/account-table.ts';
import type * as Handler from '../../lambdas/capture/handler.ts';
import { takeAll } from '../fixtures/published.ts';
import { serve } from '../fixtures/http-server.ts';
import { lineFields, logLines } from '../fixtures/log-lines.ts';
import { sentMessages, takeMessages } from '../fixtures/sent-messages.ts';
import { context, sqsEvent } from '../fixtures/sqs-event.ts';
import { startTable, TABLE } from '../fixtures/table.ts';

const s3 = mockClient(S3Client);
const sqs = mockClient(SQSClient);
const sns = mockClient(SNSClient);
const secretsManager = mockClient(SecretsManagerClient);
const appSecret = '0123456789abcdef0123456789abcdef';
const receivedAt = '2026-03-05T13:30:01.000Z';

let table: Awaited<ReturnType<typeof startTable>>;
let accounts: typeof AccountTable;
beforeAll(async () => {
  table = await startTable();
  accounts = await import('../../lambdas/aws/account-table.ts');
});
afterAll(() => table.stop());

let lines: ReturnType<typeof logLines>;
/** A page and a lead of this test alone. */
let page: string;
let lead: string;
let count = 0;
beforeEach(() => {
  for (const client of [s3, sqs, sns, secretsManager]) client.reset();
  s3.on(PutObjectCommand).resolves({});
  takeAll(sns);
  takeMessages(sqs);
  secretsManager.on(GetSecretValueCommand).rejects(new ResourceNotFoundException({ message: 'none', $metadata: {} }));
  count += 1;
  page = String(1000 + count);
  lead = String(9000 + 10 * count);
  secretHolds(`north/meta-token-${page}`, 'token-1', 'v1');
  secretHolds('north/meta-signature-key', appSecret, 'v1');
  lines = logLines();
});

function secretHolds(SecretId: string, SecretString: string, VersionId: string) {
  secretsManager
    .on(GetSecretValueCommand, { SecretId, VersionStage: 'AWSCURRENT' })
    .resolves({ SecretString, VersionId });
}

/** The function as it starts, with a Graph API that gives these answers by path, and what that was asked. */
let starts = 0;
async function start(answers: Record<string, unknown>) {
  const asked: URL[] = [];
  const url = await serve((request, response) => {
    const at = new URL(request.url ?? '', 'http://graph');
    asked.push(at);
    const answer = answers[at.pathname.replace('/v26.0/', '')];
    const { error } = (answer ?? {}) as { error?: unknown };
    response
      .writeHead(answer && !error ? 200 : 400)
      .end(JSON.stringify(answer ?? { error: { code: 100, error_subcode: 33 } }));
  });
  Object.assign(process.env, {
    BUCKET_NAME: 'leads',
    TABLE_NAME: TABLE,
    OWNER_QUEUE_URL: 'https://sqs/owner',
    CAPTURE_QUEUE_URL: 'https://sqs/capture',
    CAPTURE_DLQ_URL: 'https://sqs/capture-dlq',
    DELAY_SECONDS: '{"meta":600}',
    WAIT_FOR: '{"meta":"owner"}',
    FIELDS: '{}',
    TIME_ZONES: '{"north":"Europe/Berlin"}',
    GRAPH_URL: `${url}/v26.0`,
    ACCOUNT_TOKEN_SECRET_NAME: '{tenant}/{source}-token-{account}',
    SIGNATURE_SECRET_NAME: '{tenant}/{source}-signature-key',
    TIMEOUT_SECONDS: '20',
    CAPTURE_BULK_QUEUE_URL: 'https://sqs/capture-bulk',
    OWNER_BULK_QUEUE_URL: 'https://sqs/owner-bulk',
    ERASE_QUEUE_URL: 'https://sqs/erase',
    CATEGORY_TOPIC_ARN: 'arn:aws:sns:eu-west-1:1:categories',
    MEMBERSHIP: '{}',
    READ_WITHIN_SECONDS: '1200',
    METRICS_NAMESPACE: 'LeadRelay/test',
  });
  starts += 1;
  const { handler } = (await import(`../../lambdas/capture/handler.ts?start=${starts}`)) as typeof Handler;
  return { asked, take: (...messages: unknown[]) => handler(sqsEvent(...messages), context) };
}

const savePage = (more: object = {}) =>
  accounts.saveAccount(TABLE, { source: 'meta', id: page, tenant: 'north', name: 'Acme', ...more }, receivedAt);
const pageNow = () => accounts.accountOf(TABLE, { source: 'meta', id: page });

/** A delivery of these leads, and what S3 says of it. */
function stored(...leads: string[]) {
  const changes = leads.map((id) => ({
    field: 'leadgen',
    value: { leadgen_id: id, page_id: page, created_time: 1772717398 },
  }));
  const body = Buffer.from(JSON.stringify({ object: 'page', entry: [{ id: page, changes }] }));
  const key = `source/meta_event_${leads[0]}.json`;
  s3.on(GetObjectCommand, { Bucket: 'leads', Key: key }).resolves({
    Body: { transformToByteArray: async () => body } as never,
    Metadata: { source: 'meta', 'received-at': receivedAt, origin: 'webhook', 'correlation-id': 'request-1' },
  });
  return { Records: [{ s3: { bucket: { name: 'leads' }, object: { key } } }] };
}
const recordOf = (id: string) => ({
  id,
  form_id: '77',
  platform: 'ig',
  field_data: [{ name: 'full_name', values: ['Zoë Müller'] }],
});
const sent = () => sentMessages(sqs);
const refusal = { error: { code: 190, error_subcode: 463, message: 'Session has expired', type: 'OAuthException' } };

describe('a new lead of Meta', () => {
  it('is read at the Graph API, kept as received, and told at once where its page names its owner', async () => {
    await savePage({ owner: 'Ada Lovelace' });
    const { take, asked } = await start({ [lead]: recordOf(lead), '77': { name: 'Spring offer' } });
    expect(await take(stored(lead))).toEqual({ batchItemFailures: [] });

    expect(asked.map(({ pathname }) => pathname)).toEqual([`/v26.0/${lead}`, '/v26.0/77']);
    const proof = createHmac('sha256', appSecret).update('token-1').digest('hex');
    for (const { searchParams } of asked) {
      expect(searchParams.get('access_token')).toBe('token-1');
      expect(searchParams.get('appsecret_proof')).toBe(proof);
    }
    const { input: details } = s3.commandCalls(PutObjectCommand)[0]?.args[0] ?? {};
    expect(details).toMatchObject({
      Key: `details/north/meta_lead_${lead}.json`,
      Body: JSON.stringify(recordOf(lead)),
    });

    expect(await table.row(`north#LEAD#${lead}`, 'LEAD')).toMatchObject({
      source: 'meta',
      facts: { display_name: 'Zoë Müller', attribution: { platform: 'ig', form: 'Spring offer', page: 'Acme' } },
      receivedAt,
      dueAt: receivedAt,
      queuedAt: expect.any(String),
      account: page,
      accountOwner: { name: 'Ada Lovelace', email: null },
      list: 'Meta Ads Leads',
      remark: `Meta Lead ID: ${lead}`,
      status: 'new',
      nextCallDate: '2026-03-05',
    });
    expect(await table.row('north#LISTS', 'LIST#Meta Ads Leads')).toMatchObject({
      description: 'Leads automatically imported from Meta Ads',
    });
    expect(await table.row(`north#LEAD#${lead}`, `EVENT#${lead}`)).toMatchObject({ outcome: 'done' });
    expect(sent()).toEqual([
      {
        to: 'https://sqs/owner',
        delay: 0,
        body: {
          v: 1,
          tenant: 'north',
          lead_id: lead,
          source: 'meta',
          correlation_id: 'request-1',
          notBefore: receivedAt,
        },
      },
    ]);
  });

  it('is one line of the log, with ids and numbers only', async () => {
    await savePage();
    const { take } = await start({ [lead]: recordOf(lead), '77': { name: 'Spring offer' } });
    await take(stored(lead));
    expect(lines).toEqual([
      expect.objectContaining({
        step: 'capture',
        outcome: 'done',
        source: 'meta',
        tenant: 'north',
        lead_id: lead,
        Due: 1,
      }),
    ]);
    for (const line of lines)
      expect([...lineFields, 'Captured', 'Due']).toEqual(expect.arrayContaining(Object.keys(line)));
    expect(JSON.stringify(lines)).not.toMatch(/Zoë|Spring|Acme|token-1/);
  });

  it('has its form and its list looked up once for all leads of a while', async () => {
    await savePage();
    const ids = [0, 1, 2, 3, 4].map((n) => String(Number(lead) + n));
    const answers = Object.fromEntries(ids.map((id) => [id, recordOf(id)]));
    const { take, asked } = await start({ ...answers, '77': { name: 'Spring offer' } });
    await take(stored(...ids));
    expect(asked.filter(({ pathname }) => pathname === '/v26.0/77')).toHaveLength(1);
    expect(sent()).toHaveLength(5);
  });

  it('whose vendor is down waits, and is no failure', async () => {
    await savePage();
    const { take } = await start({ [lead]: { error: { code: 2, message: 'Service temporarily unavailable' } } });
    expect(await take(stored(lead))).toEqual({ batchItemFailures: [] });
    expect(sent()).toEqual([
      {
        to: 'https://sqs/capture',
        delay: 10,
        body: {
          v: 1,
          key: `source/meta_event_${lead}.json`,
          from: 0,
          to: 1,
          since: expect.any(String),
          notBefore: expect.any(String),
        },
      },
    ]);
    expect(lines.at(-1)).toMatchObject({
      outcome: 'waiting',
      reason: 'Failed to fetch lead details (Graph API: code 2)',
      DetailsLateSeconds: 0,
    });
  });

  it('that waited a day is on the DLQ with the reason', async () => {
    await savePage();
    const { take } = await start({ [lead]: { error: { code: 2 } } });
    stored(lead);
    const since = new Date(Date.now() - 24 * 3600_000).toISOString();
    await take({ v: 1, key: `source/meta_event_${lead}.json`, from: 0, to: 1, since });
    expect(sent()).toMatchObject([
      { to: 'https://sqs/capture-dlq', body: { v: 1, key: `source/meta_event_${lead}.json`, from: 0, to: 1 } },
    ]);
    expect(sent()[0]?.reason).toBe('waited 24 hours: Failed to fetch lead details (Graph API: code 2)');
    expect(sent()[0]?.body).not.toHaveProperty('since');
  });

  it('that Meta has no more is told from what was kept of it', async () => {
    await savePage();
    const { take } = await start({});
    s3.on(GetObjectCommand, { Key: `details/north/meta_lead_${lead}.json` }).resolves({
      Body: { transformToString: async () => JSON.stringify(recordOf(lead)) } as never,
    });
    await take(stored(lead));
    expect(lines.at(-1)).toMatchObject({ outcome: 'done' });
  });

  it('that Meta has no more, and of which nothing was kept, is broken', async () => {
    await savePage();
    const { take } = await start({});
    s3.on(GetObjectCommand).rejects(
      new S3ServiceException({ name: 'AccessDenied', $fault: 'client', $metadata: { httpStatusCode: 403 } }),
    );
    await take(stored(lead));
    expect(lines.at(-1)).toMatchObject({
      outcome: 'broken',
      reason: 'Meta has no such lead, or does not show it (Graph API: code 100, subcode 33)',
      Broken: 1,
    });
  });
});

describe('a token that Meta refuses', () => {
  it('parks the lead, is noted with the page, and has the page looked after in a moment', async () => {
    await savePage();
    const { take } = await start({ [lead]: refusal });
    expect(await take(stored(lead))).toEqual({ batchItemFailures: [] });
    const reason = `Invalid Meta Page Access Token for page_id: ${page} (Graph API: code 190, subcode 463). Replace it with npm run pages -- token ${page}`;
    expect(await table.row(`north#PARKED#meta#${page}`, `EVENT#${lead}`)).toMatchObject({ reason, index: 0 });
    expect(await table.row(`north#LEAD#${lead}`, `EVENT#${lead}`)).toMatchObject({ outcome: 'parked', reason });
    const { refused, watchUntil } = (await pageNow()) ?? {};
    expect(refused).toEqual({ since: expect.any(String), token: 'v1' });
    expect(sent()).toEqual([
      {
        to: 'https://sqs/capture',
        delay: 15,
        body: {
          v: 1,
          watch: { source: 'meta', account: page },
          tick: 0,
          until: watchUntil,
          notBefore: expect.any(String),
        },
      },
    ]);
    expect(lines.at(-1)).toMatchObject({ outcome: 'parked', reason, Parked: 1, TokenRefused: 1 });
  });

  it('is not tried with the next leads, nor with those of the same delivery that have not begun', async () => {
    await savePage();
    const ids = Array.from({ length: 8 }, (_, n) => String(Number(lead) + n));
    const { take, asked } = await start(Object.fromEntries(ids.map((id) => [id, refusal])));
    await take(stored(...ids));
    expect(asked.length).toBeLessThanOrEqual(4);
    const before = asked.length;
    await take(stored(String(Number(lead) + 9)));
    expect(asked).toHaveLength(before);
    expect(lines).toHaveLength(9);
    expect(lines.every(({ outcome }) => outcome === 'parked')).toBe(true);
  });

  it('and is replaced is noticed by the next look, which tries one lead; that one has all others follow', async () => {
    await savePage();
    const answers: Record<string, unknown> = { [lead]: refusal };
    const { take } = await start(answers);
    await take(stored(lead));
    const { watchUntil = 0 } = (await pageNow()) ?? {};
    // Some time later, in another process, which has not read the token yet.
    secretHolds(`north/meta-token-${page}`, 'token-2', 'v2');
    answers[lead] = recordOf(lead);
    const later = await start(answers);
    sqs.resetHistory();
    await later.take({
      v: 1,
      watch: { source: 'meta', account: page },
      tick: 0,
      until: watchUntil,
      notBefore: receivedAt,
    });
    const probe = { v: 1, key: `source/meta_event_${lead}.json`, from: 0, to: 1, retry: 'probe' };
    const [tried, next, ...more] = sent();
    expect(tried).toEqual({ to: 'https://sqs/capture', delay: 0, body: probe });
    expect(next).toMatchObject({ to: 'https://sqs/capture', delay: 60, body: { tick: 1 } });
    expect(more).toEqual([]);
    sqs.resetHistory();
    await later.take(probe);
    expect(later.asked[0]?.searchParams.get('access_token')).toBe('token-2');
    expect((await pageNow())?.refused).toBeUndefined();
    expect(await table.row(`north#PARKED#meta#${page}`, `EVENT#${lead}`)).toBeUndefined();
    expect(await table.row(`north#LEAD#${lead}`, `EVENT#${lead}`)).toMatchObject({ outcome: 'done' });
    expect(sent()).toMatchObject([
      { to: 'https://sqs/capture', delay: 0, body: { ...probe, retry: 'released' } },
      { to: 'https://sqs/owner', body: { lead_id: lead } },
    ]);
  });
});

describe('a page that nobody has', () => {
  it('has its leads kept as nobody’s, and those that come when somebody has it follow at once', async () => {
    const { take, asked } = await start({ [lead]: recordOf(lead) });
    await take(stored(lead));
    const reason = `No user found for page_id: ${page}`;
    expect(asked).toEqual([]);
    expect(await table.row(`none#LEAD#${lead}`, `EVENT#${lead}`)).toMatchObject({ outcome: 'no_route', reason });
    expect(await table.row(`none#PARKED#meta#${page}`, `EVENT#${lead}`)).toMatchObject({ reason });
    expect(lines).toEqual([expect.objectContaining({ outcome: 'no_route', reason, tenant: 'none', NoRoute: 1 })]);
    await savePage();
    await take({ v: 1, key: `source/meta_event_${lead}.json`, from: 0, to: 1, retry: 'released' });
    expect(lines.at(-1)).toMatchObject({ outcome: 'done', tenant: 'north' });
  });
});

it('a delivery of many leads is cut, and its slices are sent ten at a time, on the lane of what comes in bulk', async () => {
  await savePage();
  const { take, asked } = await start({});
  const ids = Array.from({ length: 301 }, (_, n) => String(1_000_000 + n));
  expect(await take(stored(...ids))).toEqual({ batchItemFailures: [] });
  const batches = sqs.commandCalls(SendMessageBatchCommand).map(({ args: [{ input }] }) => input.QueueUrl);
  expect(batches).toEqual(['https://sqs/capture-bulk', 'https://sqs/capture-bulk']);
  expect(sent()).toHaveLength(13);
  expect(sent().at(-1)?.body).toEqual({
    v: 1,
    key: `source/meta_event_${ids[0]}.json`,
    from: 300,
    to: 301,
    bulk: true,
  });
  expect(asked).toEqual([]);
});

it('a slice that fails says in the log which delivery it was of', async () => {
  const { take } = await start({});
  s3.on(GetObjectCommand).rejects(new S3ServiceException({ name: 'SlowDown', $fault: 'server', $metadata: {} }));
  const { batchItemFailures } = await take({ v: 1, key: 'source/meta_event_x.json', from: 0, to: 1 });
  expect(batchItemFailures).toHaveLength(1);
  expect(lines).toMatchObject([{ outcome: 'failed', reason: 'SlowDown', raw_key: 'source/meta_event_x.json' }]);
});
