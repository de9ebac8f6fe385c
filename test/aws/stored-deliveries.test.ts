import { HeadObjectCommand, ListObjectsV2Command, S3Client, S3ServiceException } from '@aws-sdk/client-s3';
import { GetQueueAttributesCommand, SQSClient } from '@aws-sdk/client-sqs';
import { beforeEach, expect, it } from '@jest/globals';
import { mockClient } from 'aws-sdk-client-mock';
import { messagesIn } from '../../lambdas/aws/queue-depth.ts';
import { deliveriesAfter, storedAt } from '../../lambdas/aws/stored-deliveries.ts';

const s3 = mockClient(S3Client);
const sqs = mockClient(SQSClient);
beforeEach(() => {
  s3.reset();
  sqs.reset();
});
const LastModified = new Date('2026-03-05T13:30:00.000Z');

it('deliveries are listed behind a name, with when they were stored', async () => {
  s3.on(ListObjectsV2Command).resolves({ Contents: [{ Key: 'source/b.json', LastModified }], IsTruncated: true });
  expect(await deliveriesAfter('leads', 'source/', 'source/a.json', 200)).toEqual({
    deliveries: [{ key: 'source/b.json', storedAt: '2026-03-05T13:30:00.000Z' }],
    isEnd: false,
  });
  expect(s3.commandCalls(ListObjectsV2Command)[0]?.args[0].input).toEqual({
    Bucket: 'leads',
    Prefix: 'source/',
    StartAfter: 'source/a.json',
    MaxKeys: 200,
  });
});

it('the end of a listing is one, also of nothing', async () => {
  s3.on(ListObjectsV2Command).resolves({});
  expect(await deliveriesAfter('leads', 'source/', undefined, 200)).toEqual({ deliveries: [], isEnd: true });
});

it('a delivery is known with when it was stored, and one that is not there is nothing', async () => {
  s3.on(HeadObjectCommand, { Key: 'source/a.json' }).resolves({ LastModified });
  const failure = (name: string, httpStatusCode: number) =>
    new S3ServiceException({ name, $fault: 'client', $metadata: { httpStatusCode } });
  s3.on(HeadObjectCommand, { Key: 'source/b.json' }).rejects(failure('NotFound', 404));
  s3.on(HeadObjectCommand, { Key: 'source/c.json' }).rejects(failure('SlowDown', 503));
  expect(await storedAt('leads', 'source/a.json')).toBe('2026-03-05T13:30:00.000Z');
  expect(await storedAt('leads', 'source/b.json')).toBeUndefined();
  await expect(storedAt('leads', 'source/c.json')).rejects.toMatchObject({ name: 'SlowDown' });
});

it('a queue has what waits, what is held back, and what is being worked on', async () => {
  sqs.on(GetQueueAttributesCommand).resolves({
    Attributes: {
      ApproximateNumberOfMessages: '1',
      ApproximateNumberOfMessagesNotVisible: '20',
      ApproximateNumberOfMessagesDelayed: '300',
    },
  });
  expect(await messagesIn('https://sqs/x')).toBe(321);
});
