import { GetObjectCommand, S3Client, S3ServiceException } from '@aws-sdk/client-s3';
import { beforeEach, describe, expect, it } from '@jest/globals';
import { mockClient } from 'aws-sdk-client-mock';
import { lookupStore } from '../../lambdas/aws/lookup-store.ts';

const s3 = mockClient(S3Client);
beforeEach(() => void s3.reset());

const read = () => lookupStore('dea-lead-owner', 'us-east-1')('lead_Zq3.json');
const answer = (name: string, status: number) =>
  new S3ServiceException({ name, $fault: 'client', $metadata: { httpStatusCode: status } });

/** An object of this size; says whether its body was read, and whether it was let go. */
function holds(text: string, ContentLength?: number) {
  const seen = { read: false, destroyed: false };
  const Body = {
    transformToString: async () => {
      seen.read = true;
      return text;
    },
    destroy: () => void (seen.destroyed = true),
  };
  s3.on(GetObjectCommand).resolves({ Body: Body as never, ...(ContentLength !== undefined && { ContentLength }) });
  return seen;
}

it('reads an object of the bucket', async () => {
  holds('{"lead_id":"lead_Zq3"}', 22);
  expect(await read()).toBe('{"lead_id":"lead_Zq3"}');
  expect(s3.commandCalls(GetObjectCommand)[0]?.args[0].input).toEqual({
    Bucket: 'dea-lead-owner',
    Key: 'lead_Zq3.json',
  });
});

it.each([
  ['NoSuchKey', 404],
  ['AccessDenied', 403],
  ['AllAccessDisabled', 403],
])('finds nothing on %s', async (name, status) => {
  s3.on(GetObjectCommand).rejects(answer(name, status));
  expect(await read()).toBeUndefined();
});

describe('finds nothing that is too large to be one of ours, without reading it:', () => {
  it.each([
    ['a byte over 64 KB', 64 * 1024 + 1],
    ['100 MB', 100 * 1024 * 1024],
    ['of a size that nobody says', undefined],
  ])('%s', async (_, size) => {
    const seen = holds('x', size);
    expect(await read()).toBeUndefined();
    expect(seen).toEqual({ read: false, destroyed: true });
  });

  it('but not 64 KB', async () => {
    holds('x', 64 * 1024);
    expect(await read()).toBe('x');
  });
});

it.each([
  ['NoSuchBucket', 404],
  ['PermanentRedirect', 301],
  ['SlowDown', 503],
  ['NotFound', 404],
])('fails on %s', async (name, status) => {
  s3.on(GetObjectCommand).rejects(answer(name, status));
  await expect(read()).rejects.toMatchObject({ name });
});
