import { GetObjectCommand, ListObjectsV2Command, S3Client } from '@aws-sdk/client-s3';
import { GetQueueAttributesCommand, SendMessageBatchCommand, SQSClient } from '@aws-sdk/client-sqs';
import { afterAll, beforeAll, beforeEach, expect, it } from '@jest/globals';
import { mockClient } from 'aws-sdk-client-mock';
import type * as LeadTable from '../../lambdas/aws/lead-table.ts';
import type * as RescueTable from '../../lambdas/aws/rescue-table.ts';
import type * as Handler from '../../lambdas/sweep/handler.ts';
import { fullFacts } from '../fixtures/lead.ts';
import { lineFields, logLines } from '../fixtures/log-lines.ts';
import { sentMessages, takeMessages } from '../fixtures/sent-messages.ts';
import { context, sqsEvent } from '../fixtures/sqs-event.ts';
import { startTable, TABLE } from '../fixtures/table.ts';

const s3 = mockClient(S3Client);
const sqs = mockClient(SQSClient);

let table: Awaited<ReturnType<typeof startTable>>;
let handler: typeof Handler.handler;
let leads: typeof LeadTable;
let rescues: typeof RescueTable;
beforeAll(async () => {
  table = await startTable();
  leads = await import('../../lambdas/aws/lead-table.ts');
  rescues = await import('../../lambdas/aws/rescue-table.ts');
  await rescues.noteListing(TABLE, ago(9000));
  Object.assign(process.env, {
    TABLE_NAME: TABLE,
    BUCKET_NAME: 'leads',
    TENANTS: '["north"]',
    SWEEP_QUEUE_URL: 'https://sqs/sweep',
    CAPTURE_QUEUE_URL: 'https://sqs/capture',
    CAPTURE_BULK_QUEUE_URL: 'https://sqs/capture-bulk',
    OWNER_QUEUE_URL: 'https://sqs/owner',
    OWNER_BULK_QUEUE_URL: 'https://sqs/owner-bulk',
    DIGEST_SECONDS: '60',
    LOST_AFTER_SECONDS: '1200',
    METRICS_NAMESPACE: 'LeadRelay/test',
  });
  ({ handler } = await import('../../lambdas/sweep/handler.ts'));
});
afterAll(() => table.stop());

let lines: ReturnType<typeof logLines>;
beforeEach(() => {
  s3.reset();
  sqs.reset();
  takeMessages(sqs);
  sqs.on(GetQueueAttributesCommand).resolves({ Attributes: { ApproximateNumberOfMessages: '3' } });
  s3.on(ListObjectsV2Command).resolves({});
  lines = logLines();
});

const inTime = { ...context, getRemainingTimeInMillis: () => 120_000 };
const take = (message: object) => handler(sqsEvent(message), inTime);
const ago = (minutes: number) => new Date(Date.now() - minutes * 60_000).toISOString();
const sent = () => sentMessages(sqs).map(({ to, body }) => [to, body]);

it('starts a lead again that is due and not told, and counts that', async () => {
  const lead = { tenant: 'north', lead_id: 'lead_1', source: 'close' };
  const created = { receivedAt: ago(50), dueAt: ago(40), rawKey: 'source/crm_event_lead_1.json', isTest: false };
  const row = await leads.saveLead(TABLE, { ...lead, facts: fullFacts, asOf: ago(50), created }, ago(50));
  await leads.markQueued(TABLE, row, ago(50));
  expect(await take({ v: 1, sweep: 'due' })).toEqual({ batchItemFailures: [] });
  expect(sent()).toEqual([['https://sqs/owner-bulk', { v: 1, ...lead, notBefore: expect.any(String), bulk: true }]]);
  expect(lines).toMatchObject([
    { step: 'sweep', outcome: 'rescued', reason: 'not_told: 1', ...lead, Rescued: 1, RescuedNotTold: 1 },
    { step: 'sweep', outcome: 'swept', reason: 'due', Rescued: 0 },
  ]);
  for (const line of lines)
    expect([...lineFields, 'Rescued', 'RescuedNotTold']).toEqual(expect.arrayContaining(Object.keys(line)));
  await take({ v: 1, sweep: 'due' });
  expect(sent()).toHaveLength(1);
});

it('has a delivery read that nobody read, and counts that', async () => {
  const body = JSON.stringify({
    event: { id: 'ev_9', object_type: 'lead', action: 'created', object_id: 'lead_9', lead_id: 'lead_9', data: {} },
  });
  const LastModified = new Date(ago(30));
  s3.on(ListObjectsV2Command).resolves({ Contents: [{ Key: 'source/crm_event_lead_9.json', LastModified }] });
  s3.on(GetObjectCommand).callsFake(async () => ({
    Metadata: { source: 'close', tenant: 'north', 'received-at': ago(30) },
    Body: { transformToByteArray: async () => Buffer.from(body) },
  }));
  await take({ v: 1, sweep: 'stored' });
  const batches = sqs.commandCalls(SendMessageBatchCommand).map(({ args: [{ input }] }) => input);
  expect(batches.map(({ QueueUrl }) => QueueUrl)).toEqual(['https://sqs/capture-bulk']);
  expect(JSON.parse(batches[0]?.Entries?.[0]?.MessageBody ?? '')).toMatchObject({
    key: 'source/crm_event_lead_9.json',
    from: 0,
    to: 1,
    bulk: true,
    rescuedAt: expect.any(String),
  });
  expect(lines[0]).toMatchObject({
    outcome: 'rescued',
    reason: 'not_captured: 1',
    raw_key: 'source/crm_event_lead_9.json',
    Rescued: 1,
    RescuedNotCaptured: 1,
  });
});

it('counts what is started again in vain for a day', async () => {
  for (const [lead_id, hours] of [
    ['lead_2', 23],
    ['lead_3', 25],
  ] as const) {
    const lead = { tenant: 'north', lead_id, source: 'close' };
    const created = { receivedAt: ago(5000), dueAt: ago(4990), rawKey: `source/${lead_id}.json`, isTest: false };
    await leads.saveLead(TABLE, { ...lead, facts: fullFacts, asOf: ago(5000), created }, ago(5000));
    for (const before of [0, 1, 2])
      await rescues.noteRescue(TABLE, lead, { at: ago(hours * 60), what: 'not_queued' }, before);
  }
  await take({ v: 1, sweep: 'due' });
  expect(lines.filter(({ outcome }) => outcome === 'in_vain')).toMatchObject([
    { lead_id: 'lead_2', RescuedInVain: 1 },
    { lead_id: 'lead_3' },
  ]);
  expect(lines.find(({ lead_id }) => lead_id === 'lead_3')).not.toHaveProperty('RescuedInVain');
});

it('goes on in a message to itself where there is no time left', async () => {
  const LastModified = new Date(ago(30));
  s3.on(ListObjectsV2Command).resolves({ Contents: [{ Key: 'source/a.json', LastModified }], IsTruncated: true });
  await handler(sqsEvent({ v: 1, sweep: 'stored' }), context);
  expect(sent()).toMatchObject([
    ['https://sqs/sweep', { sweep: 'stored', listing: { startedAt: expect.any(String) } }],
  ]);
  expect(lines.at(-1)).toMatchObject({ outcome: 'goes_on', reason: 'stored' });
});

it('parks a message that asks for something else', async () => {
  expect(await take({ v: 1, sweep: 'chimney' })).toEqual({ batchItemFailures: [{ itemIdentifier: 'message-0' }] });
});
