import * as z from 'zod';
import { arn, idOf, strict, type ResourceType } from './resource-type.ts';

const notification = z.strictObject({
  Event: z.string(),
  Queue: z.string(),
  Filter: z
    .strictObject({
      S3Key: z.strictObject({
        Rules: z.array(z.strictObject({ Name: z.enum(['prefix', 'suffix']), Value: z.string() })),
      }),
    })
    .optional(),
});

const bucket = {
  properties: strict(
    {
      BucketName: z.string().optional(),
      NotificationConfiguration: z.strictObject({ QueueConfigurations: z.array(notification).optional() }).optional(),
      VersioningConfiguration: z.strictObject({ Status: z.literal('Enabled') }).optional(),
    },
    [
      'AccessControl',
      'BucketEncryption',
      'LifecycleConfiguration',
      'LoggingConfiguration',
      'OwnershipControls',
      'PublicAccessBlockConfiguration',
      'Tags',
    ],
  ),
  nameProperty: 'BucketName',
  made: (name: string) => name.toLowerCase().slice(0, 63),
  attributes: {
    Arn: (name: string) => arn('s3', name, ':'),
    DomainName: (name: string) => `${name}.s3.amazonaws.com`,
    RegionalDomainName: (name: string) => `${name}.s3.us-east-1.amazonaws.com`,
  },
} satisfies ResourceType;

const keySchema = z.array(z.strictObject({ AttributeName: z.string(), KeyType: z.enum(['HASH', 'RANGE']) }));
const index = strict(
  {
    IndexName: z.string(),
    KeySchema: keySchema,
    Projection: z.strictObject({ ProjectionType: z.string(), NonKeyAttributes: z.array(z.string()).optional() }),
  },
  ['ContributorInsightsSpecification', 'OnDemandThroughput', 'WarmThroughput', 'WriteOnDemandThroughputSettings'],
);

const table = {
  properties: strict(
    {
      TableName: z.string().optional(),
      AttributeDefinitions: z.array(
        z.strictObject({ AttributeName: z.string(), AttributeType: z.enum(['S', 'N', 'B']) }),
      ),
      KeySchema: keySchema,
      GlobalSecondaryIndexes: z.array(index).optional(),
      BillingMode: z.literal('PAY_PER_REQUEST'),
    },
    [
      'ContributorInsightsSpecification',
      'DeletionProtectionEnabled',
      'OnDemandThroughput',
      'PointInTimeRecoverySpecification',
      'Replicas',
      'ResourcePolicy',
      'SSESpecification',
      'TableClass',
      'Tags',
      'TimeToLiveSpecification',
      'WarmThroughput',
    ],
  ),
  nameProperty: 'TableName',
  attributes: { Arn: (name: string) => arn('dynamodb', `table/${name}`) },
} satisfies ResourceType;

/** The ARN of a secret: AWS appends six characters to its name. */
export const secretArn = (name: string) => arn('secretsmanager', `secret:${name}-${idOf(name, 6)}`);

const secret = {
  properties: strict({ Name: z.string().optional(), SecretString: z.string().optional() }, [
    'Description',
    'KmsKeyId',
    'Tags',
  ]),
  nameProperty: 'Name',
  ref: secretArn,
  attributes: { Id: secretArn },
} satisfies ResourceType;

/** Where data lies: buckets, tables, secrets. */
export const storageTypes = {
  'AWS::S3::Bucket': bucket,
  'AWS::DynamoDB::Table': table,
  'AWS::DynamoDB::GlobalTable': table,
  'AWS::SecretsManager::Secret': secret,
} satisfies Record<string, ResourceType>;
