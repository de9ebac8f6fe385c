import { describe, expect, it } from '@jest/globals';
import { statements, synth } from './synth.ts';

const { template, ofType, properties } = synth('local');
const rightsOf = (policy: string) => statements(properties('AWS::IAM::Policy', policy)['PolicyDocument']);

describe('each function may do only', () => {
  it('ingest: keep deliveries, read signing keys and verify tokens', () => {
    expect(rightsOf('IntakeIngestRoleDefaultPolicy')).toEqual([
      'Allow logs:CreateLogStream logs:PutLogEvents on {IntakeIngestLogs.Arn}',
      'Allow s3:PutObject on {Storage.Arn}/source/*',
      'Allow secretsmanager:GetSecretValue on {Secretsnorthclosesignaturekey} {Secretsnorthmetasignaturekey} {Secretsnorthmetaverifytoken} {Secretssouthclosesignaturekey} {Secretssouthmetasignaturekey} {Secretssouthmetaverifytoken}',
    ]);
  });

  it('capture: read deliveries, read leads with the tokens of pages, keep them, wait, park, put them on the owner queue', () => {
    expect(rightsOf('CaptureRoleDefaultPolicy')).toEqual([
      'Allow dynamodb:DeleteItem dynamodb:GetItem dynamodb:PutItem dynamodb:Query dynamodb:UpdateItem on {LeadTable.Arn}',
      'Allow logs:CreateLogStream logs:PutLogEvents on {CaptureLogs.Arn}',
      'Allow s3:GetObject on {Storage.Arn}/source/*',
      'Allow s3:GetObject s3:PutObject on {Storage.Arn}/details/*',
      'Allow secretsmanager:GetSecretValue on arn:{AWS::Partition}:secretsmanager:{AWS::Region}:{AWS::AccountId}:secret:lead-relay/local/*/meta-token-* {Secretsnorthmetasignaturekey} {Secretssouthmetasignaturekey}',
      'Allow sqs:ChangeMessageVisibility sqs:DeleteMessage sqs:GetQueueAttributes sqs:GetQueueUrl sqs:ReceiveMessage sqs:SendMessage on {CaptureQueue.Arn}',
      'Allow sqs:SendMessage on {CaptureQueueDeadLetters.Arn} {OwnerQueue.Arn}',
    ]);
  });

  it('capture: read no token where no source has pages', () => {
    const policy = synth('local', { sources: ['close'] }).properties('AWS::IAM::Policy', 'CaptureRoleDefaultPolicy');
    expect(statements(policy['PolicyDocument']).filter((line) => line.includes('secretsmanager'))).toEqual([]);
  });

  it('process: look owners up, keep enriched leads, tell the channels, wait, park', () => {
    expect(rightsOf('ProcessRoleDefaultPolicy')).toEqual([
      'Allow dynamodb:Query dynamodb:UpdateItem on {LeadTable.Arn}',
      'Allow kms:Decrypt kms:GenerateDataKey on {TopicKey.Arn}',
      'Allow logs:CreateLogStream logs:PutLogEvents on {ProcessLogs.Arn}',
      'Allow s3:GetObject on arn:{AWS::Partition}:s3:::dea-lead-owner/*',
      'Allow s3:GetObject s3:PutObject on {Storage.Arn}/target/*',
      'Allow secretsmanager:GetSecretValue on {Secretsnorthcloseapikey} {Secretsnorthslackwebhookurl} {Secretssouthcloseapikey} {Secretssouthslackwebhookurl}',
      'Allow sns:Publish on {LeadTopic}',
      'Allow sqs:ChangeMessageVisibility sqs:DeleteMessage sqs:GetQueueAttributes sqs:GetQueueUrl sqs:ReceiveMessage sqs:SendMessage on {OwnerQueue.Arn}',
      'Allow sqs:SendMessage on {OwnerQueueDeadLetters.Arn}',
    ]);
  });

  it('what these policies say: nobody else has one', () => {
    expect(Object.keys(ofType('AWS::IAM::Policy')).sort()).toEqual([
      'CaptureRoleDefaultPolicy',
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
      IntakeIngestRole: 'lambda.amazonaws.com',
      IntakeWebhooksApiCloudWatchRole: 'apigateway.amazonaws.com',
      ProcessRole: 'lambda.amazonaws.com',
    });
  });

  it('of functions have no policy of AWS and none written into the role', () => {
    for (const name of ['IntakeIngestRole', 'CaptureRole', 'ProcessRole']) {
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
