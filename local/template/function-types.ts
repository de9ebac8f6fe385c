import * as z from 'zod';
import { arn, strict, type ResourceType } from './resource-type.ts';

const oneOrMore = z
  .union([z.string(), z.array(z.string())])
  .transform((value) => (Array.isArray(value) ? value : [value]));

/** A statement of a policy; conditions are not emulated, the template tests hold them. */
const statement = strict({ Effect: z.enum(['Allow', 'Deny']), Action: oneOrMore, Resource: oneOrMore }, [
  'Condition',
  'Sid',
]);
const policyDocument = strict({ Statement: z.array(statement) }, ['Version']);

const role = {
  properties: strict(
    {
      RoleName: z.string().optional(),
      ManagedPolicyArns: z.array(z.string()).optional(),
      Policies: z.array(strict({ PolicyDocument: policyDocument }, ['PolicyName'])).optional(),
    },
    ['AssumeRolePolicyDocument', 'Description', 'MaxSessionDuration', 'Path', 'Tags'],
  ),
  nameProperty: 'RoleName',
  attributes: { Arn: (name: string) => arn('iam', `role/${name}`, ':000000000000') },
} satisfies ResourceType;

const policy = {
  properties: strict({ PolicyDocument: policyDocument, Roles: z.array(z.string()) }, ['PolicyName']),
} satisfies ResourceType;

const lambda = {
  properties: strict(
    {
      FunctionName: z.string().optional(),
      Handler: z.string(),
      Runtime: z.literal('nodejs24.x'),
      Role: z.string(),
      Timeout: z.number().default(3),
      MemorySize: z.number().default(128),
      Environment: z.strictObject({ Variables: z.record(z.string(), z.string()).optional() }).optional(),
      LoggingConfig: strict({ LogGroup: z.string().optional() }, [
        'ApplicationLogLevel',
        'LogFormat',
        'SystemLogLevel',
      ]).optional(),
      ReservedConcurrentExecutions: z.number().optional(),
    },
    [
      'Architectures',
      'Code',
      'Description',
      'EphemeralStorage',
      'PackageType',
      'RecursiveLoop',
      'Tags',
      'TracingConfig',
    ],
  ),
  nameProperty: 'FunctionName',
  made: (name: string) => name.slice(0, 64),
  attributes: { Arn: (name: string) => arn('lambda', `function:${name}`) },
} satisfies ResourceType;

const eventSource = {
  properties: strict(
    {
      EventSourceArn: z.string(),
      FunctionName: z.string(),
      BatchSize: z.number().default(10),
      Enabled: z.boolean().default(true),
      FunctionResponseTypes: z.array(z.literal('ReportBatchItemFailures')).default([]),
      MaximumBatchingWindowInSeconds: z.number().default(0),
      ScalingConfig: z.strictObject({ MaximumConcurrency: z.number() }).optional(),
    },
    ['Tags'],
  ),
} satisfies ResourceType;

const permission = {
  properties: strict(
    { Action: z.string(), FunctionName: z.string(), Principal: z.string(), SourceArn: z.string().optional() },
    ['SourceAccount'],
  ),
} satisfies ResourceType;

/** What runs, and what it may do. */
export const functionTypes = {
  'AWS::IAM::Role': role,
  'AWS::IAM::Policy': policy,
  'AWS::Lambda::Function': lambda,
  'AWS::Lambda::EventSourceMapping': eventSource,
  'AWS::Lambda::Permission': permission,
} satisfies Record<string, ResourceType>;
