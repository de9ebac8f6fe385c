import { readFileSync } from 'node:fs';
import { GetObjectCommand, S3Client, S3ServiceException } from '@aws-sdk/client-s3';
import { PublishBatchCommand, SNSClient, SNSServiceException } from '@aws-sdk/client-sns';
import { SendMessageBatchCommand, SQSClient } from '@aws-sdk/client-sqs';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import { mockClient } from 'aws-sdk-client-mock';
import type * as Handler from '../../lambdas/capture/handler.ts';
import { publishedIn, takeAll } from '../fixtures/published.ts';
import { lineFields, logLines } from '../fixtures/log-lines.ts';
import { sentMessages, takeMessages } from '../fixtures/sent-messages.ts';
import { context, sqsEvent } from '../fixtures/sqs-event.ts';
import { startTable, TABLE } from '../fixtures/table.ts';

const s3 = mockClient(S3Client);
const sqs = mockClient(SQSClient);
const sns = mockClient(SNSClient);

let table: Awaited<ReturnType<typeof startTable>>;
let handler: typeof Handler.handler;
beforeAll(async () => {
  table = await startTable();
  Object.assign(process.env, {
    BUCKET_NAME: 'leads',
    TABLE_NAME: TABLE,
    OWNER_QUEUE_URL: 'https://sqs/owner',
    CAPTURE_QUEUE_URL: 'https://sqs/capture',
    CAPTURE_DLQ_URL: 'https://sqs/capture-dlq',
    DELAY_SECONDS: '{"close":600}',
    WAIT_FOR: '{}',
    TIME_ZONES: '{"north":"Europe/Berlin"}',
    ACCOUNT_TOKEN_SECRET_NAME: '{tenant}/{source}-token-{account}',
    SIGNATURE_SECRET_NAME: '{tenant}/{source}-signature-key',
    TIMEOUT_SECONDS: '20',
    FIELDS: '{"close":{"funnel":"cf_funnel","names":{"cf_budget":"Budget"}}}',
    CAPTURE_BULK_QUEUE_URL: 'https://sqs/capture-bulk',
    OWNER_BULK_QUEUE_URL: 'https://sqs/owner-bulk',
    ERASE_QUEUE_URL: 'https://sqs/erase',
    CATEGORY_TOPIC_ARN: 'arn:aws:sns:eu-west-1:1:categories',
    MEMBERSHIP: '{"*":{"lifecycleStages":{},"statusLabels":{"Customer":"subscribed"}}}',
    READ_WITHIN_SECONDS: '1200',
    METRICS_NAMESPACE: 'LeadRelay/test',
  });
  ({ handler } = await import('../../lambdas/capture/handler.ts'));
});
afterAll(() => table.stop());

let lines: ReturnType<typeof logLines>;
let leadId: string;
let count = 0;
beforeEach(() => {
  s3.reset();
  sqs.reset();
  sns.reset();
  takeMessages(sqs);
  takeAll(sns);
  lines = logLines();
  count += 1;
  leadId = `lead_${count}`;
});

const receivedAt = new Date().toISOString();
const origin = {
  source: 'close',
  tenant: 'north',
  'received-at': receivedAt,
  origin: 'webhook',
  'correlation-id': 'request-1',
};
const key = () => `source/crm_event_${leadId}.json`;

/** What S3 says when an object was stored, and the object: a delivery with the lead id of this test. */
function stored(file: string, metadata: Record<string, string> = origin, objectKey = key(), change: object = {}) {
  const path = new URL(`../fixtures/close/deliveries/${file}.json`, import.meta.url);
  const content = JSON.parse(readFileSync(path, 'utf8').replaceAll('lead_Zq3', leadId)) as object;
  const body = Buffer.from(JSON.stringify({ ...content, ...change }));
  s3.on(GetObjectCommand, { Bucket: 'leads', Key: objectKey }).resolves({
    Body: { transformToByteArray: async () => body } as never,
    Metadata: metadata,
  });
  return { Records: [{ s3: { bucket: { name: 'leads' }, object: { key: objectKey } } }] };
}
const sent = () => sentMessages(sqs).map(({ body }) => body);
const announced = () => publishedIn(sns);
const row = (sortKey: string) => table.row(`north#LEAD#${leadId}`, sortKey);

describe('a new lead of Close', () => {
  it('is kept and put into its wait', async () => {
    expect(await handler(sqsEvent(stored('lead-created')), context)).toEqual({ batchItemFailures: [] });
    const dueAt = new Date(Date.parse(receivedAt) + 600_000).toISOString();
    expect(await row('LEAD')).toMatchObject({
      receivedAt,
      dueAt,
      rawKey: key(),
      queuedAt: expect.any(String),
      facts: { display_name: 'Zoë Müller', funnel: 'Webinar' },
    });
    expect(sent()).toEqual([
      { v: 1, tenant: 'north', lead_id: leadId, source: 'close', correlation_id: 'request-1', notBefore: dueAt },
    ]);
    expect(await row('EVENT#ev_created')).toMatchObject({
      outcome: 'done',
      raw_key: key(),
      event_type: 'created',
      received: new Set([`${key()}#1`]),
    });
  });

  it('has its category announced once, without anything that a person typed', async () => {
    const notification = stored('lead-created');
    await handler(sqsEvent(notification), context);
    await handler(sqsEvent(notification), context);
    expect(await row('LEAD')).toMatchObject({ category: 'pending', categoryVersion: 1, announcements: {} });
    expect(announced()).toHaveLength(1);
    const [{ TopicArn, Message = '', MessageAttributes } = {}] = announced();
    const words = JSON.parse(Message) as { default: string; email: string };
    expect(TopicArn).toBe('arn:aws:sns:eu-west-1:1:categories');
    expect(JSON.parse(words.default)).toMatchObject({ id: `north/${leadId}/1`, category: 'pending', previous: null });
    expect(MessageAttributes).toMatchObject({ category: { StringValue: 'pending' }, source: { StringValue: 'close' } });
    expect(Message).not.toMatch(/Zoë|Webinar|150k/);
  });

  it('is told though the topic can’t take its category now, which is announced with the next try', async () => {
    sns
      .on(PublishBatchCommand)
      .rejects(new SNSServiceException({ name: 'Throttled', $fault: 'client', $metadata: { httpStatusCode: 429 } }));
    expect(await handler(sqsEvent(stored('lead-created')), context)).toEqual({ batchItemFailures: [] });
    expect(await row('LEAD')).toHaveProperty('queuedAt');
    expect(await row('EVENT#ev_created')).toMatchObject({ outcome: 'parked' });
    expect(sent()).toMatchObject([
      { lead_id: leadId },
      { v: 1, key: key(), from: 0, to: 1, notBefore: expect.any(String) },
    ]);
    expect(lines.at(-1)).toMatchObject({
      outcome: 'waiting',
      reason: 'Failed to announce its category (SNS: Throttled)',
    });
  });

  it('is one line of the log, with ids and numbers only', async () => {
    await handler(sqsEvent(stored('lead-created')), context);
    expect(lines).toEqual([
      expect.objectContaining({
        step: 'capture',
        outcome: 'done',
        source: 'close',
        tenant: 'north',
        lead_id: leadId,
        event_id: 'ev_created',
        correlation_id: 'request-1',
        attempt: 1,
        Captured: 1,
        Due: 1,
      }),
    ]);
    for (const line of lines)
      expect([...lineFields, 'Captured', 'Due']).toEqual(expect.arrayContaining(Object.keys(line)));
    expect(JSON.stringify(lines)).not.toMatch(/Zoë|Webinar|150k/);
  });

  it('that is a test is put into its wait like any other, and not counted as one', async () => {
    await handler(sqsEvent(stored('lead-created', origin, key(), { lead_relay: { test: true } })), context);
    expect(await row('LEAD')).toMatchObject({ isTest: true, queuedAt: expect.any(String) });
    expect(sent()).toHaveLength(1);
    expect(lines.at(-1)).toMatchObject({ outcome: 'done', lead_id: leadId, Captured: 1 });
    expect(lines.at(-1)).not.toHaveProperty('Due');
  });

  it('starts one wait where S3 tells of it twice', async () => {
    const notification = stored('lead-created');
    await handler(sqsEvent(notification), context);
    await handler(sqsEvent(notification), context);
    expect(sent()).toHaveLength(1);
    expect(lines.at(-1)).toMatchObject({ outcome: 'duplicate', reason: 'already done', Captured: 1 });
    expect(lines.at(-1)).not.toHaveProperty('Duplicate');
    expect(lines.at(-1)).not.toHaveProperty('Due');
  });
});

it('an event that is not about a lead is recorded as not for us', async () => {
  await handler(sqsEvent(stored('opportunity-updated')), context);
  expect(await row('EVENT#ev_oppo')).toMatchObject({ outcome: 'not_for_us', event: 'opportunity.updated' });
  expect(lines.at(-1)).toMatchObject({ outcome: 'not_for_us', Captured: 1, NotForUs: 1 });
  expect(sent()).toEqual([]);
});

it('an object that does not say where it came from is recorded as broken, and acknowledged', async () => {
  expect(await handler(sqsEvent(stored('lead-created', {})), context)).toEqual({ batchItemFailures: [] });
  expect(await table.row(`none#RAW#${key()}`, 'EVENT#delivery')).toMatchObject({
    outcome: 'broken',
    source: 'unknown',
  });
  expect(lines.at(-1)).toMatchObject({ outcome: 'broken', Captured: 1, Broken: 1 });
});

it('an object that is nothing of its source is recorded as broken, without a time that nobody said', async () => {
  const nothing = { event: { id: 'ev_1' } };
  expect(await handler(sqsEvent(stored('lead-created', origin, key(), nothing)), context)).toEqual({
    batchItemFailures: [],
  });
  const recorded = await table.row(`north#RAW#${key()}`, 'EVENT#delivery');
  expect(recorded).toMatchObject({ outcome: 'broken', source: 'close', reason: 'not a Close event' });
  expect(recorded).not.toHaveProperty('occurred_at');
  expect(lines.at(-1)).toMatchObject({ outcome: 'broken', Captured: 1, Broken: 1 });
});

it('an object of a source that nobody knows is recorded as broken', async () => {
  for (const source of ['salesforce', '__proto__']) {
    await handler(sqsEvent(stored('lead-created', { ...origin, source }, `source/${source}.json`)), context);
    expect(await table.row(`north#RAW#source/${source}.json`, 'EVENT#delivery')).toMatchObject({
      outcome: 'broken',
      source,
    });
  }
});

it('S3’s test of the notification is acknowledged', async () => {
  const test = { Service: 'Amazon S3', Event: 's3:TestEvent', Bucket: 'leads' };
  expect(await handler(sqsEvent(test), context)).toEqual({ batchItemFailures: [] });
  expect(s3.calls()).toEqual([]);
});

describe('what fails comes back, and nothing else:', () => {
  it('a message that is not from S3', async () => {
    expect(await handler(sqsEvent('rubbish', stored('lead-created')), context)).toEqual({
      batchItemFailures: [{ itemIdentifier: 'message-0' }],
    });
    expect(await row('LEAD')).toHaveProperty('queuedAt');
    const line = lines.find(({ outcome }) => outcome === 'failed');
    expect(line).toMatchObject({ step: 'capture', reason: 'SyntaxError', attempt: 1 });
    expect(line).not.toHaveProperty('raw_key');
  });

  it.each([
    ['can’t be read', 503, 'SlowDown', 'SlowDown'],
    ['is not there, though nobody erased it', 404, 'NoSuchKey', 'the delivery is not in source/'],
  ])('an object that %s', async (_, httpStatusCode, name, reason) => {
    s3.on(GetObjectCommand).rejects(new S3ServiceException({ name, $fault: 'client', $metadata: { httpStatusCode } }));
    const notification = { Records: [{ s3: { object: { key: key() } } }] };
    expect(await handler(sqsEvent(notification), context)).toEqual({
      batchItemFailures: [{ itemIdentifier: 'message-0' }],
    });
    expect(lines).toEqual([
      expect.objectContaining({
        step: 'capture',
        outcome: 'failed',
        reason,
        raw_key: key(),
        attempt: 1,
      }),
    ]);
  });

  it('a lead that the queue does not take; next time it is taken', async () => {
    sqs.on(SendMessageBatchCommand).rejectsOnce(new Error('SQS is down')).resolves({});
    const notification = stored('lead-created');
    expect((await handler(sqsEvent(notification), context)).batchItemFailures).toHaveLength(1);
    expect(await row('LEAD')).not.toHaveProperty('queuedAt');
    expect(await handler(sqsEvent(notification), context)).toEqual({ batchItemFailures: [] });
    expect(await row('LEAD')).toHaveProperty('queuedAt');
  });
});
