import {
  GetObjectCommand,
  HeadObjectCommand,
  ListObjectsV2Command,
  PutObjectCommand,
  S3Client,
} from '@aws-sdk/client-s3';
import { getSignedUrl } from '@aws-sdk/s3-request-presigner';
import { ReceiveMessageCommand, type SQSClient } from '@aws-sdk/client-sqs';
import { afterAll, beforeAll, expect, it } from '@jest/globals';
import { type LocalRun, newDataDir } from '../e2e/local-run.ts';
import { until } from '../e2e/until.ts';
import { bucket, queueUrl, startFixture } from './fixture.ts';

let run: LocalRun;
beforeAll(async () => {
  run = await startFixture();
});
afterAll(async () => {
  await run.stop();
});

const put = (Key: string, Body = 'x', more: object = {}) =>
  run.s3.send(new PutObjectCommand({ Bucket: bucket, Key, Body, ...more }));

/** The keys that the bucket announced, each message taken once. */
async function announced(sqs: SQSClient, aws: string): Promise<string[]> {
  const keys: string[] = [];
  for (;;) {
    const command = new ReceiveMessageCommand({ QueueUrl: queueUrl(aws, 'Announced'), MaxNumberOfMessages: 10 });
    const { Messages = [] } = await sqs.send(command);
    if (Messages.length === 0) return keys.sort();
    for (const { Body = '' } of Messages) keys.push(JSON.parse(Body).Records[0].s3.object.key);
  }
}

it('lets exactly one of 64 puts at once create an object, and announces it once', async () => {
  const puts = Array.from({ length: 64 }, (_, index) => put('in/race', String(index), { IfNoneMatch: '*' }));
  const results = await Promise.allSettled(puts);
  const refused = results.flatMap((result) => (result.status === 'rejected' ? [result.reason] : []));
  expect(refused).toHaveLength(63);
  expect(new Set(refused.map(({ name, $metadata }) => `${name} ${$metadata.httpStatusCode}`))).toEqual(
    new Set(['PreconditionFailed 412']),
  );
  expect(await announced(run.sqs, run.aws)).toEqual(['in/race']);
});

it('overwrites an object only with the ETag that it has', async () => {
  const { ETag = '' } = await put('etag', 'one');
  await expect(put('etag', 'two', { IfMatch: '"somebody-elses"' })).rejects.toMatchObject({
    name: 'PreconditionFailed',
  });
  await expect(put('etag', 'two', { IfMatch: ETag })).resolves.toBeDefined();
  await expect(put('never-there', 'two', { IfMatch: ETag })).rejects.toMatchObject({ name: 'NoSuchKey' });
});

it('announces only what lies under the watched prefix, with the key as AWS encodes it', async () => {
  await put('out/a.json');
  await put('in/Zoë Müller+1.json');
  expect(await announced(run.sqs, run.aws)).toEqual(['in/Zo%C3%AB+M%C3%BCller%2B1.json']);
});

it('gives back the bytes and the metadata of an object', async () => {
  await put('meta', 'bytes', {
    Metadata: { tenant: 'acme', 'received-at': '2026-11-22T10:00:00.000Z' },
    ContentType: 'application/json',
  });
  const { Body, Metadata, ContentType } = await run.s3.send(new GetObjectCommand({ Bucket: bucket, Key: 'meta' }));
  expect(await Body?.transformToString()).toBe('bytes');
  expect(Metadata).toEqual({ tenant: 'acme', 'received-at': '2026-11-22T10:00:00.000Z' });
  expect(ContentType).toBe('application/json');
});

it('lets a link that was made without a call download an object as a file', async () => {
  await put('out/leads', 'a,b', { ContentType: 'text/plain' });
  const asked = {
    ResponseContentType: 'text/csv; charset=utf-8',
    ResponseContentDisposition: 'attachment; filename="leads.csv"',
  };
  const command = new GetObjectCommand({ Bucket: bucket, Key: 'out/leads', ...asked });
  const response = await fetch(await getSignedUrl(run.s3, command, { expiresIn: 60 }));
  expect([response.status, response.headers.get('content-disposition'), response.headers.get('content-type')]).toEqual([
    200,
    asked.ResponseContentDisposition,
    asked.ResponseContentType,
  ]);
  expect(await response.text()).toBe('a,b');
});

it('does not tell a function that may not list whether an object is missing', async () => {
  const asFunction = new S3Client({
    endpoint: run.aws,
    region: 'us-east-1',
    forcePathStyle: true,
    credentials: { accessKeyId: 'fixture.1', secretAccessKey: 'x' },
  });
  const missing = { Bucket: bucket, Key: 'missing' };
  await expect(asFunction.send(new GetObjectCommand(missing))).rejects.toMatchObject({ name: 'AccessDenied' });
  await expect(asFunction.send(new HeadObjectCommand(missing))).rejects.toMatchObject({
    $metadata: { httpStatusCode: 403 },
  });
  await expect(run.s3.send(new GetObjectCommand(missing))).rejects.toMatchObject({ name: 'NoSuchKey' });
});

it('has announced every object that is there after it was killed in the middle of puts', async () => {
  const dataDir = newDataDir();
  const killed = await startFixture({ dataDir });
  let acknowledged = 0;
  const puts = Array.from({ length: 400 }, async (_, index) => {
    const Key = `in/${String(index).padStart(3, '0')}`;
    await killed.s3.send(new PutObjectCommand({ Bucket: bucket, Key, Body: 'x' }));
    acknowledged += 1;
  });
  await until('some are put', async () => acknowledged >= 50);
  const ended = Promise.allSettled(puts);
  await killed.kill('SIGKILL');
  await ended;

  await using again = await startFixture({ dataDir });
  const { Contents = [] } = await again.s3.send(new ListObjectsV2Command({ Bucket: bucket, Prefix: 'in/' }));
  const stored = Contents.map(({ Key = '' }) => Key);
  expect(stored.length).toBeGreaterThanOrEqual(acknowledged);
  expect(await announced(again.sqs, again.aws)).toEqual(stored);
});
