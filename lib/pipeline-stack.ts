import { Stack } from 'aws-cdk-lib';
import type { Construct } from 'constructs';
import type { Settings } from './config.ts';
import { Alarms } from './constructs/alarms.ts';
import { BulkQueue } from './constructs/bulk-queue.ts';
import { Capture } from './constructs/capture.ts';
import { CategoryTopic } from './constructs/category-topic.ts';
import { Doctor } from './constructs/doctor.ts';
import { Erase } from './constructs/erase.ts';
import { Intake } from './constructs/intake.ts';
import { LeadTable } from './constructs/lead-table.ts';
import { LeadTopic } from './constructs/lead-topic.ts';
import { show } from './constructs/outputs.ts';
import { Process } from './constructs/process.ts';
import { Replay, REPLAY_SECONDS } from './constructs/replay.ts';
import { Secrets } from './constructs/secrets.ts';
import { StageDashboard } from './constructs/stage-dashboard.ts';
import { StageQueue } from './constructs/stage-queue.ts';
import { Storage } from './constructs/storage.ts';
import { Sweep, SWEEP_SECONDS } from './constructs/sweep.ts';
import { Sync } from './constructs/sync.ts';
import { TopicKey } from './constructs/topic-key.ts';
import { secretNames } from './names.ts';
import { RECEIVES } from './patience.ts';
import { tagsOf } from './tags.ts';

/** What of a stage its dashboard stands on. */
interface PipelineParts {
  readonly alarms: Alarms;
  readonly secrets: Secrets;
  readonly table: LeadTable;
  readonly topic: LeadTopic;
  readonly storage: Storage;
  readonly intake: Intake;
  readonly captureQueue: StageQueue;
  readonly captureBulk: BulkQueue;
  readonly ownerQueue: StageQueue;
  readonly replayQueue: StageQueue;
  readonly syncQueue: StageQueue;
}

/**
 * One stage, in the order in which a lead meets it:
 * intake → bucket → capture queue → capture → owner queue → process → bucket, Slack and topic; what comes in bulk takes the lanes beside
 * the queues, categories go to a topic of their own, and who is to be forgotten to the erase queue. Beside it, what no webhook brought is
 * fetched from the vendors and put into the bucket, and what got lost on the way is looked for and started again.
 */
export class PipelineStack extends Stack {
  readonly parts: PipelineParts;

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
    const categories = new CategoryTopic(this, 'CategoryTopic', { settings, alarms, key });

    const captureQueue = new StageQueue(this, 'CaptureQueue', {
      settings,
      alarms,
      name: 'capture',
      of: 'delivery',
      delaySeconds: 0,
      receives: RECEIVES.capture,
    });
    const ownerQueue = new StageQueue(this, 'OwnerQueue', {
      settings,
      alarms,
      name: 'owner',
      of: 'lead',
      delaySeconds: Math.max(...Object.values(settings.delaySeconds)),
      receives: RECEIVES.owner,
    });
    const eraseQueue = new StageQueue(this, 'EraseQueue', {
      settings,
      alarms,
      name: 'erase',
      of: 'erasure',
      delaySeconds: 0,
      receives: RECEIVES.erase,
    });
    const syncQueue = new StageQueue(this, 'SyncQueue', {
      settings,
      alarms,
      name: 'sync',
      of: 'comparison',
      delaySeconds: 0,
      receives: RECEIVES.sync,
    });
    const sweepQueue = new StageQueue(this, 'SweepQueue', {
      settings,
      alarms,
      name: 'sweep',
      of: 'look for what got lost',
      delaySeconds: 0,
      timeoutSeconds: SWEEP_SECONDS,
      receives: RECEIVES.sweep,
    });
    const replayQueue = new StageQueue(this, 'ReplayQueue', {
      settings,
      alarms,
      name: 'replay',
      of: 'replay',
      delaySeconds: 0,
      timeoutSeconds: REPLAY_SECONDS,
      receives: RECEIVES.replay,
    });
    const redrives = {
      capture: captureQueue,
      owner: ownerQueue,
      erase: eraseQueue,
      sync: syncQueue,
      sweep: sweepQueue,
      replay: replayQueue,
    };
    const captureBulk = new BulkQueue(this, 'CaptureBulkQueue', { settings, alarms, beside: captureQueue });
    const ownerBulk = new BulkQueue(this, 'OwnerBulkQueue', { settings, alarms, beside: ownerQueue });
    const storage = new Storage(this, 'Storage', { settings, announceTo: captureQueue });

    const intake = new Intake(this, 'Intake', { settings, alarms, storage, secrets });
    const capture = new Capture(this, 'Capture', {
      settings,
      alarms,
      storage,
      table,
      secrets,
      topic: categories,
      from: captureQueue,
      fromBulk: captureBulk,
      to: ownerQueue,
      toBulk: ownerBulk,
      toErase: eraseQueue,
    });
    new Process(this, 'Process', {
      settings,
      alarms,
      storage,
      table,
      secrets,
      topic,
      from: ownerQueue,
      fromBulk: ownerBulk,
      toCapture: captureBulk,
    });
    new Erase(this, 'Erase', { settings, alarms, storage, table, from: eraseQueue });

    new Sync(this, 'Sync', { settings, alarms, storage, table, secrets, intake, from: syncQueue });
    new Replay(this, 'Replay', {
      settings,
      alarms,
      storage,
      table,
      from: replayQueue,
      toCapture: captureBulk,
      toOwner: ownerBulk,
      redrives,
    });

    new Sweep(this, 'Sweep', {
      settings,
      alarms,
      storage,
      table,
      from: sweepQueue,
      toCapture: captureQueue,
      toCaptureBulk: captureBulk,
      toProcess: ownerQueue,
      toProcessBulk: ownerBulk,
      when: capture.unread,
    });
    new Doctor(this, 'Doctor', {
      settings,
      alarms,
      table,
      secrets,
      topic,
      intake,
      toErase: eraseQueue,
      watches: Object.values(redrives),
    });

    this.parts = {
      alarms,
      secrets,
      table,
      topic,
      storage,
      intake,
      captureQueue,
      captureBulk,
      ownerQueue,
      syncQueue,
      replayQueue,
    };
    new StageDashboard(this, 'Dashboard', { settings, captureQueue, ownerQueue });
    show(this, {
      PublicUrl: intake.publicUrl,
      WebhookUrl: `${intake.publicUrl}/webhooks/{source}`,
      BucketName: storage.bucketName,
      TableName: table.tableName,
      LeadTopicArn: topic.topicArn,
      AlarmTopicArn: alarms.topic.topicArn,
      CategoryTopicArn: categories.topicArn,
      CaptureBulkQueueUrl: captureBulk.queue.queueUrl,
      OwnerBulkQueueUrl: ownerBulk.queue.queueUrl,
      EraseQueueUrl: eraseQueue.queue.queueUrl,
      EraseDeadLettersUrl: eraseQueue.deadLetters.queueUrl,
      CaptureQueueUrl: captureQueue.queue.queueUrl,
      CaptureDeadLettersUrl: captureQueue.deadLetters.queueUrl,
      SyncQueueUrl: syncQueue.queue.queueUrl,
      SyncDeadLettersUrl: syncQueue.deadLetters.queueUrl,
      ReplayQueueUrl: replayQueue.queue.queueUrl,
      ReplayDeadLettersUrl: replayQueue.deadLetters.queueUrl,
      SweepQueueUrl: sweepQueue.queue.queueUrl,
      SweepDeadLettersUrl: sweepQueue.deadLetters.queueUrl,
      OwnerQueueUrl: ownerQueue.queue.queueUrl,
      OwnerDeadLettersUrl: ownerQueue.deadLetters.queueUrl,
      SecretNames: Object.values(secretNames(settings.stage)).join(' '),
    });
  }
}
