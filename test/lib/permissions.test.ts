import { describe, expect, it } from '@jest/globals';
import { statements, synth } from './synth.ts';

const { template, ofType, properties } = synth('local');
/** The secrets of this kind, of every tenant. */
const secrets = (...kinds: string[]) =>
  kinds
    .map(
      (kind) =>
        `arn:{AWS::Partition}:secretsmanager:{AWS::Region}:{AWS::AccountId}:secret:lead-relay/local/*/${kind}-*`,
    )
    .join(' ');
const rightsOf = (policy: string) => statements(properties('AWS::IAM::Policy', policy)['PolicyDocument']);

describe('each function may do only', () => {
  it('ingest: keep deliveries, read signing keys and verify tokens', () => {
    expect(rightsOf('IntakeIngestRoleDefaultPolicy')).toEqual([
      'Allow logs:CreateLogStream logs:PutLogEvents on {IntakeIngestLogs.Arn}',
      'Allow s3:PutObject on {Storage.Arn}/source/*',
      `Allow secretsmanager:GetSecretValue on ${secrets('close-signature-key', 'hubspot-signature-key', 'meta-signature-key', 'meta-verify-token')}`,
    ]);
  });

  it('capture: read deliveries, read leads with the tokens of pages and portals, keep them, say their category, wait, park, hand them on', () => {
    expect(rightsOf('CaptureRoleDefaultPolicy')).toEqual([
      'Allow dynamodb:DeleteItem dynamodb:GetItem dynamodb:PutItem dynamodb:Query dynamodb:UpdateItem on {LeadTable.Arn}',
      'Allow kms:Decrypt kms:GenerateDataKey on {TopicKey.Arn}',
      'Allow logs:CreateLogStream logs:PutLogEvents on {CaptureLogs.Arn}',
      'Allow s3:GetObject on {Storage.Arn}/source/*',
      'Allow s3:GetObject s3:PutObject on {Storage.Arn}/details/*',
      `Allow secretsmanager:GetSecretValue on ${secrets('hubspot-token', 'meta-signature-key', 'meta-token')}`,
      'Allow sns:Publish on {CategoryTopic}',
      'Allow sqs:ChangeMessageVisibility sqs:DeleteMessage sqs:GetQueueAttributes sqs:GetQueueUrl sqs:ReceiveMessage on {CaptureBulkQueue.Arn} {CaptureQueue.Arn}',
      'Allow sqs:SendMessage on {CaptureBulkQueue.Arn} {CaptureQueue.Arn} {CaptureQueueDeadLetters.Arn} {EraseQueue.Arn} {OwnerBulkQueue.Arn} {OwnerQueue.Arn}',
    ]);
  });

  it('read no token where no source has pages or portals', () => {
    const { properties: of } = synth('local', { sources: ['close'] });
    const readBy = (step: string) =>
      statements(of('AWS::IAM::Policy', `${step}RoleDefaultPolicy`)['PolicyDocument']).filter((line) =>
        line.includes('secretsmanager'),
      );
    expect(readBy('Capture')).toEqual([]);
    expect(readBy('Process').join()).not.toContain('token');
    expect(readBy('IntakeIngest')).toEqual([
      `Allow secretsmanager:GetSecretValue on ${secrets('close-signature-key')}`,
    ]);
  });

  it('process: look owners up, also with the tokens of portals, keep enriched leads, tell the channels, gather, wait, park', () => {
    expect(rightsOf('ProcessRoleDefaultPolicy')).toEqual([
      'Allow dynamodb:DeleteItem dynamodb:GetItem dynamodb:PutItem dynamodb:Query dynamodb:UpdateItem on {LeadTable.Arn}',
      'Allow kms:Decrypt kms:GenerateDataKey on {TopicKey.Arn}',
      'Allow logs:CreateLogStream logs:PutLogEvents on {ProcessLogs.Arn}',
      'Allow s3:GetObject on arn:{AWS::Partition}:s3:::dea-lead-owner/*',
      'Allow s3:GetObject s3:PutObject on {Storage.Arn}/target/*',
      `Allow secretsmanager:GetSecretValue on ${secrets('hubspot-token')} {Secretsnorthcloseapikey} {Secretsnorthslackwebhookurl} {Secretssouthcloseapikey} {Secretssouthslackwebhookurl}`,
      'Allow sns:Publish on {LeadTopic}',
      'Allow sqs:ChangeMessageVisibility sqs:DeleteMessage sqs:GetQueueAttributes sqs:GetQueueUrl sqs:ReceiveMessage on {OwnerBulkQueue.Arn} {OwnerQueue.Arn}',
      'Allow sqs:SendMessage on {CaptureBulkQueue.Arn} {OwnerBulkQueue.Arn} {OwnerQueue.Arn} {OwnerQueueDeadLetters.Arn}',
    ]);
  });

  it('erase: delete every version of what is kept of a lead, with its tenant’s exports, and put back what tells of others too', () => {
    expect(rightsOf('EraseRoleDefaultPolicy')).toEqual([
      'Allow dynamodb:DeleteItem dynamodb:GetItem dynamodb:PutItem dynamodb:Query dynamodb:UpdateItem on {LeadTable.Arn}',
      'Allow logs:CreateLogStream logs:PutLogEvents on {EraseLogs.Arn}',
      'Allow s3:DeleteObject s3:DeleteObjectVersion on {Storage.Arn}/exports/* {Storage.Arn}/target/*',
      'Allow s3:DeleteObject s3:DeleteObjectVersion s3:GetObject s3:PutObject on {Storage.Arn}/details/* {Storage.Arn}/source/*',
      'Allow s3:ListBucketVersions on {Storage.Arn}',
      'Allow sqs:ChangeMessageVisibility sqs:DeleteMessage sqs:GetQueueAttributes sqs:GetQueueUrl sqs:ReceiveMessage sqs:SendMessage on {EraseQueue.Arn}',
    ]);
  });

  it('delete no object, or a version of one: erase alone may', () => {
    const mayDelete = Object.keys(ofType('AWS::IAM::Policy')).filter((policy) =>
      rightsOf(policy).some((line) => /s3:(\*|Delete)/.test(line)),
    );
    expect(mayDelete).toEqual(['EraseRoleDefaultPolicy']);
  });

  it('what these policies say: nobody else has one', () => {
    expect(Object.keys(ofType('AWS::IAM::Policy')).sort()).toEqual([
      'CaptureRoleDefaultPolicy',
      'EraseRoleDefaultPolicy',
      'IntakeIngestRoleDefaultPolicy',
      'ProcessRoleDefaultPolicy',
    ]);
    template.resourceCountIs('AWS::IAM::ManagedPolicy', 0);
  });
});

describe('the roles', () => {
  const roles = ofType('AWS::IAM::Role');

  it('are one for each function, and the one with which API Gateway writes its logs', () => {
    const trusted = Object.entries(roles).map(([name, { Properties }]) => [
      name,
      (Properties['AssumeRolePolicyDocument'] as { Statement: { Principal: { Service: string } }[] }).Statement[0]
        ?.Principal.Service,
    ]);
    expect(Object.fromEntries(trusted)).toEqual({
      CaptureRole: 'lambda.amazonaws.com',
      EraseRole: 'lambda.amazonaws.com',
      IntakeIngestRole: 'lambda.amazonaws.com',
      IntakeWebhooksApiCloudWatchRole: 'apigateway.amazonaws.com',
      ProcessRole: 'lambda.amazonaws.com',
    });
  });

  it('of functions have no policy of AWS and none written into the role', () => {
    for (const name of ['IntakeIngestRole', 'CaptureRole', 'ProcessRole', 'EraseRole']) {
      expect(Object.keys(properties('AWS::IAM::Role', name))).toEqual(['AssumeRolePolicyDocument']);
    }
  });

  it('follow the setting to the lookup bucket', () => {
    const policy = synth('dev', { lookupBucket: 'our-lead-owners' }).properties(
      'AWS::IAM::Policy',
      'ProcessRoleDefaultPolicy',
    );
    expect(statements(policy['PolicyDocument'])).toContain(
      'Allow s3:GetObject on arn:{AWS::Partition}:s3:::our-lead-owners/*',
    );
  });
});
