import {
  AbortMultipartUploadCommand,
  CompleteMultipartUploadCommand,
  CreateMultipartUploadCommand,
  PutObjectCommand,
  S3Client,
  UploadPartCommand,
} from '@aws-sdk/client-s3';
import { beforeEach, describe, expect, it } from '@jest/globals';
import { mockClient } from 'aws-sdk-client-mock';
import { exportLink, saveExport } from '../../lambdas/aws/export-store.ts';

const s3 = mockClient(S3Client);
beforeEach(() => {
  s3.reset();
  s3.on(PutObjectCommand).resolves({});
  s3.on(CreateMultipartUploadCommand).resolves({ UploadId: 'upload' });
  s3.on(UploadPartCommand).resolves({ ETag: 'etag' });
  s3.on(CompleteMultipartUploadCommand).resolves({});
  s3.on(AbortMultipartUploadCommand).resolves({});
  Object.assign(process.env, { AWS_REGION: 'eu-west-1', AWS_ACCESS_KEY_ID: 'test', AWS_SECRET_ACCESS_KEY: 'test' });
});

const place = { bucket: 'leads', prefix: 'exports/' };
const of = { tenant: 'north', id: 'x1' };
const megabyte = 'x'.repeat(2 ** 20);
async function* text(megabytes: number, fails = false) {
  for (let n = 0; n < megabytes; n += 1) yield megabyte;
  if (fails) throw new Error('it was deleted');
}

describe('a list of leads', () => {
  it('that is short is kept with one put, as CSV, under its tenant', async () => {
    await saveExport(place, of, text(1));
    const [put] = s3.commandCalls(PutObjectCommand).map(({ args: [{ input }] }) => input);
    expect(put).toMatchObject({
      Bucket: 'leads',
      Key: 'exports/north/x1.csv',
      ContentType: 'text/csv; charset=utf-8',
    });
    expect(put?.Body).toHaveLength(2 ** 20);
  });

  it('that is long is kept in parts', async () => {
    await saveExport(place, of, text(12));
    const sizes = s3.commandCalls(UploadPartCommand).map(({ args: [{ input }] }) => (input.Body as Buffer).length);
    expect(sizes.reduce((sum, size) => sum + size, 0)).toBe(12 * 2 ** 20);
    expect(sizes).toHaveLength(3);
    expect(s3.commandCalls(CompleteMultipartUploadCommand)).toHaveLength(1);
  });

  it.each([1, 12])('of %i MB whose making fails is not kept, and no part of it', async (megabytes) => {
    await expect(saveExport(place, of, text(megabytes, true))).rejects.toThrow('it was deleted');
    expect(s3.commandCalls(PutObjectCommand)).toEqual([]);
    expect(s3.commandCalls(CompleteMultipartUploadCommand)).toEqual([]);
    expect(s3.commandCalls(AbortMultipartUploadCommand)).toHaveLength(megabytes > 5 ? 1 : 0);
  });
});

it('a link is good for its time, and downloads a file that no cache keeps', async () => {
  const link = new URL(await exportLink(place, { ...of, name: 'leads-2026-03-05.csv' }, 900));
  expect(link.pathname).toMatch(/exports\/north\/x1\.csv$/);
  expect(Object.fromEntries(link.searchParams)).toMatchObject({
    'X-Amz-Expires': '900',
    'response-content-type': 'text/csv; charset=utf-8',
    'response-content-disposition': 'attachment; filename="leads-2026-03-05.csv"',
    'response-cache-control': 'no-store',
    'X-Amz-SignedHeaders': 'host',
  });
  expect(link.searchParams.get('X-Amz-Signature')).toMatch(/^[0-9a-f]{64}$/);
});
