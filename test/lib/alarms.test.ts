import { readFileSync } from 'node:fs';
import { describe, expect, it } from '@jest/globals';
import { readable, synth, synthDashboard, type View } from './synth.ts';

const { pipeline: prod, ...dashboard } = synthDashboard('prod');
const { template, properties } = prod;
const runbook = new URL('../../docs/runbook.md', import.meta.url);

interface AlarmProperties {
  AlarmName: string;
  AlarmDescription: string;
  Namespace: string;
  MetricName: string;
  Statistic: string;
  Period: number;
  EvaluationPeriods: number;
  DatapointsToAlarm: number;
  Threshold: number;
  ComparisonOperator: string;
  TreatMissingData: string;
  Dimensions?: { Name: string; Value: unknown }[];
  AlarmActions: unknown[];
}

const alarmsOf = (stage: Pick<View, 'ofType'>) =>
  Object.values(stage.ofType('AWS::CloudWatch::Alarm')).map(
    ({ Properties }) => Properties as unknown as AlarmProperties,
  );
const alarms = [...alarmsOf(prod), ...alarmsOf(dashboard)];
const nameOf = ({ AlarmName }: AlarmProperties) => AlarmName.replace('LeadRelay-prod-', '');
const anchorOf = ({ AlarmDescription }: AlarmProperties) => AlarmDescription.split('docs/runbook.md#')[1] ?? '';

/** An alarm as a line: what rings it, over how long. */
function rule(alarm: AlarmProperties): string {
  const dimensions = (alarm.Dimensions ?? []).map(({ Value }) => readable(Value)).join(' ');
  const compare = alarm.ComparisonOperator === 'LessThanThreshold' ? '<' : '>=';
  return `${alarm.Namespace} ${dimensions} ${alarm.Statistic} ${alarm.MetricName} ${compare} ${alarm.Threshold}, ${alarm.EvaluationPeriods} x ${alarm.Period} s`.replaceAll(
    '  ',
    ' ',
  );
}

describe('the alarms', () => {
  it('ring at these values', () => {
    expect(Object.fromEntries(alarms.map((alarm) => [nameOf(alarm), rule(alarm)]))).toEqual({
      'capture-dead-letters':
        'AWS/SQS {CaptureQueueDeadLetters.QueueName} Maximum ApproximateNumberOfMessagesVisible >= 1, 1 x 60 s',
      'owner-dead-letters':
        'AWS/SQS {OwnerQueueDeadLetters.QueueName} Maximum ApproximateNumberOfMessagesVisible >= 1, 1 x 60 s',
      'capture-is-stuck': 'AWS/SQS {CaptureQueue.QueueName} Maximum ApproximateAgeOfOldestMessage >= 1500, 1 x 300 s',
      'owner-is-stuck': 'AWS/SQS {OwnerQueue.QueueName} Maximum ApproximateAgeOfOldestMessage >= 1860, 1 x 300 s',
      'capture-is-stuck-bulk':
        'AWS/SQS {CaptureBulkQueue.QueueName} Maximum ApproximateAgeOfOldestMessage >= 8700, 1 x 300 s',
      'owner-is-stuck-bulk':
        'AWS/SQS {OwnerBulkQueue.QueueName} Maximum ApproximateAgeOfOldestMessage >= 8460, 1 x 300 s',
      'erase-dead-letters':
        'AWS/SQS {EraseQueueDeadLetters.QueueName} Maximum ApproximateNumberOfMessagesVisible >= 1, 1 x 60 s',
      'erase-is-stuck': 'AWS/SQS {EraseQueue.QueueName} Maximum ApproximateAgeOfOldestMessage >= 1500, 1 x 300 s',
      'replay-dead-letters':
        'AWS/SQS {ReplayQueueDeadLetters.QueueName} Maximum ApproximateNumberOfMessagesVisible >= 1, 1 x 60 s',
      'replay-is-stuck': 'AWS/SQS {ReplayQueue.QueueName} Maximum ApproximateAgeOfOldestMessage >= 4500, 1 x 300 s',
      'replay-crashes': 'AWS/Lambda {ReplayFunction} Sum Errors >= 1, 1 x 300 s',
      'sync-dead-letters':
        'AWS/SQS {SyncQueueDeadLetters.QueueName} Maximum ApproximateNumberOfMessagesVisible >= 1, 1 x 60 s',
      'sync-is-stuck': 'AWS/SQS {SyncQueue.QueueName} Maximum ApproximateAgeOfOldestMessage >= 1500, 1 x 300 s',
      'doctor-crashes': 'AWS/Lambda {DoctorFunction} Sum Errors >= 1, 1 x 300 s',
      'doctor-found': 'LeadRelay/prod Maximum DoctorFound >= 1, 1 x 3600 s',
      'sync-crashes': 'AWS/Lambda {SyncFunction} Sum Errors >= 1, 1 x 300 s',
      'leads-were-missing': 'LeadRelay/prod Sum LeadsMissing >= 1, 1 x 300 s',
      'sync-refused': 'LeadRelay/prod Sum SyncRefused >= 1, 1 x 300 s',
      'webhook-is-off': 'LeadRelay/prod Sum WebhookOff >= 1, 1 x 300 s',
      'webhook-was-woken': 'LeadRelay/prod Sum WebhookWoken >= 1, 1 x 300 s',
      'no-signature-verifies-close': 'LeadRelay/prod Maximum closeSignatureVerified < 1, 1 x 900 s',
      'no-signature-verifies-meta': 'LeadRelay/prod Maximum metaSignatureVerified < 1, 1 x 900 s',
      'no-signature-verifies-hubspot': 'LeadRelay/prod Maximum hubspotSignatureVerified < 1, 1 x 900 s',
      'signing-key-is-unusable': 'LeadRelay/prod Sum SecretUnusable >= 1, 1 x 300 s',
      'store-is-unavailable': 'LeadRelay/prod Sum StoreUnavailable >= 1, 1 x 300 s',
      'delivery-was-not-read': 'LeadRelay/prod Sum Awaited >= 1, 1 x 300 s',
      rescued: 'LeadRelay/prod Sum Rescued >= 1, 1 x 300 s',
      'rescued-in-vain': 'LeadRelay/prod Maximum RescuedInVain >= 1, 1 x 3600 s',
      'sweep-dead-letters':
        'AWS/SQS {SweepQueueDeadLetters.QueueName} Maximum ApproximateNumberOfMessagesVisible >= 1, 1 x 60 s',
      'sweep-is-stuck': 'AWS/SQS {SweepQueue.QueueName} Maximum ApproximateAgeOfOldestMessage >= 4500, 1 x 300 s',
      'sweep-crashes': 'AWS/Lambda {SweepFunction} Sum Errors >= 1, 1 x 300 s',
      'stored-and-not-captured': 'LeadRelay/prod Maximum Captured < 1, 2 x 900 s',
      'page-token-refused': 'LeadRelay/prod Maximum TokenRefused >= 1, 1 x 300 s',
      'page-of-nobody': 'LeadRelay/prod Sum NoRoute >= 1, 1 x 300 s',
      'lead-details-are-late': 'LeadRelay/prod Maximum DetailsLateSeconds >= 900, 1 x 300 s',
      'event-is-broken': 'LeadRelay/prod Sum Broken >= 1, 1 x 300 s',
      'due-and-not-told': 'LeadRelay/prod Maximum OverdueSeconds >= 900, 1 x 300 s',
      'channel-refuses': 'LeadRelay/prod Sum ChannelRefused >= 1, 1 x 300 s',
      'owner-directory-refuses': 'LeadRelay/prod Sum DirectoryRefused >= 1, 1 x 300 s',
      'lookup-knows-no-lead': 'LeadRelay/prod Maximum LookupMissesInARow >= 20, 1 x 300 s',
      'lead-given-up': 'LeadRelay/prod Sum GaveUp >= 1, 1 x 300 s',
      'ingest-crashes': 'AWS/Lambda {IntakeIngestFunction} Sum Errors >= 1, 1 x 300 s',
      'capture-crashes': 'AWS/Lambda {CaptureFunction} Sum Errors >= 1, 1 x 300 s',
      'process-crashes': 'AWS/Lambda {ProcessFunction} Sum Errors >= 1, 1 x 300 s',
      'erase-crashes': 'AWS/Lambda {EraseFunction} Sum Errors >= 1, 1 x 300 s',
      'webhooks-fail': 'AWS/ApiGateway lead-relay-prod Sum 5XXError >= 1, 1 x 300 s',
      'webhooks-are-blocked':
        'AWS/WAFV2 {AWS::Region} webhook-rate lead-relay-prod Sum BlockedRequests >= 1, 1 x 300 s',
      'emails-are-not-delivered': 'AWS/SNS {LeadTopic.TopicName} Sum NumberOfNotificationsFailed >= 1, 1 x 300 s',
      'categories-are-not-delivered':
        'AWS/SNS {CategoryTopic.TopicName} Sum NumberOfNotificationsFailed >= 1, 1 x 300 s',
      'dashboard-fails': 'AWS/ApiGateway lead-relay-prod-dashboard Sum 5XXError >= 1, 1 x 300 s',
      'api-crashes': 'AWS/Lambda {ApiFunction} Sum Errors >= 1, 1 x 300 s',
      'export-crashes': 'AWS/Lambda {ExportFunction} Sum Errors >= 1, 1 x 300 s',
      'export-dead-letters':
        'AWS/SQS {ExportQueueDeadLetters.QueueName} Maximum ApproximateNumberOfMessagesVisible >= 1, 1 x 60 s',
      'export-is-stuck': 'AWS/SQS {ExportQueue.QueueName} Maximum ApproximateAgeOfOldestMessage >= 27900, 1 x 300 s',
    });
  });

  it.each(alarms.map((alarm) => [nameOf(alarm), alarm] as const))(
    '%s says what it means, is named for its line in the runbook, tells the alarm topic and is quiet without data',
    (name, alarm) => {
      expect(alarm.AlarmDescription).toMatch(/^[A-Z][^#]{30,}\. What to do: docs\/runbook\.md#[a-z-]+$/);
      // One alarm for each of several sources, or for the lane of what comes in bulk, says so at the end of its name.
      expect(name.startsWith(anchorOf(alarm))).toBe(true);
      expect(alarm.AlarmActions.map(readable).join()).toMatch(/^\{(LeadRelay-prod:)?AlarmsTopic\}$/);
      expect(alarm.TreatMissingData).toBe('notBreaching');
      expect(alarm.DatapointsToAlarm).toBe(alarm.EvaluationPeriods);
    },
  );

  it('watch every queue, every parking place and every function', () => {
    const watched = alarms.flatMap(({ Dimensions }) => Dimensions ?? []).map(({ Value }) => readable(Value));
    for (const { ofType } of [prod, dashboard]) {
      for (const queue of Object.keys(ofType('AWS::SQS::Queue'))) expect(watched).toContain(`{${queue}.QueueName}`);
      for (const name of Object.keys(ofType('AWS::Lambda::Function'))) expect(watched).toContain(`{${name}}`);
    }
  });

  it('know what an old message is from the delay, the longest wait and the tries', () => {
    const ages = alarmsOf(synth('dev', { delaySeconds: 0, timeoutSeconds: 10 })).filter(
      ({ MetricName }) => MetricName === 'ApproximateAgeOfOldestMessage',
    );
    expect(Object.fromEntries(ages.map((alarm) => [alarm.AlarmName, alarm.Threshold]))).toEqual({
      'LeadRelay-dev-capture-is-stuck': 900 + 5 * 60,
      'LeadRelay-dev-owner-is-stuck': 900 + 3 * 60,
      'LeadRelay-dev-erase-is-stuck': 900 + 5 * 60,
      'LeadRelay-dev-sync-is-stuck': 900 + 5 * 60,
      'LeadRelay-dev-replay-is-stuck': 900 + 5 * 720,
      // A look may take two minutes, whatever the setting says.
      'LeadRelay-dev-sweep-is-stuck': 900 + 5 * 720,
      // An import may take two hours.
      'LeadRelay-dev-capture-is-stuck-bulk': 7200 + 900 + 5 * 60,
      'LeadRelay-dev-owner-is-stuck-bulk': 7200 + 900 + 3 * 60,
    });
  });

  it.each(alarms.map(anchorOf))('%s has an entry in docs/runbook.md', (anchor) => {
    const headings = [...readFileSync(runbook, 'utf8').matchAll(/^#+ (.+)$/gm)].map(([, heading = '']) =>
      heading
        .toLowerCase()
        .replace(/[^\p{L}\p{N} _-]/gu, '')
        .replaceAll(' ', '-'),
    );
    expect(headings).toContain(anchor);
  });
});

describe('the CloudWatch dashboard', () => {
  it('shows what was stored, captured, due and told, what waits and what is parked', () => {
    template.resourceCountIs('AWS::CloudWatch::Dashboard', 1);
    const figures = properties('AWS::CloudWatch::Dashboard', 'Dashboard');
    expect(figures['DashboardName']).toBe('LeadRelay-prod');
    const body = readable(figures['DashboardBody']);
    for (const shown of [
      ...['Stored', 'Captured', 'Due', 'Told', 'Waited', 'GaveUp'].map((metric) => `"LeadRelay/prod","${metric}"`),
      '"ApproximateNumberOfMessagesDelayed","QueueName","{OwnerQueue.QueueName}"',
      '"ApproximateNumberOfMessagesVisible","QueueName","{CaptureQueueDeadLetters.QueueName}"',
      '"ApproximateNumberOfMessagesVisible","QueueName","{OwnerQueueDeadLetters.QueueName}"',
    ]) {
      expect(body).toContain(shown);
    }
  });
});
