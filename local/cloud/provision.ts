import { region } from '../template/resource-type.ts';
import type { Template } from '../template/template.ts';
import type { SqsQueue } from './fauxqs.ts';
import type { Stores } from './stores.ts';

const queueDefaults = {
  DelaySeconds: '0',
  MaximumMessageSize: '1048576',
  MessageRetentionPeriod: '345600',
  ReceiveMessageWaitTimeSeconds: '0',
  RedrivePolicy: '',
  VisibilityTimeout: '30',
};

/** Makes the buckets, queues, topics and subscriptions of the template, and gives those of an earlier run its attributes. */
export function provision(template: Template, lookupBuckets: string[], stores: Stores) {
  for (const { name } of template.of('AWS::S3::Bucket')) stores.s3.createBucket(name);
  for (const name of lookupBuckets) stores.s3.createBucket(name);
  for (const { name, ref, arn, properties } of template.of('AWS::SQS::Queue')) {
    const { QueueName: _, RedrivePolicy, ...rest } = properties;
    const emulated = Object.entries(rest).filter(([key]) => Object.hasOwn(queueDefaults, key));
    const attributes = {
      ...queueDefaults,
      ...Object.fromEntries(emulated.map(([key, value]) => [key, String(value)])),
      ...(RedrivePolicy && { RedrivePolicy: JSON.stringify(RedrivePolicy) }),
    };
    const queue = stores.sqs.getQueueByArn(arn) ?? stores.sqs.createQueue(name, ref, arn);
    queue.setAttributes(attributes);
    // The port may be another one than in the run that made the queue.
    (queue as { -readonly [K in keyof SqsQueue]: SqsQueue[K] }).url = ref;
  }
  for (const { name } of template.of('AWS::SNS::Topic')) stores.sns.createTopic(name, {}, undefined, region);
  subscribe(template, stores);
}

/** The template's subscriptions, all of them confirmed; those that people made with queues of their own stay. */
function subscribe(template: Template, { sns }: Stores) {
  const wanted = template.of('AWS::SNS::Subscription').map(({ properties }) => properties);
  for (const { arn } of template.of('AWS::SNS::Topic')) {
    const existing = sns.listSubscriptionsByTopic(arn).subscriptions;
    const replaced = existing.filter(
      ({ protocol, endpoint }) =>
        protocol !== 'sqs' || wanted.some((one) => one.TopicArn === arn && one.Endpoint === endpoint),
    );
    for (const one of replaced) sns.unsubscribe(one.arn);
  }
  for (const { TopicArn, Protocol, Endpoint, FilterPolicy, FilterPolicyScope, RawMessageDelivery } of wanted) {
    const subscription = sns.subscribe(TopicArn, Protocol, Endpoint, {
      ...(FilterPolicy && { FilterPolicy: JSON.stringify(FilterPolicy) }),
      ...(FilterPolicyScope && { FilterPolicyScope }),
      ...(RawMessageDelivery && { RawMessageDelivery: 'true' }),
    });
    if (subscription) subscription.confirmed = true;
  }
}
