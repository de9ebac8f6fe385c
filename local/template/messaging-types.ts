import * as z from 'zod';
import { account, arn, strict, type ResourceType } from './resource-type.ts';

const queue = {
  properties: strict(
    {
      QueueName: z.string().optional(),
      DelaySeconds: z.number().optional(),
      MaximumMessageSize: z.number().optional(),
      MessageRetentionPeriod: z.number().optional(),
      ReceiveMessageWaitTimeSeconds: z.number().optional(),
      VisibilityTimeout: z.number().optional(),
      RedrivePolicy: z.strictObject({ deadLetterTargetArn: z.string(), maxReceiveCount: z.number() }).optional(),
    },
    ['KmsDataKeyReusePeriodSeconds', 'KmsMasterKeyId', 'RedriveAllowPolicy', 'SqsManagedSseEnabled', 'Tags'],
  ),
  nameProperty: 'QueueName',
  made: (name: string) => name.slice(0, 80),
  ref: (name: string, aws: string) => `${aws}/${account}/${name}`,
  attributes: {
    Arn: (name: string) => arn('sqs', name),
    QueueName: (name: string) => name,
  },
} satisfies ResourceType;

const topicArn = (name: string) => arn('sns', name);

const topic = {
  properties: strict({ TopicName: z.string().optional(), KmsMasterKeyId: z.string().optional() }, [
    'DisplayName',
    'SignatureVersion',
    'Tags',
    'TracingConfig',
  ]),
  nameProperty: 'TopicName',
  ref: topicArn,
  attributes: { TopicArn: topicArn, TopicName: (name: string) => name },
} satisfies ResourceType;

const subscription = {
  properties: strict({
    TopicArn: z.string(),
    Protocol: z.enum(['email', 'email-json', 'sqs']),
    Endpoint: z.string(),
    FilterPolicy: z.record(z.string(), z.unknown()).optional(),
    FilterPolicyScope: z.enum(['MessageAttributes', 'MessageBody']).optional(),
    RawMessageDelivery: z.boolean().optional(),
  }),
} satisfies ResourceType;

/** What carries messages: queues, topics, subscriptions. */
export const messagingTypes = {
  'AWS::SQS::Queue': queue,
  'AWS::SNS::Topic': topic,
  'AWS::SNS::Subscription': subscription,
} satisfies Record<string, ResourceType>;
