import { describe, expect, it } from '@jest/globals';
import { Match } from 'aws-cdk-lib/assertions';
import { type Statement, statements, synth } from './synth.ts';

const { template, properties, resources } = synth('dev');
const bucket = properties('AWS::S3::Bucket', 'Storage');

const lifecycle = (days: number) => [
  ...['source', 'details', 'target'].map((name) => ({
    Id: name,
    Prefix: `${name}/`,
    ExpirationInDays: days,
    NoncurrentVersionExpiration: { NoncurrentDays: 7 },
    Status: 'Enabled',
  })),
  {
    Id: 'exports',
    Prefix: 'exports/',
    ExpirationInDays: 7,
    NoncurrentVersionExpiration: { NoncurrentDays: 1 },
    Status: 'Enabled',
  },
  {
    Id: 'leftovers',
    ExpiredObjectDeleteMarker: true,
    AbortIncompleteMultipartUpload: { DaysAfterInitiation: 1 },
    Status: 'Enabled',
  },
];

const key = (name: string) => [
  { AttributeName: `${name}PK`, KeyType: 'HASH' },
  { AttributeName: `${name}SK`, KeyType: 'RANGE' },
];

describe('the bucket', () => {
  it('is the only one', () => {
    template.resourceCountIs('AWS::S3::Bucket', 1);
  });

  it('keeps versions, encrypts, and is open to nobody', () => {
    expect(bucket).toMatchObject({
      VersioningConfiguration: { Status: 'Enabled' },
      BucketEncryption: {
        ServerSideEncryptionConfiguration: [{ ServerSideEncryptionByDefault: { SSEAlgorithm: 'AES256' } }],
      },
      OwnershipControls: { Rules: [{ ObjectOwnership: 'BucketOwnerEnforced' }] },
      PublicAccessBlockConfiguration: {
        BlockPublicAcls: true,
        BlockPublicPolicy: true,
        IgnorePublicAcls: true,
        RestrictPublicBuckets: true,
      },
    });
  });

  it('refuses plain HTTP, old TLS, and overwriting a delivery', () => {
    const policy = properties('AWS::S3::BucketPolicy', 'StoragePolicy')['PolicyDocument'];
    expect(statements(policy)).toEqual([
      'Deny s3:* on {Storage.Arn} {Storage.Arn}/*',
      'Deny s3:* on {Storage.Arn} {Storage.Arn}/*',
      'Deny s3:PutObject on {Storage.Arn}/source/*',
    ]);
    expect((policy as { Statement: Statement[] }).Statement.map(({ Condition }) => Condition)).toEqual([
      { Bool: { 'aws:SecureTransport': 'false' } },
      { NumericLessThan: { 's3:TlsVersion': 1.2 } },
      { Null: { 's3:if-none-match': 'true' } },
    ]);
  });

  it('forgets deliveries, details and leads after retentionDays, exports after a week, and what was deleted soon after', () => {
    expect(bucket['LifecycleConfiguration']).toEqual({ Rules: lifecycle(400) });
    const short = synth('dev', { retentionDays: 100 }).properties('AWS::S3::Bucket', 'Storage');
    expect(short['LifecycleConfiguration']).toEqual({ Rules: lifecycle(100) });
  });

  it('tells the capture queue of every new object in source/ and of no other', () => {
    expect(bucket['NotificationConfiguration']).toEqual({
      QueueConfigurations: [
        {
          Event: 's3:ObjectCreated:*',
          Queue: { 'Fn::GetAtt': [expect.stringMatching(/^CaptureQueue[0-9A-F]{8}$/), 'Arn'] },
          Filter: { S3Key: { Rules: [{ Name: 'prefix', Value: 'source/' }] } },
        },
      ],
    });
  });

  it('may do so: the queue lets the buckets of this account in, and is ready before the bucket is', () => {
    const document = properties('AWS::SQS::QueuePolicy', 'CaptureQueuePolicy')['PolicyDocument'];
    const statement = (document as { Statement: Statement[] }).Statement.find(({ Effect }) => Effect === 'Allow');
    expect(statement).toMatchObject({
      Action: 'sqs:SendMessage',
      Principal: { Service: 's3.amazonaws.com' },
      Condition: { StringEquals: { 'aws:SourceAccount': { Ref: 'AWS::AccountId' } } },
    });
    expect(statement?.Condition).toMatchObject({
      ArnLike: { 'aws:SourceArn': { 'Fn::Join': ['', ['arn:', { Ref: 'AWS::Partition' }, ':s3:::*']] } },
    });
    const { DependsOn } = Object.values(resources).find(({ Type }) => Type === 'AWS::S3::Bucket') ?? {};
    expect(DependsOn).toEqual([expect.stringMatching(/^CaptureQueuePolicy/)]);
  });
});

describe('the table', () => {
  it('has one key and four indexes for what is yet to come, all of strings', () => {
    template.hasResourceProperties('AWS::DynamoDB::Table', {
      KeySchema: key(''),
      GlobalSecondaryIndexes: [
        ['GSI1', 'ALL'],
        ['GSI2', 'ALL'],
        ['GSI3', 'KEYS_ONLY'],
        ['GSI4', 'KEYS_ONLY'],
      ].map(([IndexName = '', ProjectionType]) => ({
        IndexName,
        KeySchema: key(IndexName),
        Projection: { ProjectionType },
      })),
      AttributeDefinitions: Match.not(Match.arrayWith([Match.objectLike({ AttributeType: Match.not('S') })])),
    });
  });

  it('is paid by use, can be set back in time, and cannot be deleted by mistake', () => {
    template.hasResourceProperties('AWS::DynamoDB::Table', {
      BillingMode: 'PAY_PER_REQUEST',
      PointInTimeRecoverySpecification: { PointInTimeRecoveryEnabled: true },
      DeletionProtectionEnabled: true,
    });
  });

  it('needs nothing that its rows would lose: no stream, no expiry', () => {
    template.hasResourceProperties('AWS::DynamoDB::Table', {
      StreamSpecification: Match.absent(),
      TimeToLiveSpecification: Match.absent(),
    });
  });
});
