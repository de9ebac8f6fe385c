import {
  GetSubscriptionAttributesCommand,
  ListSubscriptionsByTopicCommand,
  NotFoundException,
  SetSubscriptionAttributesCommand,
  SNSClient,
  SubscribeCommand,
  UnsubscribeCommand,
} from '@aws-sdk/client-sns';
import type { Subscription } from '../core/email-target.ts';
import { answerWithin } from './deadlines.ts';

const client = new SNSClient({ maxAttempts: 3, requestHandler: answerWithin(2000) });

/** How many subscriptions are asked for at once. */
const AT_ONCE = 5;

/** The e-mail addresses that subscribe to a topic. SNS tells neither ARN nor filter of one that has not confirmed, unless the ARN was kept. */
export async function subscriptionsTo(topicArn: string, keptArns: Record<string, string>): Promise<Subscription[]> {
  const listed: { address: string; arn: string | undefined }[] = [];
  let NextToken: string | undefined;
  do {
    const page = await client.send(new ListSubscriptionsByTopicCommand({ TopicArn: topicArn, NextToken }));
    for (const { Protocol, Endpoint = '', SubscriptionArn = '' } of page.Subscriptions ?? [])
      if (Protocol === 'email')
        listed.push({
          address: Endpoint,
          arn: SubscriptionArn.startsWith('arn:') ? SubscriptionArn : keptArns[Endpoint],
        });
    NextToken = page.NextToken;
  } while (NextToken);
  const found: Subscription[] = [];
  for (let from = 0; from < listed.length; from += AT_ONCE)
    found.push(...(await Promise.all(listed.slice(from, from + AT_ONCE).map(withAttributes))));
  return found;
}

async function withAttributes({ address, arn }: { address: string; arn: string | undefined }): Promise<Subscription> {
  const unknown = { address, arn: undefined, isPending: true, policy: undefined };
  if (arn === undefined) return unknown;
  try {
    const { Attributes = {} } = await client.send(new GetSubscriptionAttributesCommand({ SubscriptionArn: arn }));
    const { PendingConfirmation, FilterPolicy } = Attributes;
    const policy = FilterPolicy ? (JSON.parse(FilterPolicy) as Record<string, unknown>) : undefined;
    return { address, arn, isPending: PendingConfirmation === 'true', policy };
  } catch (error) {
    // It went a moment ago, or is another one than the ARN that was kept.
    if (error instanceof NotFoundException) return unknown;
    throw error;
  }
}

/** Has SNS ask an address whether it wants this topic; returns the subscription's ARN. */
export async function subscribe(topicArn: string, address: string, policy: object): Promise<string> {
  const Attributes = { FilterPolicy: JSON.stringify(policy) };
  const { SubscriptionArn = '' } = await client.send(
    new SubscribeCommand({
      TopicArn: topicArn,
      Protocol: 'email',
      Endpoint: address,
      Attributes,
      ReturnSubscriptionArn: true,
    }),
  );
  return SubscriptionArn;
}

/** Changes which messages a subscription is for. */
export const setPolicy = async (arn: string, policy: object): Promise<void> =>
  void (await client.send(
    new SetSubscriptionAttributesCommand({
      SubscriptionArn: arn,
      AttributeName: 'FilterPolicy',
      AttributeValue: JSON.stringify(policy),
    }),
  ));

export const unsubscribe = async (arn: string): Promise<void> =>
  void (await client.send(new UnsubscribeCommand({ SubscriptionArn: arn })));
