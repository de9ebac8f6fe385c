import { S3Client, HeadBucketCommand } from '@aws-sdk/client-s3';
import { expect, it } from '@jest/globals';
import { answerWithin } from '../../lambdas/aws/deadlines.ts';
import { serve } from '../fixtures/http-server.ts';
import { sourceFiles } from '../fixtures/source-files.ts';

it('a service that takes a call and never answers ends it, rather than the function', async () => {
  const credentials = { accessKeyId: 'test', secretAccessKey: 'test' };
  const client = new S3Client({
    // Takes every request and never answers.
    endpoint: await serve(() => {}),
    region: 'eu-west-1',
    credentials,
    maxAttempts: 1,
    requestHandler: answerWithin(200),
  });
  await expect(client.send(new HeadBucketCommand({ Bucket: 'leads' }))).rejects.toThrow(/timed? ?out|200 ms/i);
});

it('every client of the SDK has such a deadline', () => {
  const clients = sourceFiles('lambdas')
    .filter(({ path }) => path.startsWith('lambdas/aws/'))
    .filter(({ text }) => /new \w+Client\(/.test(text));
  expect(clients.length).toBeGreaterThan(6);
  expect(clients.filter(({ text }) => !text.includes('answerWithin(')).map(({ path }) => path)).toEqual([]);
});
