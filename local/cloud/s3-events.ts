import type { Faults } from '../faults.ts';
import { account, idOf, region } from '../template/resource-type.ts';
import type { Template } from '../template/template.ts';
import { SqsStore, type S3Object } from './fauxqs.ts';
import type { Stores } from './stores.ts';

interface Notification {
  bucket: string;
  queueArn: string;
  event: string;
  matches(key: string): boolean;
}

/** Has buckets announce new objects as the template says, in one transaction with the object: neither is there without the other. */
export function announceObjects(template: Template, stores: Stores, faults: Pick<Faults, 'next'>) {
  const notifications = notificationsOf(template);
  const kept = stores.s3.persistence;
  if (!kept) return;
  const upsertObject = kept.upsertObject.bind(kept);
  kept.upsertObject = (bucket, object) =>
    stores.atomically(() => {
      upsertObject(bucket, object);
      for (const one of notifications) {
        if (one.bucket !== bucket || !one.matches(object.key)) continue;
        if (!faults.next('announcements')) announce(one, object, stores);
      }
    });
}

function announce({ bucket, queueArn, event }: Notification, object: S3Object, { sqs }: Stores) {
  const queue = sqs.getQueueByArn(queueArn);
  if (!queue) return;
  const delay = Number(queue.attributes['DelaySeconds'] ?? 0);
  const body = JSON.stringify({ Records: [record(bucket, object, event)] });
  queue.enqueue(SqsStore.createMessage(body, {}, delay > 0 ? delay : undefined));
}

let sequence = 0;

function record(bucket: string, { key, contentLength, etag, lastModified }: S3Object, event: string) {
  sequence += 1;
  return {
    eventVersion: '2.5',
    eventSource: 'aws:s3',
    awsRegion: region,
    eventTime: lastModified.toISOString(),
    eventName: event.replace('s3:', '').replace('*', 'Put'),
    userIdentity: { principalId: account },
    requestParameters: { sourceIPAddress: '127.0.0.1' },
    responseElements: { 'x-amz-request-id': idOf(key, 16).toUpperCase(), 'x-amz-id-2': 'local' },
    s3: {
      s3SchemaVersion: '1.0',
      configurationId: 'local',
      bucket: { name: bucket, ownerIdentity: { principalId: account }, arn: `arn:aws:s3:::${bucket}` },
      object: {
        key: encodeURIComponent(key).replaceAll('%2F', '/').replaceAll('%20', '+'),
        size: contentLength,
        eTag: etag.replaceAll('"', ''),
        sequencer: (Date.now() * 1000 + (sequence % 1000)).toString(16).toUpperCase().padStart(18, '0'),
      },
    },
  };
}

function notificationsOf(template: Template): Notification[] {
  return template.of('AWS::S3::Bucket').flatMap(({ name, properties }) =>
    (properties.NotificationConfiguration?.QueueConfigurations ?? []).map(({ Event, Queue, Filter }) => ({
      bucket: name,
      queueArn: Queue,
      event: Event,
      matches: (key: string) =>
        (Filter?.S3Key.Rules ?? []).every(({ Name, Value }) =>
          Name === 'prefix' ? key.startsWith(Value) : key.endsWith(Value),
        ),
    })),
  );
}
