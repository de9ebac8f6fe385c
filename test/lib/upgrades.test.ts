import { describe, expect, it } from '@jest/globals';
import { Template } from 'aws-cdk-lib/assertions';
import { synth } from './synth.ts';

const { app, resources, stack, ofType } = synth('prod');
const STATEFUL = [
  'AWS::S3::Bucket',
  'AWS::DynamoDB::Table',
  'AWS::SecretsManager::Secret',
  'AWS::KMS::Key',
  'AWS::SQS::Queue',
];
const stateful = Object.entries(resources).filter(([, { Type }]) => STATEFUL.includes(Type));

describe('an upgrade', () => {
  it('finds bucket, table, secrets, key and queues under the ids they were made with', () => {
    expect(stateful.map(([id]) => id).sort()).toEqual([
      'CaptureBulkQueue415BBCF7',
      'CaptureQueueD7827434',
      'CaptureQueueDeadLetters2B63B276',
      'EraseQueue13F5D1AE',
      'EraseQueueDeadLetters6BB90141',
      'LeadTable4C2A47CB',
      'OwnerBulkQueue2F0240D4',
      'OwnerQueue8CCD526C',
      'OwnerQueueDeadLetters57430445',
      'Secretsdefaultcloseapikey569C1344',
      'Secretsdefaultclosesignaturekey54F57F7C',
      'Secretsdefaulthubspotsignaturekey2698705E',
      'Secretsdefaultmetasignaturekey6D440635',
      'Secretsdefaultmetaverifytoken41658462',
      'Secretsdefaultslackwebhookurl5FDE74E9',
      'Storage07F31EBC',
      'TopicKeyB2E0C9CB',
    ]);
  });

  it('never deletes them, and neither does the deletion of the stack', () => {
    for (const [, resource] of stateful) {
      expect(resource).toMatchObject({ DeletionPolicy: 'Retain', UpdateReplacePolicy: 'Retain' });
    }
    expect(stack.terminationProtection).toBe(true);
  });

  it('gives none of them but the secrets a name, so that each can be replaced', () => {
    for (const [, { Type, Properties }] of stateful.filter(([, { Type: type }]) => !type.includes('Secret'))) {
      expect([Type, Object.keys(Properties).filter((name) => /^(Bucket|Table|Queue)Name$/.test(name))]).toEqual([
        Type,
        [],
      ]);
    }
  });
});

describe('the secrets', () => {
  it('are named by stage, tenant and purpose', () => {
    expect(
      Object.values(ofType('AWS::SecretsManager::Secret'))
        .map(({ Properties }) => String(Properties['Name']))
        .sort(),
    ).toEqual([
      'lead-relay/prod/default/close-api-key',
      'lead-relay/prod/default/close-signature-key',
      'lead-relay/prod/default/hubspot-signature-key',
      'lead-relay/prod/default/meta-signature-key',
      'lead-relay/prod/default/meta-verify-token',
      'lead-relay/prod/default/slack-webhook-url',
    ]);
  });

  it('are those of Close alone where only Close is on', () => {
    const names = Object.keys(synth('prod', { sources: ['close'] }).ofType('AWS::SecretsManager::Secret'));
    expect(names.sort()).toEqual([
      'Secretsdefaultcloseapikey',
      'Secretsdefaultclosesignaturekey',
      'Secretsdefaultslackwebhookurl',
    ]);
  });

  it('of pages are not among them: they are made and deleted with their pages', () => {
    const secrets = Object.values(ofType('AWS::SecretsManager::Secret')).map(({ Properties }) => Properties['Name']);
    expect(secrets.filter((name) => String(name).includes('token-'))).toEqual([]);
  });

  it('are empty until a person fills them, so that nothing looks filled that is not', () => {
    for (const { Properties } of Object.values(ofType('AWS::SecretsManager::Secret'))) {
      expect(Object.keys(Properties).sort()).toEqual(['Description', 'Name']);
    }
  });

  it('are held nowhere in the template: no URL of Slack, no key', () => {
    const text = JSON.stringify(resources);
    expect(text).not.toMatch(
      /hooks\.slack\.com\/services|SecretString|resolve:secretsmanager|\b[0-9a-f]{64}\b(?!\.zip)/,
    );
  });
});

describe('the stack', () => {
  it('is named and tagged for who pays', () => {
    expect(stack.stackName).toBe('LeadRelay-prod');
    expect(stack.tags.tagValues()).toEqual({ app: 'lead-relay', stage: 'prod', 'cost-center': 'lead-relay' });
  });

  it('is plain CloudFormation: no custom resource, no nested stack', () => {
    const types = Object.values(resources).map(({ Type }) => Type);
    expect(types.filter((type) => !type.startsWith('AWS::') || type.startsWith('AWS::CloudFormation'))).toEqual([]);
  });

  it('is the same each time it is made', () => {
    expect(synth('prod').template.toJSON()).toEqual(Template.fromStack(stack).toJSON());
  });

  it('shows what people and commands need to know of it', () => {
    expect(Object.keys(Template.fromStack(stack).toJSON()['Outputs'] as object)).toEqual([
      'PublicUrl',
      'WebhookUrl',
      'BucketName',
      'TableName',
      'LeadTopicArn',
      'AlarmTopicArn',
      'CategoryTopicArn',
      'CaptureBulkQueueUrl',
      'OwnerBulkQueueUrl',
      'EraseQueueUrl',
      'EraseDeadLettersUrl',
      'CaptureQueueUrl',
      'CaptureDeadLettersUrl',
      'OwnerQueueUrl',
      'OwnerDeadLettersUrl',
      'SecretNames',
    ]);
  });

  it('belongs to an app of one stage', () => {
    expect(app.node.children.filter(({ node }) => node.id.startsWith('LeadRelay'))).toHaveLength(1);
  });
});
