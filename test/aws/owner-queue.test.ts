import { SendMessageCommand, SQSClient } from '@aws-sdk/client-sqs';
import { beforeEach, expect, it } from '@jest/globals';
import { mockClient } from 'aws-sdk-client-mock';
import { sendToDlq, sendToOwnerQueue } from '../../lambdas/aws/owner-queue.ts';
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
  await sendToOwnerQueue('https://sqs/owner', message, now);
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
  await sendToOwnerQueue('https://sqs/owner', { ...message, notBefore }, now);
  expect(sent()[0]?.DelaySeconds).toBe(seconds);
});

it('keeps where it came from, since when it waits, and its moments', async () => {
  const waiting = {
    ...message,
    source: 'close',
    correlation_id: 'request-1',
    since: '2026-03-05T13:40:01.000Z',
    slots: { slack: 1_772_717_400_500.5 },
  };
  await sendToOwnerQueue('https://sqs/owner', waiting, now);
  expect(JSON.parse(sent()[0]?.MessageBody ?? '')).toEqual(waiting);
});

it('fails where SQS does not take it', async () => {
  sqs.on(SendMessageCommand).rejects(new Error('down'));
  await expect(sendToOwnerQueue('https://sqs/owner', message, now)).rejects.toThrow('down');
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
