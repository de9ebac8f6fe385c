import { Stack } from 'aws-cdk-lib';
import type { Construct } from 'constructs';
import type { Settings } from './config.ts';
import { Alarms } from './constructs/alarms.ts';
import { Capture } from './constructs/capture.ts';
import { Intake } from './constructs/intake.ts';
import { LeadTable } from './constructs/lead-table.ts';
import { LeadTopic } from './constructs/lead-topic.ts';
import { show } from './constructs/outputs.ts';
import { Process } from './constructs/process.ts';
import { secretNames, Secrets } from './constructs/secrets.ts';
import { StageDashboard } from './constructs/stage-dashboard.ts';
import { StageQueue } from './constructs/stage-queue.ts';
import { Storage } from './constructs/storage.ts';
import { TopicKey } from './constructs/topic-key.ts';
import { tagsOf } from './tags.ts';

/**
 * One stage, in the order in which a lead meets it:
 * intake → bucket → capture queue → capture → owner queue → process → bucket, Slack and topic.
 */
export class PipelineStack extends Stack {
  constructor(scope: Construct, settings: Settings) {
    super(scope, `LeadRelay-${settings.stage}`, {
      description: `Lead Relay, stage ${settings.stage}`,
      terminationProtection: true,
      tags: tagsOf(settings),
    });
    const key = new TopicKey(this, 'TopicKey');
    const alarms = new Alarms(this, 'Alarms', { settings, key });
    const secrets = new Secrets(this, 'Secrets', { settings });
    const table = new LeadTable(this, 'LeadTable');
    const topic = new LeadTopic(this, 'LeadTopic', { settings, alarms, key });

    const captureQueue = new StageQueue(this, 'CaptureQueue', {
      settings,
      alarms,
      name: 'capture',
      of: 'delivery',
      delaySeconds: 0,
      receives: 5,
    });
    const ownerQueue = new StageQueue(this, 'OwnerQueue', {
      settings,
      alarms,
      name: 'owner',
      of: 'lead',
      delaySeconds: Math.max(...Object.values(settings.delaySeconds)),
      receives: 3,
    });
    const storage = new Storage(this, 'Storage', { settings, announceTo: captureQueue });

    const intake = new Intake(this, 'Intake', { settings, alarms, storage, secrets });
    new Capture(this, 'Capture', { settings, alarms, storage, table, secrets, from: captureQueue, to: ownerQueue });
    new Process(this, 'Process', { settings, alarms, storage, table, secrets, topic, from: ownerQueue });

    new StageDashboard(this, 'Dashboard', { settings, captureQueue, ownerQueue });
    show(this, {
      PublicUrl: intake.publicUrl,
      WebhookUrl: `${intake.publicUrl}/webhooks/{source}`,
      BucketName: storage.bucketName,
      TableName: table.tableName,
      LeadTopicArn: topic.topicArn,
      AlarmTopicArn: alarms.topic.topicArn,
      CaptureQueueUrl: captureQueue.queue.queueUrl,
      CaptureDeadLettersUrl: captureQueue.deadLetters.queueUrl,
      OwnerQueueUrl: ownerQueue.queue.queueUrl,
      OwnerDeadLettersUrl: ownerQueue.deadLetters.queueUrl,
      SecretNames: Object.values(secretNames(settings.stage)).join(' '),
    });
  }
}
