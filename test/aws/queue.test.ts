import { SendMessageBatchCommand, SendMessageCommand, SQSClient } from '@aws-sdk/client-sqs';
import { beforeEach, describe, expect, it } from '@jest/globals';
import { mockClient } from 'aws-sdk-client-mock';
import { send, sendAll, sendToDlq } from '../../lambdas/aws/queue.ts';
import type { OwnerMessage } from '../../lambdas/core/owner-message.ts';

const sqs = mockClient(SQSClient);
beforeEach(() => {
  sqs.reset();
  sqs.on(SendMessageCommand).resolves({ MessageId: 'message-1' });
});

const now = Date.parse('2026-03-05T13:30:00.000Z');
const message: OwnerMessage = { v: 1, tenant: 'north', lead_id: 'lead_Zq3', notBefore: '2026-03-05T13:40:00.000Z' };
const sent = () => sqs.commandCalls(SendMessageCommand).map(({ args: [{ input }] }) => input);

it('sends the lead held back until its time', async () => {
  await send('https://sqs/owner', message, now);
  expect(sent()).toEqual([
    {
      QueueUrl: 'https://sqs/owner',
      MessageBody: '{"v":1,"tenant":"north","lead_id":"lead_Zq3","notBefore":"2026-03-05T13:40:00.000Z"}',
      DelaySeconds: 600,
    },
  ]);
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
  expect(sent()[0]?.DelaySeconds).toBe(seconds);
});

it('is not held back at all where it has no time', async () => {
  await send('https://sqs/capture', { ...message, notBefore: undefined }, now);
  expect(sent()).toEqual([
    { QueueUrl: 'https://sqs/capture', MessageBody: '{"v":1,"tenant":"north","lead_id":"lead_Zq3"}', DelaySeconds: 0 },
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
  expect(JSON.parse(sent()[0]?.MessageBody ?? '')).toEqual(waiting);
});

it('fails where SQS does not take it', async () => {
  sqs.on(SendMessageCommand).rejects(new Error('down'));
  await expect(send('https://sqs/owner', message, now)).rejects.toThrow('down');
  await expect(sendToDlq('https://sqs/dlq', message, 'reason')).rejects.toThrow('down');
});

it('parks a lead with the reason, to start afresh when it is sent back', async () => {
  await sendToDlq(
    'https://sqs/dlq',
    { ...message, since: '2026-03-04T13:40:01.000Z', slots: { slack: 1 } },
    'slack: Slack answered 410',
  );
  expect(sent()).toEqual([
    {
      QueueUrl: 'https://sqs/dlq',
      MessageBody: '{"v":1,"tenant":"north","lead_id":"lead_Zq3","notBefore":"2026-03-05T13:40:00.000Z"}',
      MessageAttributes: { reason: { DataType: 'String', StringValue: 'slack: Slack answered 410' } },
    },
  ]);
});

describe('many messages', () => {
  const slices = (count: number) =>
    Array.from({ length: count }, (_, index) => ({ v: 1, key: 'source/a.json', from: index }));
  const batches = () => sqs.commandCalls(SendMessageBatchCommand).map(({ args: [{ input }] }) => input);

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
