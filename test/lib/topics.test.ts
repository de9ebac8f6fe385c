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
  it('are one for leads and one for alarms, under one key that changes every year', () => {
    const topics = Object.entries(ofType('AWS::SNS::Topic')).map(([name, { Properties }]) => [
      name,
      readable(Properties['KmsMasterKeyId']),
    ]);
    expect(Object.fromEntries(topics)).toEqual({ LeadTopic: '{TopicKey.Arn}', AlarmsTopic: '{TopicKey.Arn}' });
    template.hasResourceProperties('AWS::KMS::Key', { EnableKeyRotation: true });
    template.resourceCountIs('AWS::KMS::Key', 1);
  });

  it('refuse what does not come over TLS', () => {
    for (const { Properties } of Object.values(ofType('AWS::SNS::TopicPolicy'))) {
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
    expect(subscribers('local')).toEqual([
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

  it('are nobody unless a setting names them', () => {
    expect(subscribers('dev')).toEqual([]);
  });
});
