import { mkdirSync, mkdtempSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { EditableTemplate } from '../e2e/assembly.ts';
import { type LocalOptions, startLocal } from '../e2e/local-run.ts';

const attribute = (id: string, name = 'Arn') => ({ 'Fn::GetAtt': [id, name] });
const joined = (...parts: unknown[]) => ({ 'Fn::Join': ['', parts] });
const allow = (Action: string | string[], ...Resource: unknown[]) => ({ Effect: 'Allow', Action, Resource });

/** A small stack with one of everything, independent of the product. */
export function fixtureTemplate(): EditableTemplate {
  return structuredClone({ Resources: { ...storage, ...messaging, ...code, ...api, ...alarms } });
}

const storage = {
  Bucket: {
    Type: 'AWS::S3::Bucket',
    Properties: {
      NotificationConfiguration: {
        QueueConfigurations: [
          {
            Event: 's3:ObjectCreated:*',
            Queue: attribute('Announced'),
            Filter: { S3Key: { Rules: [{ Name: 'prefix', Value: 'in/' }] } },
          },
        ],
      },
    },
  },
  Table: {
    Type: 'AWS::DynamoDB::Table',
    Properties: {
      BillingMode: 'PAY_PER_REQUEST',
      AttributeDefinitions: ['PK', 'SK', 'GSI1PK', 'GSI1SK', 'GSI2PK', 'GSI2SK'].map((AttributeName) => ({
        AttributeName,
        AttributeType: 'S',
      })),
      KeySchema: keys('PK', 'SK'),
      GlobalSecondaryIndexes: ['GSI1', 'GSI2'].map((IndexName) => ({
        IndexName,
        KeySchema: keys(`${IndexName}PK`, `${IndexName}SK`),
        Projection: { ProjectionType: 'ALL' },
      })),
    },
  },
  Secret: { Type: 'AWS::SecretsManager::Secret', Properties: { Name: 'fixture/acme/some-key' } },
};

const messaging = {
  Announced: { Type: 'AWS::SQS::Queue', Properties: {} },
  Work: {
    Type: 'AWS::SQS::Queue',
    Properties: {
      VisibilityTimeout: 1,
      RedrivePolicy: { deadLetterTargetArn: attribute('Parked'), maxReceiveCount: 2 },
    },
  },
  Parked: { Type: 'AWS::SQS::Queue', Properties: { MessageRetentionPeriod: 1_209_600 } },
  Key: { Type: 'AWS::KMS::Key', Properties: {} },
  Topic: { Type: 'AWS::SNS::Topic', Properties: { KmsMasterKeyId: attribute('Key') } },
  Reader: {
    Type: 'AWS::SNS::Subscription',
    Properties: {
      TopicArn: { Ref: 'Topic' },
      Protocol: 'email',
      Endpoint: 'reader@acme.example',
      FilterPolicy: { tenant: ['acme'] },
    },
  },
  AlarmTopic: { Type: 'AWS::SNS::Topic', Properties: {} },
  Watchman: {
    Type: 'AWS::SNS::Subscription',
    Properties: { TopicArn: { Ref: 'AlarmTopic' }, Protocol: 'email', Endpoint: 'watch@acme.example' },
  },
};

const code = {
  Logs: { Type: 'AWS::Logs::LogGroup', Properties: {} },
  Role: {
    Type: 'AWS::IAM::Role',
    Properties: {
      Policies: [{ PolicyName: 'Logs', PolicyDocument: { Statement: [allow('logs:*', attribute('Logs'))] } }],
    },
  },
  Policy: {
    Type: 'AWS::IAM::Policy',
    Properties: {
      PolicyName: 'Policy',
      Roles: [{ Ref: 'Role' }],
      PolicyDocument: {
        Statement: [
          allow('s3:PutObject', joined(attribute('Bucket'), '/in/*')),
          allow('s3:GetObject', joined(attribute('Bucket'), '/*')),
          allow(['dynamodb:PutItem', 'dynamodb:Query'], attribute('Table')),
          allow(['sqs:ReceiveMessage', 'sqs:DeleteMessage', 'sqs:GetQueueAttributes'], attribute('Work')),
          allow('sqs:SendMessage', attribute('Announced')),
          allow('sns:Publish', { Ref: 'Topic' }),
          allow(['kms:Decrypt', 'kms:GenerateDataKey'], attribute('Key')),
          allow('secretsmanager:GetSecretValue', { Ref: 'Secret' }),
        ],
      },
    },
  },
  Function: {
    Type: 'AWS::Lambda::Function',
    Properties: {
      FunctionName: 'fixture',
      Handler: 'index.handler',
      Runtime: 'nodejs24.x',
      Role: attribute('Role'),
      Timeout: 2,
      MemorySize: 256,
      Environment: {
        Variables: {
          BUCKET_NAME: { Ref: 'Bucket' },
          SLACK_URL: 'https://hooks.slack.com',
          GRAPH_URL: 'https://graph.facebook.com/v26.0',
          SNS_TOPIC_ARN: { Ref: 'Topic' },
          PLAIN: 'as it is',
        },
      },
      LoggingConfig: { LogGroup: { Ref: 'Logs' } },
    },
    Metadata: { 'aws:asset:path': 'asset.function' },
  },
  Mapping: {
    Type: 'AWS::Lambda::EventSourceMapping',
    Properties: {
      EventSourceArn: attribute('Work'),
      FunctionName: { Ref: 'Function' },
      BatchSize: 1,
      FunctionResponseTypes: ['ReportBatchItemFailures'],
      ScalingConfig: { MaximumConcurrency: 3 },
    },
  },
};

const api = {
  Api: { Type: 'AWS::ApiGateway::RestApi', Properties: { Name: 'Fixture', BinaryMediaTypes: ['*/*'] } },
  Stage: { Type: 'AWS::ApiGateway::Stage', Properties: { RestApiId: { Ref: 'Api' }, StageName: 'v1' } },
  Run: path(attribute('Api', 'RootResourceId'), 'run'),
  What: path({ Ref: 'Run' }, '{what}'),
  PostWhat: method('POST', 'What'),
  GetWhat: method('GET', 'What'),
  MayPost: permission('POST', 'run/*'),
  MayGet: permission('GET', 'run/*'),
  ApiPath: path(attribute('Api', 'RootResourceId'), 'api'),
  Leads: path({ Ref: 'ApiPath' }, 'leads'),
  GetLeads: method('GET', 'Leads'),
  MayGetLeads: permission('GET', 'api/leads'),
  Hook: path({ Ref: 'ApiPath' }, 'webhook'),
  GetHook: method('GET', 'Hook'),
  PostHook: method('POST', 'Hook'),
  MayHook: permission('*', 'api/webhook'),
  NotFound: {
    Type: 'AWS::ApiGateway::GatewayResponse',
    Properties: {
      RestApiId: { Ref: 'Api' },
      ResponseType: 'MISSING_AUTHENTICATION_TOKEN',
      StatusCode: '404',
      ResponseTemplates: { 'application/json': '{"message":"not found"}' },
    },
  },
};

const alarms = {
  Alarm: {
    Type: 'AWS::CloudWatch::Alarm',
    Properties: {
      AlarmName: 'something-is-parked',
      AlarmDescription: 'Something is parked.',
      AlarmActions: [{ Ref: 'AlarmTopic' }],
      OKActions: [{ Ref: 'AlarmTopic' }],
      ComparisonOperator: 'GreaterThanOrEqualToThreshold',
      Dimensions: [{ Name: 'QueueName', Value: attribute('Parked', 'QueueName') }],
      EvaluationPeriods: 1,
      MetricName: 'ApproximateNumberOfMessagesVisible',
      Namespace: 'AWS/SQS',
      Period: 1,
      Statistic: 'Maximum',
      Threshold: 1,
      TreatMissingData: 'notBreaching',
    },
  },
};

function keys(hash: string, range: string) {
  return [
    { AttributeName: hash, KeyType: 'HASH' },
    { AttributeName: range, KeyType: 'RANGE' },
  ];
}

function path(ParentId: unknown, PathPart: string) {
  return { Type: 'AWS::ApiGateway::Resource', Properties: { RestApiId: { Ref: 'Api' }, ParentId, PathPart } };
}

function method(HttpMethod: string, resource: string) {
  const uri = joined(
    'arn:aws:apigateway:us-east-1:lambda:path/2015-03-31/functions/',
    attribute('Function'),
    '/invocations',
  );
  return {
    Type: 'AWS::ApiGateway::Method',
    Properties: {
      HttpMethod,
      RestApiId: { Ref: 'Api' },
      ResourceId: { Ref: resource },
      AuthorizationType: 'NONE',
      Integration: { Type: 'AWS_PROXY', IntegrationHttpMethod: 'POST', Uri: uri },
    },
  };
}

function permission(HttpMethod: string, where: string) {
  return {
    Type: 'AWS::Lambda::Permission',
    Properties: {
      Action: 'lambda:InvokeFunction',
      FunctionName: attribute('Function'),
      Principal: 'apigateway.amazonaws.com',
      SourceArn: joined(
        'arn:aws:execute-api:us-east-1:',
        { Ref: 'AWS::AccountId' },
        ':',
        { Ref: 'Api' },
        `/v1/${HttpMethod}/${where}`,
      ),
    },
  };
}

/** The properties of a resource, to be changed. */
export function propertiesOf({ Resources }: EditableTemplate, id: string) {
  const resource = Resources[id];
  if (!resource) throw new Error(`there is no ${id}`);
  return resource.Properties;
}

/** Gives the tenants the secrets of Meta and HubSpot, as a stage with these sources has them. */
export function addSources({ Resources }: EditableTemplate, tenants = ['acme']) {
  for (const [index, tenant] of tenants.entries()) {
    for (const kind of ['meta-signature-key', 'meta-verify-token', 'hubspot-signature-key']) {
      const Properties = { Name: `fixture/${tenant}/${kind}` };
      Resources[`Source${index}${kind}`] = { Type: 'AWS::SecretsManager::Secret', Properties };
    }
  }
}

/** The fixture as a cloud assembly in a folder of its own. */
export function fixtureAssembly(template = fixtureTemplate()): string {
  const directory = mkdtempSync(join(tmpdir(), 'lead-relay-fixture-'));
  mkdirSync(directory, { recursive: true });
  symlinkSync(join(import.meta.dirname, 'fixtures', 'function'), join(directory, 'asset.function'));
  const artifacts = {
    Fixture: { type: 'aws:cloudformation:stack', properties: { templateFile: 'Fixture.template.json' } },
  };
  writeFileSync(join(directory, 'manifest.json'), JSON.stringify({ version: '43.0.0', artifacts }));
  writeFileSync(join(directory, 'Fixture.template.json'), JSON.stringify(template));
  return directory;
}

let shared: string | undefined;

/** Starts a local run of the fixture. */
export const startFixture = (options: LocalOptions = {}) =>
  startLocal({ assembly: (shared ??= fixtureAssembly()), ...options });

/** The physical name of a resource of the fixture. */
export const named = (id: string) => `Fixture-${id}`;
export const bucket = 'fixture-bucket';
export const queueUrl = (aws: string, id: string) => `${aws}/000000000000/${named(id)}`;
export const arnOf = (service: 'sqs' | 'sns', id: string) => `arn:aws:${service}:us-east-1:000000000000:${named(id)}`;
