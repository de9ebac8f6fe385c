import { ListSubscriptionsByTopicCommand, SubscribeCommand } from '@aws-sdk/client-sns';
import { beforeEach, describe, expect, it } from '@jest/globals';
import { setPolicy, subscribe, subscriptionsTo, unsubscribe } from '../../lambdas/aws/subscriptions.ts';
import { fakeAws } from '../fixtures/fake-aws.ts';

const topic = 'arn:aws:sns:eu-west-1:1:leads';
let aws: ReturnType<typeof fakeAws>;
beforeEach(() => {
  aws = fakeAws();
});

describe('the e-mail addresses of a topic', () => {
  it('are read page by page, with the filters of those that have confirmed', async () => {
    for (const number of [1, 2, 3, 4, 5, 6, 7])
      aws.subscriptions.push({
        address: `a${number}`,
        arn: `arn:${number}`,
        isConfirmed: true,
        policy: { tenant: ['n'] },
      });
    const found = await subscriptionsTo(topic, {});
    expect(found).toHaveLength(7);
    expect(found[6]).toEqual({ address: 'a7', arn: 'arn:7', isPending: false, policy: { tenant: ['n'] } });
    expect(aws.sns.commandCalls(ListSubscriptionsByTopicCommand).length).toBeGreaterThan(7);
  });

  it('that have not confirmed say nothing of themselves, unless the ARN was kept', async () => {
    const arn = await subscribe(topic, 'desk@x.org', { tenant: ['north'] });
    const nothing = { address: 'desk@x.org', arn: undefined, isPending: true, policy: undefined };
    expect(await subscriptionsTo(topic, {})).toEqual([nothing]);
    expect(await subscriptionsTo(topic, { 'desk@x.org': 'arn:of-one-that-is-gone' })).toEqual([nothing]);
    expect(await subscriptionsTo(topic, { 'desk@x.org': arn })).toEqual([
      { ...nothing, arn, policy: { tenant: ['north'] } },
    ]);
  });
});

it('an address is asked for its consent for some messages only', async () => {
  await subscribe(topic, 'desk@x.org', { tenant: ['north'] });
  expect(aws.sns.commandCalls(SubscribeCommand)[0]?.args[0].input).toEqual({
    TopicArn: topic,
    Protocol: 'email',
    Endpoint: 'desk@x.org',
    Attributes: { FilterPolicy: '{"tenant":["north"]}' },
    ReturnSubscriptionArn: true,
  });
});

it('a subscription changes what it is for, and ends', async () => {
  aws.subscriptions.push({ address: 'a', arn: 'arn:1', isConfirmed: true });
  await setPolicy('arn:1', { tenant: ['south'] });
  expect(aws.subscriptions[0]?.policy).toEqual({ tenant: ['south'] });
  await unsubscribe('arn:1');
  expect(aws.subscriptions).toEqual([]);
});
