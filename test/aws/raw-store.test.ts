import { GetObjectCommand, PutObjectCommand, S3Client, S3ServiceException } from '@aws-sdk/client-s3';
import { beforeEach, describe, expect, it } from '@jest/globals';
import { mockClient } from 'aws-sdk-client-mock';
import { readRaw, saveRaw } from '../../lambdas/aws/raw-store.ts';
import { Unavailable } from '../../lambdas/core/failures.ts';

const s3 = mockClient(S3Client);
beforeEach(() => void s3.reset());

const answer = (status: number, name = 'PreconditionFailed') =>
  new S3ServiceException({ name, $fault: status < 500 ? 'client' : 'server', $metadata: { httpStatusCode: status } });
const delivery = {
  bucket: 'leads',
  key: 'source/crm_event_lead_Zq3.json',
  body: Buffer.from('a lead\n'),
  from: {
    source: 'close',
    tenant: 'north',
    receivedAt: '2026-03-05T13:30:01.000Z',
    origin: 'webhook',
    correlationId: 'request-1',
  },
} as const;
const save = (signal = AbortSignal.timeout(5000)) => saveRaw(delivery, signal);

describe('keeping a delivery', () => {
  it('puts the bytes where nothing is yet, with where they came from', async () => {
    s3.on(PutObjectCommand).resolves({});
    expect(await save()).toBe('stored');
    expect(s3.commandCalls(PutObjectCommand).map(({ args: [{ input }] }) => input)).toEqual([
      {
        Bucket: 'leads',
        Key: 'source/crm_event_lead_Zq3.json',
        Body: Buffer.from('a lead\n'),
        ContentType: 'application/json',
        IfNoneMatch: '*',
        Metadata: {
          source: 'close',
          tenant: 'north',
          'received-at': '2026-03-05T13:30:01.000Z',
          // sha256 of the bytes, by openssl
          digest: '883d661eccd90f856c0367b4aa781f652a2cc57a77af0526227278d167189d11',
          origin: 'webhook',
          'correlation-id': 'request-1',
        },
      },
    ]);
  });

  it('names no tenant where its pages or portals say whose it is', async () => {
    s3.on(PutObjectCommand).resolves({});
    const { tenant: _, ...from } = delivery.from;
    await saveRaw({ ...delivery, from: { ...from, source: 'meta' } }, AbortSignal.timeout(5000));
    const { Metadata = {} } = s3.commandCalls(PutObjectCommand)[0]?.args[0].input ?? {};
    expect(Metadata).not.toHaveProperty('tenant');
    expect(Metadata).toMatchObject({ source: 'meta', 'correlation-id': 'request-1' });
  });

  it('finds a duplicate where something is', async () => {
    s3.on(PutObjectCommand).rejects(answer(412));
    expect(await save()).toBe('duplicate');
  });

  it('puts again where another writer was under way, whatever comes of it', async () => {
    s3.on(PutObjectCommand)
      .rejectsOnce(answer(409, 'ConditionalRequestConflict'))
      .rejectsOnce(answer(409))
      .resolves({});
    expect(await save()).toBe('stored');
    s3.reset();
    s3.on(PutObjectCommand).rejectsOnce(answer(409)).rejects(answer(412));
    expect(await save()).toBe('duplicate');
  });

  it('is unavailable where another writer is under way for too long', async () => {
    s3.on(PutObjectCommand).rejects(answer(409));
    await expect(save(AbortSignal.timeout(50))).rejects.toMatchObject({ part: 'store' });
  });

  it.each([
    ['is down', answer(503, 'SlowDown')],
    ['breaks', answer(500, 'InternalError')],
    ['may not be written', answer(403, 'AccessDenied')],
    ['does not answer', new DOMException('aborted', 'AbortError')],
  ])('is unavailable where S3 %s', async (_, cause) => {
    s3.on(PutObjectCommand).rejects(cause);
    const error = await save().catch((thrown: unknown) => thrown);
    expect(error).toBeInstanceOf(Unavailable);
    expect(error).toMatchObject({ part: 'store', cause });
  });

  it('passes the deadline on to S3', async () => {
    s3.on(PutObjectCommand).resolves({});
    const signal = AbortSignal.timeout(5000);
    await save(signal);
    expect(s3.calls()[0]?.args as unknown[]).toEqual([expect.anything(), { abortSignal: signal }]);
  });
});

const stored = (bytes: Uint8Array, LastModified?: Date, Metadata?: Record<string, string>) =>
  s3.on(GetObjectCommand, { Bucket: 'leads', Key: 'source/a.json' }).resolves({
    Body: { transformToByteArray: async () => bytes } as never,
    ...(LastModified && { LastModified }),
    ...(Metadata && { Metadata }),
  });

describe('reading a delivery', () => {
  it('gives the bytes and where they came from', async () => {
    const LastModified = new Date('2026-03-05T13:30:01.000Z');
    stored(Buffer.from([0xff, 0x00, 0x7b]), LastModified, {
      source: 'close',
      tenant: 'north',
      'received-at': '2026-03-05T13:30:01.000Z',
      digest: 'abc',
      origin: 'webhook',
      'correlation-id': 'request-1',
    });
    expect(await readRaw('leads', 'source/a.json')).toEqual({
      body: Buffer.from([0xff, 0x00, 0x7b]),
      from: { ...delivery.from, digest: 'abc', storedAt: '2026-03-05T13:30:01.000Z' },
    });
  });

  it('gives no origin where there is none', async () => {
    stored(Buffer.from('{}'), undefined, { tenant: '' });
    expect(await readRaw('leads', 'source/a.json')).toEqual({ body: Buffer.from('{}'), from: {} });
  });

  it.each([
    [404, 'NoSuchKey'],
    [403, 'AccessDenied'],
  ])('gives nothing where there is no such object, for which S3 says %i', async (status, name) => {
    s3.on(GetObjectCommand).rejects(answer(status, name));
    expect(await readRaw('leads', 'source/a.json')).toBeUndefined();
  });

  it('fails on anything else', async () => {
    s3.on(GetObjectCommand).rejects(answer(503, 'SlowDown'));
    await expect(readRaw('leads', 'source/a.json')).rejects.toThrow(expect.objectContaining({ name: 'SlowDown' }));
    s3.on(GetObjectCommand).resolves({});
    await expect(readRaw('leads', 'source/a.json')).rejects.toThrow('S3 answered without a body');
  });
});
