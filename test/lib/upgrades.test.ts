import { describe, expect, it } from '@jest/globals';
import { App } from 'aws-cdk-lib';
import { readSettings } from '../../lib/config.ts';
import { stacksOf } from '../../lib/stacks.ts';
import { contextOf, synth, synthDashboard, type View } from './synth.ts';

const { pipeline, ...dashboard } = synthDashboard('prod');
const { app, resources, stack, ofType } = pipeline;
const STATEFUL = [
  'AWS::S3::Bucket',
  'AWS::DynamoDB::Table',
  'AWS::SecretsManager::Secret',
  'AWS::KMS::Key',
  'AWS::SQS::Queue',
  'AWS::Cognito::UserPool',
];
const statefulOf = ({ resources: all }: Pick<View, 'resources'>) =>
  Object.entries(all).filter(([, { Type }]) => STATEFUL.includes(Type));
const stateful = statefulOf(pipeline);

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
      'ReplayQueue9F13378E',
      'ReplayQueueDeadLettersB5340C83',
      'Secretsdefaultcloseapikey569C1344',
      'Secretsdefaultclosesignaturekey54F57F7C',
      'Secretsdefaulthubspotsignaturekey2698705E',
      'Secretsdefaultmetasignaturekey6D440635',
      'Secretsdefaultmetaverifytoken41658462',
      'Secretsdefaultslackwebhookurl5FDE74E9',
      'Storage07F31EBC',
      'SweepQueueA7823E28',
      'SweepQueueDeadLettersD140F533',
      'SyncQueue5D4A768C',
      'SyncQueueDeadLettersB8958AF8',
      'TopicKeyB2E0C9CB',
    ]);
  });

  it('finds the users, the web site and the queue of the dashboard likewise', () => {
    expect(statefulOf(dashboard).map(([id]) => id)).toEqual([
      'Users0A0EEA89',
      'SiteBucket978D4AEB',
      'ExportQueueDeadLettersF8CFFAFF',
      'ExportQueueDB8F518C',
    ]);
  });

  it('never deletes them, and neither does the deletion of a stack', () => {
    for (const [, resource] of [...stateful, ...statefulOf(dashboard)]) {
      expect(resource).toMatchObject({ DeletionPolicy: 'Retain', UpdateReplacePolicy: 'Retain' });
    }
    expect([stack.terminationProtection, dashboard.stack.terminationProtection]).toEqual([true, true]);
  });

  it('finds the client of the users and the address for signing in as they were, or everybody would be signed out', () => {
    const ids = Object.entries(dashboard.resources).filter(([, { Type }]) =>
      ['AWS::Cognito::UserPoolClient', 'AWS::Cognito::UserPoolDomain', 'AWS::CloudFront::Distribution'].includes(Type),
    );
    expect(ids.map(([id]) => id)).toEqual(['UsersDomainC6632324', 'UsersClient3B43F2CF', 'SiteDistribution390DED28']);
  });

  it('gives none of them but the secrets a name, so that each can be replaced', () => {
    const all = [...stateful, ...statefulOf(dashboard)];
    for (const [, { Type, Properties }] of all.filter(([, { Type: type }]) => !type.includes('Secret'))) {
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

/** What the dashboard takes from the pipeline: the names of the exports without their hash. */
const exportsOf = ({ template }: Pick<View, 'template'>) =>
  Object.keys(template.toJSON()['Outputs'] as object)
    .filter((name) => name.startsWith('ExportsOutput'))
    .map((name) =>
      name
        .replace(/^ExportsOutput(Ref|FnGetAtt)/, '')
        .replace(/[0-9A-F]{8}(\w*?)[0-9A-F]{8}$/, ' $1')
        .trim(),
    );

describe('what the dashboard stands on', () => {
  it('is exported by the pipeline; what is taken off this list must leave the dashboard in an earlier deployment', () => {
    expect(exportsOf(pipeline).sort()).toEqual([
      'AlarmsTopic',
      'CaptureBulkQueue',
      'CaptureBulkQueue Arn',
      'CaptureQueue',
      'CaptureQueue Arn',
      'IntakeWebhooksApi',
      'IntakeWebhooksWebAcl Arn',
      'LeadTable',
      'LeadTable Arn',
      'LeadTopic',
      'OwnerQueue',
      'OwnerQueue Arn',
      'ReplayQueue',
      'ReplayQueue Arn',
      'Storage',
      'Storage Arn',
      'SyncQueue',
      'SyncQueue Arn',
      'TopicKey Arn',
    ]);
  });

  it('is taken as an import, which CloudFormation guards, and the pipeline takes nothing back', () => {
    expect(JSON.stringify(dashboard.resources)).not.toContain('Fn::GetStackOutput');
    expect(JSON.stringify(resources)).not.toContain('Fn::ImportValue');
    expect(dashboard.stack.dependencies.map(({ stackName }) => stackName)).toEqual(['LeadRelay-prod']);
  });
});

describe('the stacks', () => {
  it('are named and tagged for who pays', () => {
    expect([stack.stackName, dashboard.stack.stackName]).toEqual(['LeadRelay-prod', 'LeadRelay-prod-dashboard']);
    for (const { tags } of [stack, dashboard.stack])
      expect(tags.tagValues()).toEqual({ app: 'lead-relay', stage: 'prod', 'cost-center': 'lead-relay' });
  });

  it('are plain CloudFormation: no custom resource, no nested stack', () => {
    const types = [resources, dashboard.resources].flatMap((all) => Object.values(all).map(({ Type }) => Type));
    expect(types.filter((type) => !type.startsWith('AWS::') || type.startsWith('AWS::CloudFormation'))).toEqual([]);
  });

  it('are the same each time they are made', () => {
    const again = synthDashboard('prod');
    expect(again.template.toJSON()).toEqual(dashboard.template.toJSON());
    expect(again.pipeline.template.toJSON()).toEqual(pipeline.template.toJSON());
  });

  it('show what people and commands need to know of them', () => {
    const outputsOf = ({ template }: Pick<View, 'template'>) =>
      Object.keys(template.toJSON()['Outputs'] as object).filter((name) => !name.startsWith('ExportsOutput'));
    expect(outputsOf(dashboard)).toEqual([
      'DashboardUrl',
      'DistributionId',
      'DistributionDomain',
      'WebBucketName',
      'UserPoolId',
      'ClientId',
      'Authority',
      'LogoutUrl',
      'DashboardApiUrl',
      'ExportQueueUrl',
      'ExportDeadLettersUrl',
    ]);
    expect(outputsOf(pipeline)).toEqual([
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
      'SyncQueueUrl',
      'SyncDeadLettersUrl',
      'ReplayQueueUrl',
      'ReplayDeadLettersUrl',
      'SweepQueueUrl',
      'SweepDeadLettersUrl',
      'OwnerQueueUrl',
      'OwnerDeadLettersUrl',
      'SecretNames',
    ]);
  });

  it('belong to an app of one stage, which has no dashboard where the setting is off', () => {
    expect(app.node.children.filter(({ node }) => node.id.startsWith('LeadRelay'))).toHaveLength(2);
    const context = contextOf('prod', { dashboard: false });
    expect(stacksOf(new App({ context }), readSettings(context))).toHaveLength(1);
  });
});
