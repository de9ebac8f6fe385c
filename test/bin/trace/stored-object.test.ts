import { HeadObjectCommand, ListObjectsV2Command, S3Client, S3ServiceException } from '@aws-sdk/client-s3';
import { beforeEach, expect, it } from '@jest/globals';
import { mockClient } from 'aws-sdk-client-mock';
import { objectsNamed, storedObject } from '../../../bin/trace/stored-object.ts';

const s3 = mockClient(S3Client);
const stage = { access: {}, bucket: 'leads' };
beforeEach(() => void s3.reset());

it('says what a delivery is without reading it', async () => {
  s3.on(HeadObjectCommand, { Bucket: 'leads', Key: 'source/a.json' }).resolves({
    ContentLength: 412,
    LastModified: new Date('2026-03-05T13:30:01.000Z'),
    Metadata: { 'received-at': '2026-03-05T13:30:01.200Z', origin: 'webhook', digest: 'abc', tenant: 'north' },
  });
  expect(await storedObject(stage, 'source/a.json')).toEqual({
    bytes: 412,
    storedAt: '2026-03-05T13:30:01.000Z',
    receivedAt: '2026-03-05T13:30:01.200Z',
    origin: 'webhook',
    digest: 'abc',
    tenant: 'north',
  });
});

it('is null where there is none, and fails where S3 does', async () => {
  const answer = (httpStatusCode: number) =>
    new S3ServiceException({ name: 'NotFound', $fault: 'client', message: '', $metadata: { httpStatusCode } });
  s3.on(HeadObjectCommand).rejects(answer(404));
  expect(await storedObject(stage, 'source/a.json')).toBeNull();
  s3.on(HeadObjectCommand).rejects(answer(503));
  await expect(storedObject(stage, 'source/a.json')).rejects.toThrow();
});

it('finds the deliveries that are named by a lead, on every page, and none of a lead whose id only begins so', async () => {
  const pages: Record<string, string[][]> = {
    'source/crm_event_lead_A.json': [['source/crm_event_lead_A.json']],
    'source/crm_event_lead_A_': [['source/crm_event_lead_A_ev_1.json'], ['source/crm_event_lead_A_ev_2.json']],
  };
  s3.on(ListObjectsV2Command).callsFake(({ Prefix, ContinuationToken = '0' }: Record<string, string>) => {
    const all = pages[Prefix ?? ''] ?? [[]];
    const next = Number(ContinuationToken) + 1;
    return {
      Contents: all[next - 1]?.map((Key) => ({ Key })),
      ...(next < all.length && { NextContinuationToken: String(next) }),
    };
  });
  expect(await objectsNamed(stage, 'lead_A')).toEqual([
    'source/crm_event_lead_A.json',
    'source/crm_event_lead_A_ev_1.json',
    'source/crm_event_lead_A_ev_2.json',
  ]);
});
