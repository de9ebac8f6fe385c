import { GetObjectCommand, PutObjectCommand, S3Client, S3ServiceException } from '@aws-sdk/client-s3';
import { beforeEach, expect, it } from '@jest/globals';
import { mockClient } from 'aws-sdk-client-mock';
import { readDetails, saveDetails } from '../../lambdas/aws/details-store.ts';

const s3 = mockClient(S3Client);
beforeEach(() => void s3.reset());

const place = { bucket: 'leads', prefix: 'details/' };
const lead = { tenant: 'north', source: 'meta', lead_id: '7701' };
const answer = '{"id":"7701","field_data":[{"name":"FULL_NAME","values":["Zo\\u00eb"]}]}\n';
const failure = (name: string, status: number) =>
  new S3ServiceException({ name, $fault: status < 500 ? 'client' : 'server', $metadata: { httpStatusCode: status } });

it('keeps what a vendor answered, as it was received', async () => {
  s3.on(PutObjectCommand).resolves({});
  await saveDetails(place, lead, { body: answer, names: {} });
  expect(s3.commandCalls(PutObjectCommand).map(({ args: [{ input }] }) => input)).toEqual([
    {
      Bucket: 'leads',
      Key: 'details/north/meta_lead_7701.json',
      Body: answer,
      ContentType: 'application/json',
      Metadata: { names: '%7B%7D' },
    },
  ]);
});

it('keeps what each tenant’s page was told apart', async () => {
  s3.on(GetObjectCommand, { Key: 'details/north/meta_lead_7701.json' }).resolves({
    Body: { transformToString: async () => answer } as never,
  });
  s3.on(GetObjectCommand, { Key: 'details/south/meta_lead_7701.json' }).rejects(failure('AccessDenied', 403));
  expect(await readDetails(place, { ...lead, tenant: 'south' })).toBeUndefined();
});

it('reads it as it was kept', async () => {
  s3.on(GetObjectCommand, { Bucket: 'leads', Key: 'details/north/meta_lead_7701.json' }).resolves({
    Body: { transformToString: async () => answer } as never,
  });
  expect(await readDetails(place, lead)).toEqual({ body: answer, names: {}, lacksNames: true });
});

it.each([
  ['NoSuchKey', 404],
  ['AccessDenied', 403],
])('finds nothing on %s, where the vendor never answered', async (name, status) => {
  s3.on(GetObjectCommand).rejects(failure(name, status));
  expect(await readDetails(place, lead)).toBeUndefined();
});

it.each([
  ['SlowDown', 503],
  ['InternalError', 500],
  ['PermanentRedirect', 301],
])('fails on %s', async (name, status) => {
  s3.on(GetObjectCommand).rejects(failure(name, status));
  await expect(readDetails(place, lead)).rejects.toMatchObject({ name });
  s3.on(PutObjectCommand).rejects(failure(name, status));
  await expect(saveDetails(place, lead, { body: answer, names: {} })).rejects.toMatchObject({ name });
});

it('fails where S3 does not answer', async () => {
  s3.on(GetObjectCommand).rejects(new Error('aborted'));
  await expect(readDetails(place, lead)).rejects.toThrow('aborted');
});

it('keeps beside it what was read with it, in any language', async () => {
  const names = { form: 'Frühling – Angebot' };
  s3.on(PutObjectCommand).resolves({});
  await saveDetails(place, lead, { body: answer, names });
  const [put] = s3.commandCalls(PutObjectCommand);
  const Metadata = put?.args[0].input.Metadata ?? {};
  expect(Metadata['names']).toMatch(/^[ -~]+$/);
  s3.on(GetObjectCommand).resolves({ Body: { transformToString: async () => answer } as never, Metadata });
  expect(await readDetails(place, lead)).toEqual({ body: answer, names });
});

it('keeps the answer alone where the names are too long to stand beside it', async () => {
  s3.on(PutObjectCommand).resolves({});
  await saveDetails(place, lead, { body: answer, names: { form: 'ü'.repeat(400) } });
  expect(s3.commandCalls(PutObjectCommand)[0]?.args[0].input).not.toHaveProperty('Metadata');
});
