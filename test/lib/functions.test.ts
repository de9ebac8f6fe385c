import { describe, expect, it } from '@jest/globals';
import type * as z from 'zod';
import { ApiEnv } from '../../lambdas/api/env.ts';
import { CaptureEnv } from '../../lambdas/capture/env.ts';
import { DoctorEnv } from '../../lambdas/doctor/env.ts';
import { EraseEnv } from '../../lambdas/erase/env.ts';
import { ExportEnv } from '../../lambdas/export/env.ts';
import { IngestEnv } from '../../lambdas/ingest/env.ts';
import { ProcessEnv } from '../../lambdas/process/env.ts';
import { ReplayEnv } from '../../lambdas/replay/env.ts';
import { SweepEnv } from '../../lambdas/sweep/env.ts';
import { SyncEnv } from '../../lambdas/sync/env.ts';
import { readable, synth, synthDashboard } from './synth.ts';

const { pipeline, ...dashboard } = synthDashboard('local');
const { ofType } = pipeline;
const functions = ofType('AWS::Lambda::Function');
const all = { ...functions, ...dashboard.ofType('AWS::Lambda::Function') };
const steps: [string, z.ZodObject][] = [
  ['IntakeIngestFunction', IngestEnv],
  ['CaptureFunction', CaptureEnv],
  ['ProcessFunction', ProcessEnv],
  ['EraseFunction', EraseEnv],
  ['ReplayFunction', ReplayEnv],
  ['SyncFunction', SyncEnv],
  ['DoctorFunction', DoctorEnv],
  ['SweepFunction', SweepEnv],
  ['ApiFunction', ApiEnv],
  ['ExportFunction', ExportEnv],
];

/** The variables of a function with what CloudFormation fills in written out. */
function variablesOf(name: string): Record<string, string> {
  const { Environment } = (all[name]?.Properties ?? {}) as { Environment: { Variables: Record<string, unknown> } };
  return Object.fromEntries(Object.entries(Environment.Variables).map(([key, value]) => [key, readable(value)]));
}

describe('the functions', () => {
  it('are the steps, and none that CDK brings along', () => {
    expect(Object.keys(all).sort()).toEqual([
      'ApiFunction',
      'CaptureFunction',
      'DoctorFunction',
      'EraseFunction',
      'ExportFunction',
      'IntakeIngestFunction',
      'ProcessFunction',
      'ReplayFunction',
      'SweepFunction',
      'SyncFunction',
    ]);
  });

  it.each([
    ['IntakeIngestFunction', 512, 10],
    ['CaptureFunction', 512, 20],
    ['ProcessFunction', 512, 20],
    ['EraseFunction', 512, 20],
    ['ReplayFunction', 512, 120],
    ['SyncFunction', 512, 20],
    ['DoctorFunction', 512, 300],
    ['SweepFunction', 512, 120],
    ['ApiFunction', 1024, 15],
    ['ExportFunction', 512, 900],
  ])('%s runs on Node 24, arm64, with %i MB and %i seconds', (name, MemorySize, Timeout) => {
    expect(all[name]?.Properties).toMatchObject({
      Runtime: 'nodejs24.x',
      Architectures: ['arm64'],
      Handler: 'index.handler',
      MemorySize,
      Timeout,
    });
    expect(all[name]?.Properties).not.toHaveProperty('ReservedConcurrentExecutions');
  });

  it('take their time-out from the setting, except ingest, whose caller does not wait longer, and sweep and doctor, whose looks are long', () => {
    const patient = synth('dev', { timeoutSeconds: 60 }).ofType('AWS::Lambda::Function');
    const timeouts = Object.entries(patient).map(([name, { Properties }]) => [name, Properties['Timeout']]);
    expect(Object.fromEntries(timeouts)).toEqual({
      IntakeIngestFunction: 10,
      CaptureFunction: 60,
      ProcessFunction: 60,
      EraseFunction: 60,
      ReplayFunction: 120,
      SyncFunction: 60,
      DoctorFunction: 300,
      SweepFunction: 120,
    });
  });

  it('may go round with their queue as often as waiting takes', () => {
    const allowed = Object.entries(all).map(([name, { Properties }]) => [name, Properties['RecursiveLoop']]);
    expect(Object.fromEntries(allowed)).toEqual({
      IntakeIngestFunction: undefined,
      CaptureFunction: 'Allow',
      ProcessFunction: 'Allow',
      EraseFunction: 'Allow',
      ReplayFunction: 'Allow',
      SyncFunction: 'Allow',
      DoctorFunction: undefined,
      SweepFunction: 'Allow',
      ExportFunction: 'Allow',
      ApiFunction: undefined,
    });
  });

  it('write to log groups of their own that forget after 30 days', () => {
    const groups = ofType('AWS::Logs::LogGroup');
    const used = Object.values(all).map(({ Properties }) =>
      readable((Properties['LoggingConfig'] as { LogGroup: unknown }).LogGroup),
    );
    const ours = Object.keys(functions).length;
    expect(used.slice(0, ours).sort()).toEqual(
      ['Capture', 'Doctor', 'Erase', 'IntakeIngest', 'Process', 'Replay', 'Sweep', 'Sync'].map(
        (name) => `{${name}Logs}`,
      ),
    );
    expect(used.slice(ours)).toEqual(['{ExportLogs}', '{ApiLogs}']);
    const those = dashboard.ofType('AWS::Logs::LogGroup');
    expect([Object.keys(groups).length, Object.keys(those).length]).toEqual([10, 4]);
    for (const { Properties } of [...Object.values(groups), ...Object.values(those)])
      expect(Properties['RetentionInDays']).toBe(30);
  });

  it.each(steps)('%s is told every variable of its env.ts and no other, and can read them', (name, schema) => {
    const variables = variablesOf(name);
    expect(Object.keys(variables).sort()).toEqual(Object.keys(schema.shape).sort());
    expect(schema.safeParse(variables).error).toBeUndefined();
  });

  it('give everything so long as all its tries take before it is lost, and five minutes more', () => {
    const lostAfter = (timeoutSeconds: number) => {
      const { properties } = synth('dev', { timeoutSeconds });
      return ['IntakeIngestFunction', 'CaptureFunction', 'SweepFunction'].map((name) => {
        const { Environment } = properties('AWS::Lambda::Function', name) as {
          Environment: { Variables: Record<string, string> };
        };
        return Environment.Variables['LOST_AFTER_SECONDS'] ?? Environment.Variables['READ_WITHIN_SECONDS'];
      });
    };
    // What counts unread deliveries waits a minute longer, so that the sweep that it starts finds them.
    expect(lostAfter(20)).toEqual(['1260', '1260', '1200']);
    // Five receives, each hidden for six times the time-out.
    expect(lostAfter(120)).toEqual(['3960', '3960', `${5 * 6 * 120 + 300}`]);
  });

  it('never show source maps: no function is told to use them', () => {
    expect(JSON.stringify(all)).not.toContain('NODE_OPTIONS');
  });

  it('know their secrets by name only', () => {
    expect(variablesOf('IntakeIngestFunction')['SIGNATURE_SECRET_NAME']).toBe(
      'lead-relay/local/{tenant}/{source}-signature-key',
    );
    expect(variablesOf('IntakeIngestFunction')['VERIFY_TOKEN_SECRET_NAME']).toBe(
      'lead-relay/local/{tenant}/{source}-verify-token',
    );
    expect(variablesOf('CaptureFunction')).toMatchObject({
      ACCOUNT_TOKEN_SECRET_NAME: 'lead-relay/local/{tenant}/{source}-token-{account}',
      SIGNATURE_SECRET_NAME: 'lead-relay/local/{tenant}/{source}-signature-key',
    });
    expect(variablesOf('ProcessFunction')).toMatchObject({
      SLACK_SECRET_NAME: 'lead-relay/local/{tenant}/slack-webhook-url',
      CLOSE_API_SECRET_NAME: 'lead-relay/local/{tenant}/close-api-key',
      ACCOUNT_TOKEN_SECRET_NAME: 'lead-relay/local/{tenant}/{source}-token-{account}',
    });
    expect(variablesOf('ApiFunction')).toMatchObject({
      SLACK_SECRET_NAME: 'lead-relay/local/{tenant}/slack-webhook-url',
      VERIFY_TOKEN_SECRET_NAME: 'lead-relay/local/{tenant}/{source}-verify-token',
      SIGNATURE_SECRET_NAME: 'lead-relay/local/{tenant}/{source}-signature-key',
      ACCOUNT_TOKEN_SECRET_NAME: 'lead-relay/local/{tenant}/{source}-token-{account}',
    });
  });

  it('know where the dashboard is where it has a name of its own, else that the table will say so, or that there is none', () => {
    const told = (settings: Record<string, unknown>) => {
      const { Variables } = synth('dev', settings).properties('AWS::Lambda::Function', 'ProcessFunction')[
        'Environment'
      ] as { Variables: Record<string, string> };
      return [Variables['USE_DASHBOARD'], Variables['DASHBOARD_URL']];
    };
    const dashboardDomain = {
      name: 'leads.example.org',
      certificateArn: 'arn:aws:acm:us-east-1:123456789012:certificate/1a2b3c4d-0000-0000-0000-000000000000',
    };
    expect(told({ dashboardDomain })).toEqual(['true', 'https://leads.example.org']);
    expect(told({})).toEqual(['true', '']);
    expect(told({ dashboard: false })).toEqual(['false', '']);
  });

  it('get the settings of their stage', () => {
    expect(variablesOf('IntakeIngestFunction')).toMatchObject({
      SOURCE_PREFIX: 'source/',
      SOURCES: '["close","meta","hubspot"]',
      TENANTS: '["north","south"]',
      TOLERANCE: '{"close":{"past":259200,"future":300}}',
      SIGNATURE_SCHEMES: '{"hubspot":["v3"]}',
    });
    expect(variablesOf('CaptureFunction')).toMatchObject({
      DETAILS_PREFIX: 'details/',
      DELAY_SECONDS: '{"close":600,"meta":600,"hubspot":600}',
      WAIT_FOR: '{}',
      TIME_ZONES: '{"north":"Europe/Berlin","south":"America/Santiago"}',
      GRAPH_URL: 'https://graph.facebook.com/v26.0',
      TIMEOUT_SECONDS: '20',
      CAPTURE_QUEUE_URL: '{CaptureQueue}',
      CAPTURE_DLQ_URL: '{CaptureQueueDeadLetters}',
      FIELDS: '{"close":{"funnel":"cf_am3UgCUhyM5iNDtAPL84enDjUrZx1JsyVZ9uD9TbYwG","names":{}},"hubspot":{"names":{}}}',
      HUBSPOT_URL: 'https://api.hubapi.com',
      OWNER_QUEUE_URL: '{OwnerQueue}',
      CAPTURE_BULK_QUEUE_URL: '{CaptureBulkQueue}',
      OWNER_BULK_QUEUE_URL: '{OwnerBulkQueue}',
      ERASE_QUEUE_URL: '{EraseQueue}',
      CATEGORY_TOPIC_ARN: '{CategoryTopic}',
    });
    expect(variablesOf('ProcessFunction')).toMatchObject({
      TARGET_PREFIX: 'target/',
      OWNER_DIRECTORIES: '["lookup","close","hubspot","page"]',
      LOOKUP_BUCKET: 'dea-lead-owner',
      LOOKUP_REGION: 'us-east-1',
      FALLBACK_OWNER: 'Unassigned',
      TIME_ZONES: '{"north":"Europe/Berlin","south":"America/Santiago"}',
      USE_SLACK: 'true',
      USE_EMAIL: 'true',
      PACE: '{}',
      TIMEOUT_SECONDS: '20',
      OWNER_QUEUE_URL: '{OwnerQueue}',
      OWNER_DLQ_URL: '{OwnerQueueDeadLetters}',
      OWNER_BULK_QUEUE_URL: '{OwnerBulkQueue}',
      CAPTURE_BULK_QUEUE_URL: '{CaptureBulkQueue}',
      SNS_TOPIC_ARN: '{LeadTopic}',
      MAX_ALERTS_PER_MINUTE: '{}',
      ALERT_FOR: '{}',
    });
    expect(variablesOf('EraseFunction')).toMatchObject({
      DETAILS_PREFIX: 'details/',
      TARGET_PREFIX: 'target/',
      EXPORTS_PREFIX: 'exports/',
      ERASE_QUEUE_URL: '{EraseQueue}',
      TIMEOUT_SECONDS: '20',
    });
    expect(variablesOf('ApiFunction')).toMatchObject({
      TABLE_NAME: '{LeadRelay-local:LeadTable}',
      BUCKET_NAME: '{LeadRelay-local:Storage}',
      EXPORTS_PREFIX: 'exports/',
      PUBLIC_URL: 'https://{LeadRelay-local:IntakeWebhooksApi}.execute-api.{AWS::Region}.{AWS::URLSuffix}/local',
      CAPTURE_QUEUE_URL: '{LeadRelay-local:CaptureQueue}',
      CAPTURE_BULK_QUEUE_URL: '{LeadRelay-local:CaptureBulkQueue}',
      OWNER_QUEUE_URL: '{LeadRelay-local:OwnerQueue}',
      EXPORT_QUEUE_URL: '{ExportQueue}',
      SNS_TOPIC_ARN: '{LeadRelay-local:LeadTopic}',
      EMAIL_SUBSCRIBERS: '{"north":["sales@north.example"],"south":["sales@south.example"]}',
      SOURCES: '["close","meta","hubspot"]',
      TAGS: '{"app":"lead-relay","stage":"local","cost-center":"lead-relay"}',
      TIME_ZONES: '{"north":"Europe/Berlin","south":"America/Santiago"}',
      FALLBACK_OWNER: 'Unassigned',
    });
    expect(variablesOf('ExportFunction')).toMatchObject({
      TABLE_NAME: '{LeadRelay-local:LeadTable}',
      BUCKET_NAME: '{LeadRelay-local:Storage}',
      EXPORTS_PREFIX: 'exports/',
      TIME_ZONES: '{"north":"Europe/Berlin","south":"America/Santiago"}',
      FALLBACK_OWNER: 'Unassigned',
    });
  });

  it('examine it every hour, and when nobody else says so', () => {
    const [rule] = Object.entries(ofType('AWS::Events::Rule')).filter(([name]) => name.startsWith('Doctor'));
    expect(JSON.stringify(rule?.[1].Properties['Targets'])).toContain('"Fn::GetAtt":["DoctorFunction');
    expect(rule?.[1].Properties).toMatchObject({ ScheduleExpression: 'rate(1 hour)', State: 'ENABLED' });
    const permissions = Object.values(ofType('AWS::Lambda::Permission')).map(({ Properties }) => Properties);
    const own = permissions.filter(({ FunctionName }) => readable(FunctionName).includes('DoctorFunction'));
    expect(own).toMatchObject([{ Action: 'lambda:InvokeFunction', Principal: 'events.amazonaws.com' }]);
    expect(readable(own[0]?.['SourceArn'])).toBe(`{${rule?.[0]}.Arn}`);
  });

  it('examine what the stage is made of', () => {
    expect(variablesOf('DoctorFunction')).toMatchObject({
      STAGE: 'local',
      TENANTS: '["north","south"]',
      SOURCES: '["close","meta","hubspot"]',
      DEAD_LETTERS:
        '{"capture":"{CaptureQueueDeadLetters}","owner":"{OwnerQueueDeadLetters}","erase":"{EraseQueueDeadLetters}","sync":"{SyncQueueDeadLetters}","sweep":"{SweepQueueDeadLetters}","replay":"{ReplayQueueDeadLetters}"}',
      ERASE_QUEUE_URL: '{EraseQueue}',
      SNS_TOPIC_ARN: '{LeadTopic}',
      ALARM_TOPIC_ARN: '{AlarmsTopic}',
      GRAPH_VERSION: 'v26.0',
      DEVELOPER_KEY_SECRET_NAME: 'lead-relay/local/{tenant}/{source}-developer-key',
    });
  });

  it('read Meta at the version of the setting, and wait for owners where it says so', () => {
    const settings = { graphVersion: 'v25.0', waitFor: { meta: 'owner' } };
    const { Environment } = synth('dev', settings).properties('AWS::Lambda::Function', 'CaptureFunction') as {
      Environment: { Variables: Record<string, unknown> };
    };
    expect(Environment.Variables).toMatchObject({
      GRAPH_URL: 'https://graph.facebook.com/v25.0',
      WAIT_FOR: '{"meta":"owner"}',
    });
  });

  it('know what HubSpot’s properties are called, which of its signatures count, and when alerts are gathered', () => {
    const settings = {
      hubspotFields: { funnel: 'funnel', names: { team_size: 'Team size' } },
      hubspotSignatures: ['v3', 'v1'],
      maxAlertsPerMinute: { slack: 5 },
      digestSeconds: 30,
    };
    const { properties: of } = synth('dev', settings);
    const variables = (name: string) =>
      (of('AWS::Lambda::Function', name) as { Environment: { Variables: Record<string, unknown> } }).Environment
        .Variables;
    expect(variables('CaptureFunction')['FIELDS']).toContain(
      '"hubspot":{"funnel":"funnel","names":{"team_size":"Team size"}}',
    );
    expect(variables('IntakeIngestFunction')['SIGNATURE_SCHEMES']).toBe('{"hubspot":["v3","v1"]}');
    expect(variables('ProcessFunction')).toMatchObject({
      MAX_ALERTS_PER_MINUTE: '{"slack":5}',
      DIGEST_SECONDS: '30',
    });
  });

  it('know of each tenant what its labels say and what it wants to hear of, where that is not what most have', () => {
    const ours = { lifecycleStages: {}, statusLabels: { Won: 'subscribed' } };
    const { properties: of } = synth('dev', {
      tenants: { a: {}, b: { membership: ours, alertFor: ['pending', 'terminated'] }, c: {} },
    });
    const common = {
      lifecycleStages: { customer: 'subscribed', evangelist: 'subscribed' },
      statusLabels: {
        Customer: 'subscribed',
        Subscribed: 'subscribed',
        'Already subscribed': 'subscribed',
        Canceled: 'terminated',
        Cancelled: 'terminated',
        Terminated: 'terminated',
      },
    };
    for (const name of ['CaptureFunction', 'ProcessFunction']) {
      const { Environment } = of('AWS::Lambda::Function', name) as {
        Environment: { Variables: Record<string, string> };
      };
      expect(JSON.parse(Environment.Variables['MEMBERSHIP'] ?? '')).toEqual({ '*': common, b: ours });
      const alerts = Environment.Variables['ALERT_FOR'];
      expect(alerts).toBe(name === 'ProcessFunction' ? '{"b":["pending","terminated"]}' : undefined);
    }
  });
});
