import { describe, expect, it } from '@jest/globals';
import { readable, statements, synth, synthDashboard } from './synth.ts';

const { pipeline, ...dashboard } = synthDashboard('dev');
const { ofType, properties } = pipeline;
const day = 86_400;
const queueWith = (settings: Record<string, unknown>, name: string) =>
  synth('dev', settings).properties('AWS::SQS::Queue', name);

describe('the queues', () => {
  it.each([
    ['CaptureQueue', 'CaptureQueueDeadLetters', 0, 5],
    ['OwnerQueue', 'OwnerQueueDeadLetters', 600, 3],
    ['EraseQueue', 'EraseQueueDeadLetters', 0, 5],
    ['SyncQueue', 'SyncQueueDeadLetters', 0, 5],
    // What comes in bulk waits in a lane of its own, and is parked where everything else is.
    ['CaptureBulkQueue', 'CaptureQueueDeadLetters', 0, 5],
    ['OwnerBulkQueue', 'OwnerQueueDeadLetters', 600, 3],
  ])('%s waits, tries and parks as designed', (name, deadLetters, DelaySeconds, maxReceiveCount) => {
    const queue = properties('AWS::SQS::Queue', name) as { RedrivePolicy: { deadLetterTargetArn: unknown } };
    expect(queue).toEqual({
      DelaySeconds,
      MessageRetentionPeriod: 4 * day,
      VisibilityTimeout: 120,
      SqsManagedSseEnabled: true,
      RedrivePolicy: { maxReceiveCount, deadLetterTargetArn: expect.anything() },
    });
    expect(readable(queue.RedrivePolicy.deadLetterTargetArn)).toBe(`{${deadLetters}.Arn}`);
  });

  it('park messages for 14 days', () => {
    for (const name of [
      'CaptureQueueDeadLetters',
      'OwnerQueueDeadLetters',
      'EraseQueueDeadLetters',
      'SweepQueueDeadLetters',
      'SyncQueueDeadLetters',
      'ReplayQueueDeadLetters',
    ]) {
      expect(properties('AWS::SQS::Queue', name)).toEqual({
        MessageRetentionPeriod: 14 * day,
        SqsManagedSseEnabled: true,
      });
    }
  });

  it('of replays hide a message for as long as one of several thousand deliveries may take', () => {
    expect(properties('AWS::SQS::Queue', 'ReplayQueue')).toMatchObject({
      DelaySeconds: 0,
      VisibilityTimeout: 6 * 120,
      RedrivePolicy: { maxReceiveCount: 5 },
    });
  });

  it('of the dashboard are one for exports, which may take a quarter of an hour each', () => {
    expect(Object.keys(dashboard.ofType('AWS::SQS::Queue')).sort()).toEqual(['ExportQueue', 'ExportQueueDeadLetters']);
    expect(dashboard.properties('AWS::SQS::Queue', 'ExportQueue')).toMatchObject({
      DelaySeconds: 0,
      MessageRetentionPeriod: 4 * day,
      VisibilityTimeout: 6 * 900,
      SqsManagedSseEnabled: true,
      RedrivePolicy: { maxReceiveCount: 5 },
    });
    expect(dashboard.properties('AWS::SQS::Queue', 'ExportQueueDeadLetters')).toEqual({
      MessageRetentionPeriod: 14 * day,
      SqsManagedSseEnabled: true,
    });
    for (const name of ['ExportQueue', 'ExportQueueDeadLetters']) {
      const policy = dashboard.properties('AWS::SQS::QueuePolicy', `${name}Policy`)['PolicyDocument'];
      expect(statements(policy)).toEqual([`Deny sqs:* on {${name}.Arn}`]);
    }
    const consumers = Object.values(dashboard.ofType('AWS::Lambda::EventSourceMapping'));
    expect(consumers.map(({ Properties }) => Properties)).toMatchObject([
      { BatchSize: 1, FunctionResponseTypes: ['ReportBatchItemFailures'], ScalingConfig: { MaximumConcurrency: 2 } },
    ]);
  });

  it('are no more than these, and each has a parking place or is one', () => {
    expect(Object.keys(ofType('AWS::SQS::Queue')).sort()).toEqual([
      'CaptureBulkQueue',
      'CaptureQueue',
      'CaptureQueueDeadLetters',
      'EraseQueue',
      'EraseQueueDeadLetters',
      'OwnerBulkQueue',
      'OwnerQueue',
      'OwnerQueueDeadLetters',
      'ReplayQueue',
      'ReplayQueueDeadLetters',
      'SweepQueue',
      'SweepQueueDeadLetters',
      'SyncQueue',
      'SyncQueueDeadLetters',
    ]);
  });

  it('refuse what does not come over TLS', () => {
    for (const name of Object.keys(ofType('AWS::SQS::Queue'))) {
      const policy = properties('AWS::SQS::QueuePolicy', `${name}Policy`)['PolicyDocument'];
      expect(statements(policy)).toContain(`Deny sqs:* on {${name}.Arn}`);
      expect(JSON.stringify(policy)).toContain('{"Bool":{"aws:SecureTransport":"false"}}');
    }
  });

  it('hide a message for six times the time-out of the function that works on it', () => {
    const patient = synth('dev', { timeoutSeconds: 30 });
    for (const name of [
      'CaptureQueue',
      'OwnerQueue',
      'EraseQueue',
      'SyncQueue',
      'CaptureBulkQueue',
      'OwnerBulkQueue',
    ]) {
      expect(patient.properties('AWS::SQS::Queue', name)['VisibilityTimeout']).toBe(180);
    }
  });

  it('delay a lead by the setting, by the longest where the sources differ', () => {
    expect(queueWith({ delaySeconds: 300 }, 'OwnerQueue')['DelaySeconds']).toBe(300);
    expect(queueWith({ delaySeconds: 300 }, 'OwnerBulkQueue')['DelaySeconds']).toBe(300);
    expect(queueWith({ delaySeconds: { close: 45, meta: 60, hubspot: 50 } }, 'OwnerQueue')['DelaySeconds']).toBe(60);
    expect(queueWith({ delaySeconds: { close: 45 } }, 'OwnerQueue')['DelaySeconds']).toBe(600);
    expect(queueWith({ delaySeconds: { close: 45 }, sources: ['close'] }, 'OwnerQueue')['DelaySeconds']).toBe(45);
  });

  it('are worked through one message at a time, by so many functions at most', () => {
    const consumers = Object.values(ofType('AWS::Lambda::EventSourceMapping')).map(({ Properties }) => ({
      ...Properties,
      EventSourceArn: readable(Properties['EventSourceArn']),
      FunctionName: readable(Properties['FunctionName']),
    }));
    const alike = { BatchSize: 1, FunctionResponseTypes: ['ReportBatchItemFailures'] };
    const of = (queue: string, step: string, MaximumConcurrency: number) => ({
      ...alike,
      EventSourceArn: `{${queue}.Arn}`,
      FunctionName: `{${step}Function}`,
      ScalingConfig: { MaximumConcurrency },
    });
    expect(consumers).toEqual([
      of('CaptureQueue', 'Capture', 10),
      of('CaptureBulkQueue', 'Capture', 5),
      of('OwnerQueue', 'Process', 5),
      of('OwnerBulkQueue', 'Process', 2),
      of('EraseQueue', 'Erase', 2),
      of('SyncQueue', 'Sync', 2),
      of('ReplayQueue', 'Replay', 2),
      of('SweepQueue', 'Sweep', 2),
    ]);
  });

  it('hear of time every few minutes, and nothing else may say so', () => {
    const rules = Object.entries(ofType('AWS::Events::Rule')).filter(([name]) => name.startsWith('Sync'));
    expect(rules.map(([, { Properties }]) => Properties)).toMatchObject([
      { ScheduleExpression: 'rate(15 minutes)', State: 'ENABLED', Targets: [{ Input: '{"v":1,"compare":{}}' }] },
    ]);
    const policy = properties('AWS::SQS::QueuePolicy', 'SyncQueuePolicy')['PolicyDocument'];
    expect(statements(policy).filter((line) => line.startsWith('Allow'))).toEqual([
      'Allow sqs:GetQueueAttributes sqs:GetQueueUrl sqs:SendMessage on {SyncQueue.Arn}',
    ]);
    expect(JSON.stringify(policy)).toContain('"aws:SourceArn"');
    const often = synth('dev', { syncMinutes: 1 }).properties('AWS::Events::Rule', 'SyncEvery');
    expect(often['ScheduleExpression']).toBe('rate(1 minute)');
  });

  it('of the sweep gives a look two minutes', () => {
    expect(properties('AWS::SQS::Queue', 'SweepQueue')).toMatchObject({
      DelaySeconds: 0,
      VisibilityTimeout: 6 * 120,
      SqsManagedSseEnabled: true,
      RedrivePolicy: { maxReceiveCount: 5 },
    });
  });

  it('of the sweep hears of time, of the night, and of the alarms about deliveries that nobody reads', () => {
    const rule = (name: string) => properties('AWS::Events::Rule', name);
    expect(rule('SweepEvery')).toMatchObject({
      ScheduleExpression: 'rate(15 minutes)',
      Targets: [{ Input: '{"v":1,"sweep":"due"}' }],
    });
    expect(rule('SweepNightly')).toMatchObject({
      ScheduleExpression: 'cron(0 2 * * ? *)',
      Targets: [{ Input: '{"v":1,"sweep":"stored"}' }],
    });
    const { EventPattern, Targets } = rule('SweepWhenUnread') as {
      EventPattern: { resources: unknown[] };
      Targets: object[];
    };
    expect(Targets).toMatchObject([{ Input: '{"v":1,"sweep":"stored"}' }]);
    expect(EventPattern).toMatchObject({
      source: ['aws.cloudwatch'],
      'detail-type': ['CloudWatch Alarm State Change'],
      detail: { state: { value: ['ALARM'] } },
    });
    expect(EventPattern.resources.map(readable)).toEqual([
      '{Alarmsstoredandnotcaptured.Arn}',
      '{Alarmsdeliverywasnotread.Arn}',
    ]);
    const policy = properties('AWS::SQS::QueuePolicy', 'SweepQueuePolicy')['PolicyDocument'];
    const allowed = statements(policy).filter((line) => line.startsWith('Allow'));
    expect(new Set(allowed)).toEqual(
      new Set(['Allow sqs:GetQueueAttributes sqs:GetQueueUrl sqs:SendMessage on {SweepQueue.Arn}']),
    );
    expect(allowed).toHaveLength(3);
    const often = synth('dev', { sweepMinutes: 60 }).properties('AWS::Events::Rule', 'SweepEvery');
    expect(often['ScheduleExpression']).toBe('rate(1 hour)');
  });
});
