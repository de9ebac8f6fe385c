import { describe, expect, it } from '@jest/globals';
import { readable, type Statement, synth } from './synth.ts';

const { template, ofType, properties } = synth('local');
const statementsOf = (document: unknown) => (document as { Statement: Statement[] }).Statement;

const subscribers = (stage: string, settings = {}) =>
  Object.values(synth(stage, settings).ofType('AWS::SNS::Subscription')).map(({ Properties }) => ({
    to: Properties['Endpoint'],
    by: Properties['Protocol'],
    topic: readable(Properties['TopicArn']),
    filter: Properties['FilterPolicy'],
  }));

describe('the topics', () => {
  it('are one for leads, one for their categories and one for alarms, under one key that changes every year', () => {
    const topics = Object.entries(ofType('AWS::SNS::Topic')).map(([name, { Properties }]) => [
      name,
      readable(Properties['KmsMasterKeyId']),
    ]);
    expect(Object.fromEntries(topics)).toEqual({
      LeadTopic: '{TopicKey.Arn}',
      CategoryTopic: '{TopicKey.Arn}',
      AlarmsTopic: '{TopicKey.Arn}',
    });
    template.hasResourceProperties('AWS::KMS::Key', { EnableKeyRotation: true });
    template.resourceCountIs('AWS::KMS::Key', 1);
  });

  it('refuse what does not come over TLS', () => {
    const policies = Object.values(ofType('AWS::SNS::TopicPolicy'));
    expect(policies).toHaveLength(3);
    for (const { Properties } of policies) {
      expect(statementsOf(Properties['PolicyDocument'])[0]).toMatchObject({
        Effect: 'Deny',
        Action: 'sns:Publish',
        Principal: '*',
        Condition: { Bool: { 'aws:SecureTransport': 'false' } },
      });
    }
  });

  it("let CloudWatch publish this account's alarms: the topic allows it, and so does the key", () => {
    const ours = { StringEquals: { 'aws:SourceAccount': { Ref: 'AWS::AccountId' } } };
    const alarms = properties('AWS::SNS::TopicPolicy', 'AlarmsTopicPolicy')['PolicyDocument'];
    expect(statementsOf(alarms).slice(1)).toMatchObject([
      { Effect: 'Allow', Action: 'sns:Publish', Principal: { Service: 'cloudwatch.amazonaws.com' }, Condition: ours },
    ]);
    const key = properties('AWS::KMS::Key', 'TopicKey')['KeyPolicy'];
    expect(statementsOf(key).slice(1)).toMatchObject([
      {
        Effect: 'Allow',
        Action: ['kms:Decrypt', 'kms:GenerateDataKey*'],
        Principal: { Service: 'cloudwatch.amazonaws.com' },
        Condition: ours,
      },
    ]);
  });
});

describe('the subscribers', () => {
  it('of a tenant hear of its leads only, and alarms reach alarmEmail', () => {
    expect(subscribers('local', { categorySubscribers: [] })).toEqual([
      { to: 'ops@lead-relay.example', by: 'email', topic: '{AlarmsTopic}', filter: undefined },
      { to: 'sales@north.example', by: 'email', topic: '{LeadTopic}', filter: { tenant: ['north'] } },
      { to: 'sales@south.example', by: 'email', topic: '{LeadTopic}', filter: { tenant: ['south'] } },
    ]);
  });

  it('of two tenants have one subscription for both, since a topic knows an address once', () => {
    const tenants = {
      north: { emailSubscribers: ['boss@a.example'] },
      south: { emailSubscribers: ['boss@a.example'] },
    };
    expect(subscribers('dev', { tenants })).toEqual([
      { to: 'boss@a.example', by: 'email', topic: '{LeadTopic}', filter: { tenant: ['north', 'south'] } },
    ]);
  });

  it('of categories are queues that get the bare message, and addresses, each for what its setting says', () => {
    const queueArn = (name: string) => `arn:aws:sqs:eu-central-1:123456789012:${name}`;
    const categorySubscribers = [
      { queueArn: queueArn('all') },
      { queueArn: queueArn('members'), categories: ['subscribed', 'terminated'] },
      { queueArn: queueArn('north'), sources: ['meta', 'hubspot'], tenants: ['north'] },
      { email: 'crm@example.org', categories: ['pending'] },
    ];
    const raw = Object.values(synth('dev', { categorySubscribers }).ofType('AWS::SNS::Subscription')).map(
      ({ Properties }) => Properties['RawMessageDelivery'],
    );
    expect(raw).toEqual([true, true, true, undefined]);
    const topic = '{CategoryTopic}';
    expect(subscribers('dev', { categorySubscribers })).toEqual([
      { to: queueArn('all'), by: 'sqs', topic, filter: undefined },
      { to: queueArn('members'), by: 'sqs', topic, filter: { category: ['subscribed', 'terminated'] } },
      { to: queueArn('north'), by: 'sqs', topic, filter: { source: ['meta', 'hubspot'], tenant: ['north'] } },
      { to: 'crm@example.org', by: 'email', topic, filter: { category: ['pending'] } },
    ]);
  });

  it('of categories keep their subscriptions when one before them in the list is taken out', () => {
    const all = ['a@example.org', 'b@example.org', 'c@example.org'].map((email) => ({ email }));
    const ids = (categorySubscribers: { email: string }[]) =>
      Object.entries(synth('dev', { categorySubscribers }).template.findResources('AWS::SNS::Subscription')).map(
        ([id, { Properties }]) => [id, (Properties as { Endpoint: string }).Endpoint],
      );
    expect(ids(all.slice(1))).toEqual(ids(all).slice(1));
  });

  it('of categories on one machine are a queue for each category', () => {
    expect(subscribers('local').filter(({ topic }) => topic === '{CategoryTopic}')).toMatchObject(
      ['pending', 'subscribed', 'terminated'].map((category) => ({
        to: `arn:aws:sqs:us-east-1:000000000000:leads-${category}`,
        filter: { category: [category] },
      })),
    );
  });

  it('are nobody unless a setting names them', () => {
    expect(subscribers('dev')).toEqual([]);
  });
});
