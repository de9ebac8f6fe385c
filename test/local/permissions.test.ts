import { DynamoDBClient, GetItemCommand, PutItemCommand, QueryCommand } from '@aws-sdk/client-dynamodb';
import {
  DeleteObjectCommand,
  GetObjectCommand,
  ListObjectsV2Command,
  PutObjectCommand,
  S3Client,
} from '@aws-sdk/client-s3';
import {
  CreateSecretCommand,
  GetSecretValueCommand,
  ListSecretsCommand,
  PutSecretValueCommand,
  SecretsManagerClient,
} from '@aws-sdk/client-secrets-manager';
import { PublishCommand, SNSClient } from '@aws-sdk/client-sns';
import { ReceiveMessageCommand, SendMessageBatchCommand, SendMessageCommand, SQSClient } from '@aws-sdk/client-sqs';
import { expect, it } from '@jest/globals';
import { allowedBy } from '../../local/permissions.ts';
import type { LocalRun } from '../e2e/local-run.ts';
import { arnOf, bucket, propertiesOf, queueUrl, startFixture } from './fixture.ts';

const TableName = 'Fixture-Table';
const Key = { PK: { S: 'a' }, SK: { S: 'b' } };
const query = {
  TableName,
  KeyConditionExpression: 'GSI1PK = :pk',
  ExpressionAttributeValues: { ':pk': { S: 'a' } },
  IndexName: 'GSI1',
};

/** Clients with the key of an environment of the function. */
function asFunction({ aws }: LocalRun) {
  const config = {
    endpoint: aws,
    region: 'us-east-1',
    credentials: { accessKeyId: 'fixture.1', secretAccessKey: 'x' },
  };
  return {
    s3: new S3Client({ ...config, forcePathStyle: true }),
    sqs: new SQSClient(config),
    sns: new SNSClient(config),
    dynamodb: new DynamoDBClient(config),
    secrets: new SecretsManagerClient(config),
  };
}

it('lets a function do what a statement of its role allows, and nothing else', async () => {
  await using run = await startFixture();
  const { s3, sqs, sns, dynamodb, secrets } = asFunction(run);
  const SecretId = 'fixture/acme/some-key';
  await run.secrets.send(new PutSecretValueCommand({ SecretId, SecretString: 'x' }));
  const answers = async (call: Promise<unknown>) =>
    call.then(
      () => 'done',
      (error: Error) => error.name,
    );
  const publish = (id: string) => sns.send(new PublishCommand({ TopicArn: arnOf('sns', id), Message: 'x' }));
  const sendTo = (id: string) =>
    sqs.send(new SendMessageCommand({ QueueUrl: queueUrl(run.aws, id), MessageBody: 'x' }));
  const sendManyTo = (id: string) =>
    sqs.send(
      new SendMessageBatchCommand({ QueueUrl: queueUrl(run.aws, id), Entries: [{ Id: '1', MessageBody: 'x' }] }),
    );
  expect({
    'put where it may': await answers(s3.send(new PutObjectCommand({ Bucket: bucket, Key: 'in/a', Body: 'x' }))),
    'put elsewhere': await answers(s3.send(new PutObjectCommand({ Bucket: bucket, Key: 'out/a', Body: 'x' }))),
    get: await answers(s3.send(new GetObjectCommand({ Bucket: bucket, Key: 'in/a' }))),
    delete: await answers(s3.send(new DeleteObjectCommand({ Bucket: bucket, Key: 'in/a' }))),
    list: await answers(s3.send(new ListObjectsV2Command({ Bucket: bucket }))),
    'send to its queue': await answers(sendTo('Announced')),
    'send to another queue': await answers(sendTo('Work')),
    'send many to its queue': await answers(sendManyTo('Announced')),
    'send many to another queue': await answers(sendManyTo('Work')),
    'receive from a queue it may only send to': await answers(
      sqs.send(new ReceiveMessageCommand({ QueueUrl: queueUrl(run.aws, 'Announced') })),
    ),
    publish: await answers(publish('Topic')),
    'publish elsewhere': await answers(publish('AlarmTopic')),
    'put an item': await answers(dynamodb.send(new PutItemCommand({ TableName, Item: Key }))),
    'get an item': await answers(dynamodb.send(new GetItemCommand({ TableName, Key }))),
    'query an index, where only the table is allowed': await answers(dynamodb.send(new QueryCommand(query))),
    'read its secret': await answers(secrets.send(new GetSecretValueCommand({ SecretId }))),
    'fill its secret': await answers(secrets.send(new PutSecretValueCommand({ SecretId, SecretString: 'y' }))),
  }).toEqual({
    'put where it may': 'done',
    'put elsewhere': 'AccessDenied',
    get: 'done',
    delete: 'AccessDenied',
    list: 'AccessDenied',
    'send to its queue': 'done',
    'send to another queue': 'AccessDeniedException',
    'send many to its queue': 'done',
    'send many to another queue': 'AccessDeniedException',
    'receive from a queue it may only send to': 'AccessDeniedException',
    publish: 'done',
    'publish elsewhere': 'AuthorizationErrorException',
    'put an item': 'done',
    'get an item': 'AccessDeniedException',
    'query an index, where only the table is allowed': 'AccessDeniedException',
    'read its secret': 'done',
    'fill its secret': 'AccessDeniedException',
  });
  expect(run.logs()).toContain('fixture may not s3:DeleteObject on arn:aws:s3:::fixture-bucket/in/a: AccessDenied.');
});

it('decides about a secret that is not there by the ARN that it would have', async () => {
  await using run = await startFixture({
    edit: (template) => {
      const ofTokens = 'arn:aws:secretsmanager:us-east-1:000000000000:secret:fixture/*/meta-token-*';
      const { Statement } = propertiesOf(template, 'Policy')['PolicyDocument'];
      Statement.push({
        Effect: 'Allow',
        Action: ['secretsmanager:GetSecretValue', 'secretsmanager:CreateSecret'],
        Resource: ofTokens,
      });
    },
  });
  const { secrets } = asFunction(run);
  const read = (SecretId: string) => secrets.send(new GetSecretValueCommand({ SecretId }));
  const create = (Name: string) => secrets.send(new CreateSecretCommand({ Name, SecretString: 'EAA' }));
  const token = 'fixture/acme/meta-token-1';
  await expect(read(token)).rejects.toMatchObject({ name: 'ResourceNotFoundException' });
  await expect(read('fixture/acme/other-1')).rejects.toMatchObject({ name: 'AccessDeniedException' });
  await expect(create('fixture/acme/other-1')).rejects.toMatchObject({ name: 'AccessDeniedException' });
  const { ARN } = await create(token);
  expect([(await read(token)).SecretString, (await read(ARN ?? '')).SecretString]).toEqual(['EAA', 'EAA']);
  await expect(secrets.send(new ListSecretsCommand({}))).rejects.toMatchObject({ name: 'AccessDeniedException' });
});

it('lets nobody publish to a topic with a key that they may not use', async () => {
  await using run = await startFixture({
    edit: (template) => {
      const { Statement } = propertiesOf(template, 'Policy')['PolicyDocument'];
      Statement.splice(
        Statement.findIndex(({ Action }: { Action: string[] }) => Action.includes('kms:Decrypt')),
        1,
      );
    },
  });
  const { sns } = asFunction(run);
  const publish = sns.send(new PublishCommand({ TopicArn: arnOf('sns', 'Topic'), Message: 'x' }));
  await expect(publish).rejects.toMatchObject({ name: 'KMSAccessDeniedException' });
});

it('delivers nothing to a function that may not receive from its queue, and says so', async () => {
  await using run = await startFixture({
    edit: (template) => {
      const { Statement } = propertiesOf(template, 'Policy')['PolicyDocument'];
      Statement.find(({ Action }: { Action: string[] }) => Action.includes('sqs:DeleteMessage')).Action = [
        'sqs:ReceiveMessage',
      ];
    },
  });
  await run.sqs.send(
    new SendMessageCommand({ QueueUrl: queueUrl(run.aws, 'Work'), MessageBody: '{"do":"say","line":{}}' }),
  );
  expect(run.logs()).toContain('fixture may not sqs:DeleteMessage on its queue: nothing is delivered to it.');
  expect(await run.queues()).toContainEqual({ name: 'Fixture-Work', visible: 1, delayed: 0, inFlight: 0 });
});

it('loses the log of a function that may not write it, and says so', async () => {
  await using run = await startFixture({
    edit: (template) => {
      propertiesOf(template, 'Role')['Policies'].pop();
    },
  });
  await run.post('/run/x', '{"do":"say","line":{"heard":true}}');
  expect(run.logs()).toContain('fixture may not logs:CreateLogStream for its log: what it writes is lost.');
  expect(run.functionLog()).toBe('');
});

it.each([
  ['s3:PutObject', 'arn:aws:s3:::b/in/a', true],
  ['S3:PUTOBJECT', 'arn:aws:s3:::b/in/a', true],
  ['s3:PutObject', 'arn:aws:s3:::b/out/a', false],
  ['s3:PutObjectAcl', 'arn:aws:s3:::b/in/a', false],
  ['s3:PutObject', 'arn:aws:s3:::b/in/secret', false],
  ['secretsmanager:GetSecretValue', 'arn:aws:secretsmanager:r:a:secret:name-AbCdEf', true],
  ['secretsmanager:GetSecretValue', 'arn:aws:secretsmanager:r:a:secret:name-AbCdEfG', false],
])('reads statements as IAM does: %s on %s is %s', (action, resource, expected) => {
  const allowed = allowedBy([
    { Effect: 'Allow', Action: ['s3:PutObject'], Resource: ['arn:aws:s3:::b/in/*'] },
    { Effect: 'Deny', Action: ['s3:*'], Resource: ['arn:aws:s3:::b/in/secret'] },
    { Effect: 'Allow', Action: ['secretsmanager:Get*'], Resource: ['arn:aws:secretsmanager:r:a:secret:name-??????'] },
  ]);
  expect(allowed(action, resource)).toBe(expected);
});
