import { PublishBatchCommand, PublishCommand, SNSClient, SNSServiceException } from '@aws-sdk/client-sns';
import { beforeEach, describe, expect, it } from '@jest/globals';
import { mockClient } from 'aws-sdk-client-mock';
import { publish, publishTogether } from '../../lambdas/aws/topic.ts';
import { Later } from '../../lambdas/core/failures.ts';
import { publishedIn, takeAll } from '../fixtures/published.ts';

const sns = mockClient(SNSClient);
beforeEach(() => void sns.reset());

const send = () =>
  publish(
    'arn:aws:sns:eu-west-1:123456789012:leads',
    { subject: 'New lead: Zoe', body: 'New Lead Alert: Zoë' },
    { tenant: 'north', lead_id: 'lead_Zq3' },
  );
const answer = (name: string, status: number) =>
  new SNSServiceException({ name, $fault: status < 500 ? 'client' : 'server', $metadata: { httpStatusCode: status } });

it('publishes with attributes, and returns the message’s id', async () => {
  sns.on(PublishCommand).resolves({ MessageId: 'message-1' });
  expect(await send()).toBe('message-1');
  expect(sns.commandCalls(PublishCommand)[0]?.args[0].input).toEqual({
    TopicArn: 'arn:aws:sns:eu-west-1:123456789012:leads',
    Subject: 'New lead: Zoe',
    Message: 'New Lead Alert: Zoë',
    MessageAttributes: {
      tenant: { DataType: 'String', StringValue: 'north' },
      lead_id: { DataType: 'String', StringValue: 'lead_Zq3' },
    },
  });
});

it('says to each kind of subscriber its own words, where there are several', async () => {
  sns.on(PublishCommand).resolves({ MessageId: 'message-1' });
  const body = { default: '{"category":"pending"}', email: 'A lead of Close is new: Pending.' };
  await publish('arn:aws:sns:eu-west-1:123456789012:categories', { subject: 'Pending', body }, { category: 'pending' });
  const { Message = '', MessageStructure } = sns.commandCalls(PublishCommand)[0]?.args[0].input ?? {};
  expect(MessageStructure).toBe('json');
  expect(JSON.parse(Message)).toEqual(body);
});

describe('waits', () => {
  it.each([
    ['throttles', answer('Throttling', 400)],
    ['throttles in other words', answer('ThrottledException', 429)],
    ['throttles for its key', answer('KMSThrottlingException', 400)],
    ['breaks', answer('InternalErrorException', 500)],
    ['is down', answer('ServiceUnavailable', 503)],
    ['does not answer', Object.assign(new Error('socket hang up'), { name: 'TimeoutError' })],
  ])('where SNS %s', async (_, error) => {
    sns.on(PublishCommand).rejects(error);
    const thrown = await send().catch((caught: unknown) => caught);
    expect(thrown).toBeInstanceOf(Later);
    expect(thrown).toMatchObject({ message: `SNS: ${error.name}`, retryAfter: undefined });
  });
});

it.each([
  ['AuthorizationError', 403],
  ['NotFound', 404],
  ['InvalidParameter', 400],
  ['KMSAccessDeniedException', 400],
])('fails on %s, which no waiting mends', async (name, status) => {
  sns.on(PublishCommand).rejects(answer(name, status));
  const thrown = await send().catch((caught: unknown) => caught);
  expect(thrown).toMatchObject({ name });
  expect(thrown).not.toBeInstanceOf(Later);
});

describe('what is published at the same moment', () => {
  const TOPIC = 'arn:aws:sns:eu-west-1:123456789012:categories';
  const all = ['one', 'two', 'three'];
  const sendAll = () =>
    Promise.allSettled(all.map((body) => publishTogether(TOPIC, { subject: 'Pending', body }, { lead_id: body })));
  const reasonOf = (one: PromiseSettledResult<string> | undefined) =>
    one?.status === 'rejected' ? (one.reason as Error) : undefined;

  it('is one call, and each message has its own words, attributes and id', async () => {
    takeAll(sns);
    expect(await sendAll()).toEqual(all.map((_, n) => ({ status: 'fulfilled', value: `message-${n}` })));
    expect(sns.commandCalls(PublishBatchCommand)).toHaveLength(1);
    expect(publishedIn(sns)).toEqual(
      all.map((body) => ({
        TopicArn: TOPIC,
        Subject: 'Pending',
        Message: body,
        MessageAttributes: { lead_id: { DataType: 'String', StringValue: body } },
      })),
    );
  });

  it('fails each by itself where SNS does not take some of it', async () => {
    sns.on(PublishBatchCommand).resolves({
      Successful: [{ Id: '0', MessageId: 'message-0' }],
      Failed: [
        { Id: '1', Code: 'InternalError', SenderFault: false },
        { Id: '2', Code: 'KMSAccessDenied', SenderFault: true },
      ],
    });
    const [first, second, third] = await sendAll();
    expect(first).toEqual({ status: 'fulfilled', value: 'message-0' });
    expect(reasonOf(second)).toEqual(new Later('SNS: InternalError'));
    expect(reasonOf(third)).toEqual(new Error('KMSAccessDenied'));
  });

  it('is not published twice where nobody knows whether it was: it fails together, and comes later', async () => {
    sns.on(PublishBatchCommand).rejects(Object.assign(new Error('socket hang up'), { name: 'TimeoutError' }));
    const thrown = (await sendAll()).map(reasonOf);
    expect(thrown).toEqual(all.map(() => new Later('SNS: TimeoutError')));
    expect(sns.calls()).toHaveLength(1);
  });
});
