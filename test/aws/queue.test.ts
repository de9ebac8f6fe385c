import { SendMessageBatchCommand, SendMessageCommand, SQSClient } from '@aws-sdk/client-sqs';
import { beforeEach, describe, expect, it } from '@jest/globals';
import { mockClient } from 'aws-sdk-client-mock';
import { send, sendAll, sendToDlq } from '../../lambdas/aws/queue.ts';
import type { OwnerMessage } from '../../lambdas/core/owner-message.ts';
import { sentMessages, takeMessages } from '../fixtures/sent-messages.ts';

const sqs = mockClient(SQSClient);
beforeEach(() => {
  sqs.reset();
  takeMessages(sqs);
});

const now = Date.parse('2026-03-05T13:30:00.000Z');
const message: OwnerMessage = { v: 1, tenant: 'north', lead_id: 'lead_Zq3', notBefore: '2026-03-05T13:40:00.000Z' };
const parked = () => sqs.commandCalls(SendMessageCommand).map(({ args: [{ input }] }) => input);
const batches = () => sqs.commandCalls(SendMessageBatchCommand).map(({ args: [{ input }] }) => input);

it('sends the lead held back until its time', async () => {
  await send('https://sqs/owner', message, now);
  const MessageBody = '{"v":1,"tenant":"north","lead_id":"lead_Zq3","notBefore":"2026-03-05T13:40:00.000Z"}';
  expect(batches()).toEqual([
    { QueueUrl: 'https://sqs/owner', Entries: [{ Id: '0', MessageBody, DelaySeconds: 600 }] },
  ]);
  expect(sqs.calls()).toHaveLength(1);
});

it.each([
  ['rather a second more than too early', '2026-03-05T13:30:09.001Z', 10],
  ['to the second where it is whole', '2026-03-05T13:30:09.000Z', 9],
  ['not at all once its time has come', '2026-03-05T13:30:00.000Z', 0],
  ['not at all long after its time', '2026-03-04T13:30:00.000Z', 0],
  ['as long as SQS can', '2026-03-05T13:45:00.000Z', 900],
  ['no longer than SQS can', '2026-03-06T13:30:00.000Z', 900],
])('is held back %s', async (_, notBefore, seconds) => {
  await send('https://sqs/owner', { ...message, notBefore }, now);
  expect(sentMessages(sqs).map(({ delay }) => delay)).toEqual([seconds]);
});

it('is not held back at all where it has no time', async () => {
  await send('https://sqs/capture', { ...message, notBefore: undefined }, now);
  const MessageBody = '{"v":1,"tenant":"north","lead_id":"lead_Zq3"}';
  expect(batches()).toEqual([
    { QueueUrl: 'https://sqs/capture', Entries: [{ Id: '0', MessageBody, DelaySeconds: 0 }] },
  ]);
});

it('keeps where it came from, since when it waits, and its moments', async () => {
  const waiting = {
    ...message,
    source: 'close',
    correlation_id: 'request-1',
    since: '2026-03-05T13:40:01.000Z',
    slots: { slack: 1_772_717_400_500.5 },
  };
  await send('https://sqs/owner', waiting, now);
  expect(sentMessages(sqs).map(({ body }) => body)).toEqual([waiting]);
});

it('fails where SQS does not take it', async () => {
  sqs.on(SendMessageCommand).rejects(new Error('down'));
  sqs.on(SendMessageBatchCommand).rejects(new Error('down'));
  await expect(send('https://sqs/owner', message, now)).rejects.toThrow('down');
  await expect(sendToDlq('https://sqs/dlq', message, 'reason')).rejects.toThrow('down');
});

it('parks a lead with the reason, to start afresh when it is sent back', async () => {
  await sendToDlq(
    'https://sqs/dlq',
    { ...message, since: '2026-03-04T13:40:01.000Z', slots: { slack: 1 } },
    'slack: Slack answered 410',
  );
  expect(parked()).toEqual([
    {
      QueueUrl: 'https://sqs/dlq',
      MessageBody: '{"v":1,"tenant":"north","lead_id":"lead_Zq3","notBefore":"2026-03-05T13:40:00.000Z"}',
      MessageAttributes: { reason: { DataType: 'String', StringValue: 'slack: Slack answered 410' } },
    },
  ]);
});

it('fails where SQS answers that it did not take it, without its words', async () => {
  const Failed = [{ Id: '0', Code: 'InternalError', Message: 'lead_Zq3', SenderFault: false }];
  sqs.on(SendMessageBatchCommand).resolves({ Successful: [], Failed });
  await expect(send('https://sqs/owner', message, now)).rejects.toThrow(/^InternalError$/);
});

describe('messages of the same moment', () => {
  const messages = (count: number) =>
    Array.from({ length: count }, (_, n) => ({
      ...message,
      lead_id: `lead_${n}`,
      notBefore: new Date(now + n * 1000).toISOString(),
    }));
  const sendEach = (...some: OwnerMessage[]) =>
    Promise.allSettled(some.map((one) => send('https://sqs/owner', one, now)));

  it('go ten at a time, each once, in their order and held back until its own time', async () => {
    await sendEach(...messages(23));
    expect(batches().map(({ Entries }) => Entries?.map(({ Id }) => Id))).toEqual(
      [10, 10, 3].map((count) => Array.from({ length: count }, (_, index) => String(index))),
    );
    expect(sentMessages(sqs)).toEqual(messages(23).map((body, delay) => ({ to: 'https://sqs/owner', delay, body })));
  });

  it('go to their own queues', async () => {
    const [one, other] = messages(2) as [OwnerMessage, OwnerMessage];
    await Promise.all([send('https://sqs/owner', one, now), send('https://sqs/owner-bulk', other, now)]);
    expect(sentMessages(sqs)).toMatchObject([
      { to: 'https://sqs/owner', body: one },
      { to: 'https://sqs/owner-bulk', body: other },
    ]);
  });

  it('fail alone where SQS does not take one of them', async () => {
    const Failed = [{ Id: '1', Code: 'InternalError', Message: 'lead_1', SenderFault: false }];
    sqs.on(SendMessageBatchCommand).resolves({ Successful: [], Failed });
    const results = await sendEach(...messages(3));
    expect(results.map(({ status }) => status)).toEqual(['fulfilled', 'rejected', 'fulfilled']);
    expect(results[1]).toMatchObject({ reason: new Error('InternalError') });
    expect(batches()).toHaveLength(1);
  });

  it('go alone where they can’t go together', async () => {
    sqs.on(SendMessageBatchCommand).rejectsOnce(new Error('BatchRequestTooLong')).resolves({});
    const results = await sendEach(...messages(3));
    expect(results.map(({ status }) => status)).toEqual(['fulfilled', 'fulfilled', 'fulfilled']);
    const taken = batches().slice(1);
    expect(taken.map(({ Entries }) => Entries?.length)).toEqual([1, 1, 1]);
    const bodies = taken.map(({ Entries }) => JSON.parse(Entries?.[0]?.MessageBody ?? '') as unknown);
    expect(bodies).toEqual(messages(3));
  });
});

describe('many messages', () => {
  const slices = (count: number) =>
    Array.from({ length: count }, (_, index) => ({ v: 1, key: 'source/a.json', from: index }));

  it('go ten at a time, each once and in their order, without any delay', async () => {
    sqs.on(SendMessageBatchCommand).resolves({ Successful: [], Failed: [] });
    await sendAll('https://sqs/capture', slices(23));
    expect(batches().map(({ Entries }) => Entries?.length)).toEqual([10, 10, 3]);
    expect(batches()[2]).toEqual({
      QueueUrl: 'https://sqs/capture',
      Entries: [
        { Id: '0', MessageBody: '{"v":1,"key":"source/a.json","from":20}', DelaySeconds: 0 },
        { Id: '1', MessageBody: '{"v":1,"key":"source/a.json","from":21}', DelaySeconds: 0 },
        { Id: '2', MessageBody: '{"v":1,"key":"source/a.json","from":22}', DelaySeconds: 0 },
      ],
    });
    const bodies = batches().flatMap(({ Entries = [] }) =>
      Entries.map(({ MessageBody = '' }) => JSON.parse(MessageBody) as unknown),
    );
    expect(bodies).toEqual(slices(23));
  });

  it('are no call where there are none', async () => {
    await sendAll('https://sqs/capture', []);
    expect(sqs.calls()).toEqual([]);
  });

  it('fail where SQS did not take one of them, without its words', async () => {
    sqs.on(SendMessageBatchCommand).resolves({
      Successful: [],
      Failed: [{ Id: '1', Code: 'ServiceUnavailable', Message: 'source/a.json', SenderFault: false }],
    });
    await expect(sendAll('https://sqs/capture', slices(25))).rejects.toThrow(
      'SQS did not take 1 messages: ServiceUnavailable',
    );
    expect(batches()).toHaveLength(1);
  });

  it('fail where SQS is down', async () => {
    sqs.on(SendMessageBatchCommand).rejects(new Error('down'));
    await expect(sendAll('https://sqs/capture', slices(1))).rejects.toThrow('down');
  });
});
