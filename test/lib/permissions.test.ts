import { describe, expect, it } from '@jest/globals';
import { statements, synth, synthDashboard } from './synth.ts';

const { pipeline, ...dashboard } = synthDashboard('local');
const { template, ofType, properties } = pipeline;
/** The secrets of this kind, of every tenant. */
const secrets = (...kinds: string[]) =>
  kinds
    .map(
      (kind) =>
        `arn:{AWS::Partition}:secretsmanager:{AWS::Region}:{AWS::AccountId}:secret:lead-relay/local/*/${kind}-*`,
    )
    .join(' ');
const rightsOf = (policy: string, of = properties) => statements(of('AWS::IAM::Policy', policy)['PolicyDocument']);

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
      'Allow dynamodb:BatchGetItem dynamodb:BatchWriteItem dynamodb:DeleteItem dynamodb:GetItem dynamodb:PutItem dynamodb:Query dynamodb:UpdateItem on {LeadTable.Arn}',
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
      'Allow dynamodb:BatchGetItem dynamodb:BatchWriteItem dynamodb:DeleteItem dynamodb:GetItem dynamodb:PutItem dynamodb:Query dynamodb:UpdateItem on {LeadTable.Arn}',
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

  it('doctor: see what is filled, who subscribes and what is parked, remember it, and have its own leads erased', () => {
    expect(rightsOf('DoctorRoleDefaultPolicy')).toEqual([
      'Allow dynamodb:BatchGetItem dynamodb:GetItem dynamodb:PutItem dynamodb:Query on {LeadTable.Arn}',
      'Allow dynamodb:Query on {LeadTable.Arn}/index/GSI1',
      'Allow logs:CreateLogStream logs:PutLogEvents on {DoctorLogs.Arn}',
      `Allow secretsmanager:GetSecretValue on ${secrets('close-api-key', 'close-signature-key', 'hubspot-developer-key', 'hubspot-signature-key', 'hubspot-token', 'meta-signature-key', 'meta-token', 'meta-verify-token', 'slack-webhook-url')}`,
      'Allow sns:GetSubscriptionAttributes on *',
      'Allow sns:ListSubscriptionsByTopic on {AlarmsTopic} {LeadTopic}',
      'Allow sqs:GetQueueAttributes on {CaptureQueueDeadLetters.Arn} {EraseQueueDeadLetters.Arn} {OwnerQueueDeadLetters.Arn} {ReplayQueueDeadLetters.Arn} {SweepQueueDeadLetters.Arn} {SyncQueueDeadLetters.Arn}',
      'Allow sqs:SendMessage on {EraseQueue.Arn}',
    ]);
  });

  it('sync: read vendors’ records with their tokens, put what is missing, note how far it came, and go on', () => {
    expect(rightsOf('SyncRoleDefaultPolicy')).toEqual([
      'Allow dynamodb:BatchGetItem dynamodb:GetItem dynamodb:PutItem dynamodb:UpdateItem on {LeadTable.Arn}',
      'Allow dynamodb:Query on {LeadTable.Arn}/index/GSI1',
      'Allow logs:CreateLogStream logs:PutLogEvents on {SyncLogs.Arn}',
      'Allow s3:PutObject on {Storage.Arn}/source/*',
      `Allow secretsmanager:GetSecretValue on ${secrets('hubspot-token', 'meta-signature-key', 'meta-token')} {Secretsnorthcloseapikey} {Secretssouthcloseapikey}`,
      'Allow sqs:ChangeMessageVisibility sqs:DeleteMessage sqs:GetQueueAttributes sqs:GetQueueUrl sqs:ReceiveMessage sqs:SendMessage on {SyncQueue.Arn}',
    ]);
  });

  it('sweep: list and read deliveries, see how long queues are, note a new start, and send it', () => {
    expect(rightsOf('SweepRoleDefaultPolicy')).toEqual([
      'Allow dynamodb:BatchGetItem dynamodb:GetItem dynamodb:Query dynamodb:UpdateItem on {LeadTable.Arn}',
      'Allow dynamodb:Query on {LeadTable.Arn}/index/GSI3',
      'Allow logs:CreateLogStream logs:PutLogEvents on {SweepLogs.Arn}',
      'Allow s3:GetObject on {Storage.Arn}/source/*',
      'Allow s3:ListBucket on {Storage.Arn}',
      'Allow sqs:ChangeMessageVisibility sqs:DeleteMessage sqs:GetQueueAttributes sqs:GetQueueUrl sqs:ReceiveMessage sqs:SendMessage on {SweepQueue.Arn}',
      'Allow sqs:GetQueueAttributes on {CaptureBulkQueue.Arn} {CaptureQueue.Arn} {OwnerBulkQueue.Arn} {OwnerQueue.Arn}',
      'Allow sqs:SendMessage on {CaptureBulkQueue.Arn} {OwnerBulkQueue.Arn} {OwnerQueue.Arn}',
    ]);
  });

  it('replay: see which deliveries there are, read them and what vendors answered, note how far it came, and send them and what was parked back', () => {
    expect(rightsOf('ReplayRoleDefaultPolicy')).toEqual([
      'Allow dynamodb:BatchGetItem dynamodb:DeleteItem dynamodb:GetItem dynamodb:UpdateItem on {LeadTable.Arn}',
      'Allow dynamodb:Query on {LeadTable.Arn}/index/GSI1',
      'Allow logs:CreateLogStream logs:PutLogEvents on {ReplayLogs.Arn}',
      'Allow s3:GetObject on {Storage.Arn}/details/* {Storage.Arn}/source/*',
      'Allow s3:ListBucket on {Storage.Arn}',
      'Allow sqs:ChangeMessageVisibility sqs:DeleteMessage sqs:GetQueueAttributes sqs:GetQueueUrl sqs:ReceiveMessage sqs:SendMessage on {ReplayQueue.Arn}',
      'Allow sqs:ChangeMessageVisibility sqs:DeleteMessage sqs:ReceiveMessage on {CaptureQueueDeadLetters.Arn} {EraseQueueDeadLetters.Arn} {OwnerQueueDeadLetters.Arn} {ReplayQueueDeadLetters.Arn} {SweepQueueDeadLetters.Arn} {SyncQueueDeadLetters.Arn}',
      'Allow sqs:GetQueueAttributes on {OwnerBulkQueue.Arn}',
      'Allow sqs:GetQueueAttributes sqs:SendMessage on {CaptureBulkQueue.Arn}',
      'Allow sqs:SendMessage on {CaptureQueue.Arn} {EraseQueue.Arn} {OwnerQueue.Arn} {SweepQueue.Arn} {SyncQueue.Arn}',
    ]);
  });

  it('api: read and change rows, show deliveries, link to exports, fill what people enter and test with it, and hand on', () => {
    expect(rightsOf('ApiRoleDefaultPolicy', dashboard.properties)).toEqual([
      'Allow dynamodb:BatchGetItem dynamodb:DeleteItem dynamodb:GetItem dynamodb:PutItem dynamodb:Query dynamodb:UpdateItem on {LeadRelay-local:LeadTable.Arn}',
      'Allow dynamodb:Query on {LeadRelay-local:LeadTable.Arn}/index/GSI1 {LeadRelay-local:LeadTable.Arn}/index/GSI2 {LeadRelay-local:LeadTable.Arn}/index/GSI4',
      'Allow kms:Decrypt kms:GenerateDataKey on {LeadRelay-local:TopicKey.Arn}',
      'Allow logs:CreateLogStream logs:PutLogEvents on {ApiLogs.Arn}',
      'Allow s3:GetObject on {LeadRelay-local:Storage.Arn}/exports/* {LeadRelay-local:Storage.Arn}/source/*',
      `Allow secretsmanager:CreateSecret secretsmanager:DeleteSecret secretsmanager:DescribeSecret secretsmanager:GetSecretValue secretsmanager:PutSecretValue secretsmanager:TagResource on ${secrets('meta-token')}`,
      `Allow secretsmanager:DescribeSecret on ${secrets('close-signature-key', 'hubspot-signature-key', 'meta-signature-key')}`,
      `Allow secretsmanager:DescribeSecret secretsmanager:GetSecretValue secretsmanager:PutSecretValue on ${secrets('slack-webhook-url')}`,
      `Allow secretsmanager:DescribeSecret secretsmanager:PutSecretValue on ${secrets('meta-verify-token')}`,
      `Allow secretsmanager:GetSecretValue on ${secrets('meta-signature-key')}`,
      'Allow sns:GetSubscriptionAttributes sns:SetSubscriptionAttributes sns:Unsubscribe on *',
      'Allow sns:ListSubscriptionsByTopic sns:Publish sns:Subscribe on {LeadRelay-local:LeadTopic}',
      'Allow sqs:SendMessage on {ExportQueue.Arn} {LeadRelay-local:CaptureBulkQueue.Arn} {LeadRelay-local:CaptureQueue.Arn} {LeadRelay-local:OwnerQueue.Arn} {LeadRelay-local:ReplayQueue.Arn} {LeadRelay-local:SyncQueue.Arn}',
    ]);
  });

  it('export: read the list of leads, note how far it is, write the file', () => {
    expect(rightsOf('ExportRoleDefaultPolicy', dashboard.properties)).toEqual([
      'Allow dynamodb:GetItem dynamodb:Query dynamodb:UpdateItem on {LeadRelay-local:LeadTable.Arn}',
      'Allow dynamodb:Query on {LeadRelay-local:LeadTable.Arn}/index/GSI1',
      'Allow logs:CreateLogStream logs:PutLogEvents on {ExportLogs.Arn}',
      'Allow s3:AbortMultipartUpload s3:PutObject on {LeadRelay-local:Storage.Arn}/exports/*',
      'Allow sqs:ChangeMessageVisibility sqs:DeleteMessage sqs:GetQueueAttributes sqs:GetQueueUrl sqs:ReceiveMessage on {ExportQueue.Arn}',
    ]);
  });

  it('at the dashboard never: look through the table, read what vendors answered or what was passed on, or read a key of Close or HubSpot', () => {
    const all = ['ApiRoleDefaultPolicy', 'ExportRoleDefaultPolicy'].flatMap((name) =>
      rightsOf(name, dashboard.properties),
    );
    expect(all.filter((line) => /Scan|:\*|\/(details|target)\//.test(line.replace(/secret:\S+/g, '')))).toEqual([]);
    expect(all.filter((line) => /GetSecretValue.*(close|hubspot)-/.test(line))).toEqual([]);
  });

  it('at the dashboard less where Meta is off: no token, no key', () => {
    const { properties: of } = synthDashboard('local', { sources: ['close'] });
    expect(rightsOf('ApiRoleDefaultPolicy', of).filter((line) => line.includes('secretsmanager'))).toEqual([
      `Allow secretsmanager:DescribeSecret on ${secrets('close-signature-key')}`,
      `Allow secretsmanager:DescribeSecret secretsmanager:GetSecretValue secretsmanager:PutSecretValue on ${secrets('slack-webhook-url')}`,
    ]);
  });

  it('delete no object, or a version of one: erase alone may', () => {
    const mayDelete = [pipeline, dashboard].flatMap(({ ofType: all, properties: of }) =>
      Object.keys(all('AWS::IAM::Policy')).filter((policy) =>
        rightsOf(policy, of).some((line) => /s3:(\*|Delete)/.test(line)),
      ),
    );
    expect(mayDelete).toEqual(['EraseRoleDefaultPolicy']);
  });

  it('what these policies say: nobody else has one', () => {
    expect(Object.keys(ofType('AWS::IAM::Policy')).sort()).toEqual([
      'CaptureRoleDefaultPolicy',
      'DoctorRoleDefaultPolicy',
      'EraseRoleDefaultPolicy',
      'IntakeIngestRoleDefaultPolicy',
      'ProcessRoleDefaultPolicy',
      'ReplayRoleDefaultPolicy',
      'SweepRoleDefaultPolicy',
      'SyncRoleDefaultPolicy',
    ]);
    expect(Object.keys(dashboard.ofType('AWS::IAM::Policy')).sort()).toEqual([
      'ApiRoleDefaultPolicy',
      'ExportRoleDefaultPolicy',
    ]);
    dashboard.template.resourceCountIs('AWS::IAM::ManagedPolicy', 0);
    template.resourceCountIs('AWS::IAM::ManagedPolicy', 0);
  });
});

describe('the roles', () => {
  const roles = { ...ofType('AWS::IAM::Role'), ...dashboard.ofType('AWS::IAM::Role') };

  it('are one for each function, and the one with which API Gateway writes its logs', () => {
    const trusted = Object.entries(roles).map(([name, { Properties }]) => [
      name,
      (Properties['AssumeRolePolicyDocument'] as { Statement: { Principal: { Service: string } }[] }).Statement[0]
        ?.Principal.Service,
    ]);
    expect(Object.fromEntries(trusted)).toEqual({
      ApiRole: 'lambda.amazonaws.com',
      ExportRole: 'lambda.amazonaws.com',
      CaptureRole: 'lambda.amazonaws.com',
      DoctorRole: 'lambda.amazonaws.com',
      EraseRole: 'lambda.amazonaws.com',
      IntakeIngestRole: 'lambda.amazonaws.com',
      IntakeWebhooksApiCloudWatchRole: 'apigateway.amazonaws.com',
      ProcessRole: 'lambda.amazonaws.com',
      ReplayRole: 'lambda.amazonaws.com',
      SyncRole: 'lambda.amazonaws.com',
      SweepRole: 'lambda.amazonaws.com',
    });
  });

  it('of functions have no policy of AWS and none written into the role', () => {
    for (const name of [
      'IntakeIngestRole',
      'CaptureRole',
      'ProcessRole',
      'EraseRole',
      'ReplayRole',
      'SyncRole',
      'DoctorRole',
      'SweepRole',
      'ApiRole',
      'ExportRole',
    ]) {
      expect(Object.keys(roles[name]?.Properties ?? {})).toEqual(['AssumeRolePolicyDocument']);
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
