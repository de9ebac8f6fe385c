import { PublishCommand, SNSClient, SNSServiceException } from '@aws-sdk/client-sns';
import { beforeEach, describe, expect, it } from '@jest/globals';
import { mockClient } from 'aws-sdk-client-mock';
import { publish } from '../../lambdas/aws/topic.ts';
import { Later } from '../../lambdas/core/failures.ts';

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
