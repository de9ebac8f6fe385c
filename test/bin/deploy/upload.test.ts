import { beforeEach, describe, expect, it } from '@jest/globals';
import { CloudFrontClient, CreateInvalidationCommand } from '@aws-sdk/client-cloudfront';
import { PutObjectCommand, S3Client } from '@aws-sdk/client-s3';
import { mockClient } from 'aws-sdk-client-mock';
import { upload } from '../../../bin/deploy/upload.ts';
import { webFile } from '../../../bin/deploy/web-files.ts';

const s3 = mockClient(S3Client);
const cloudFront = mockClient(CloudFrontClient);
process.env['AWS_REGION'] = 'eu-central-1';

const place = {
  stage: 'prod',
  url: 'https://d1.cloudfront.net',
  bucket: 'web',
  distributionId: 'E1',
  authority: 'https://cognito-idp.eu-central-1.amazonaws.com/eu-central-1_a',
  clientId: 'client',
  logoutUrl: 'https://lead-relay-prod-1.auth.eu-central-1.amazoncognito.com/logout',
};
const files = ['index.html', 'assets/a-1.js', 'assets/b-2.css', 'config.json', 'favicon.svg'].map((name) =>
  webFile(name, Buffer.from(name)),
);
const puts = () => s3.commandCalls(PutObjectCommand).map(({ args: [{ input }] }) => input);

beforeEach(() => {
  s3.reset();
  cloudFront.reset();
});

describe('an upload', () => {
  it('puts the page last, so that it names no file that is not there', async () => {
    const finished: string[] = [];
    s3.on(PutObjectCommand).callsFake(async ({ Key }: { Key: string }) => {
      await new Promise((done) => setTimeout(done, Key === 'assets/a-1.js' ? 20 : 1));
      finished.push(Key);
    });
    expect(await upload(place, files)).toBe(5);
    expect(finished.at(-1)).toBe('index.html');
    expect(finished.toSorted()).toEqual([
      'assets/a-1.js',
      'assets/b-2.css',
      'config.json',
      'favicon.svg',
      'index.html',
    ]);
  });

  it('gives each file its type and how long it may be kept', async () => {
    await upload(place, files);
    const byName = Object.fromEntries(puts().map((input) => [input.Key, input]));
    expect(byName['assets/a-1.js']).toEqual({
      Bucket: 'web',
      Key: 'assets/a-1.js',
      Body: Buffer.from('assets/a-1.js'),
      ContentType: 'text/javascript; charset=utf-8',
      CacheControl: 'public, max-age=31536000, immutable',
    });
    expect(byName['index.html']).toMatchObject({ ContentType: 'text/html; charset=utf-8', CacheControl: 'no-cache' });
  });

  it('writes what the web app is told of its stage, whatever stood there in the build', async () => {
    await upload(place, files);
    const [config, ...more] = puts().filter(({ Key }) => Key === 'config.json');
    expect(more).toEqual([]);
    expect(config).toMatchObject({ ContentType: 'application/json', CacheControl: 'no-cache' });
    expect(JSON.parse((config?.Body as Buffer | undefined)?.toString() ?? '')).toEqual({
      authority: place.authority,
      clientId: 'client',
      logoutUrl: place.logoutUrl,
      stage: 'prod',
    });
  });

  it('deletes nothing, since pages that are open still ask for their own files', async () => {
    await upload(place, files);
    expect(s3.calls()).toHaveLength(puts().length);
  });

  it('has CloudFront ask for the page and its settings anew, when all is there', async () => {
    await upload(place, files);
    const [{ args } = { args: [] }] = cloudFront.commandCalls(CreateInvalidationCommand);
    expect(args[0]?.input).toEqual({
      DistributionId: 'E1',
      InvalidationBatch: {
        CallerReference: expect.stringMatching(/^deploy-\d+$/),
        Paths: { Quantity: 2, Items: ['/index.html', '/config.json'] },
      },
    });
  });

  it('leaves the page as it was where a file can’t be put', async () => {
    s3.on(PutObjectCommand, { Key: 'assets/b-2.css' }).rejects(new Error('denied'));
    await expect(upload(place, files)).rejects.toThrow('denied');
    expect(puts().map(({ Key }) => Key)).not.toContain('index.html');
    expect(cloudFront.calls()).toEqual([]);
  });
});
