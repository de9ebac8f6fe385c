import { region } from '../template/resource-type.ts';
import type { Template } from '../template/template.ts';
import type { SqsQueue } from './fauxqs.ts';
import type { Stores } from './stores.ts';
import { subscribe } from './subscriptions.ts';

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
