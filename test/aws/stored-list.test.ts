import { ListObjectsV2Command, S3Client } from '@aws-sdk/client-s3';
import { beforeEach, expect, it } from '@jest/globals';
import { mockClient } from 'aws-sdk-client-mock';
import { listStored } from '../../lambdas/aws/stored-list.ts';

const s3 = mockClient(S3Client);
beforeEach(() => void s3.reset());

const asked = () => s3.commandCalls(ListObjectsV2Command).map(({ args: [{ input }] }) => input);

it('lists deliveries with when they were put, and says whether there are more', async () => {
  const LastModified = new Date('2026-03-05T13:30:01.000Z');
  s3.on(ListObjectsV2Command).resolves({ Contents: [{ Key: 'source/a.json', LastModified }], IsTruncated: true });
  expect(await listStored('leads', 'source/', undefined)).toEqual({
    objects: [{ key: 'source/a.json', storedAt: LastModified.getTime() }],
    isEnd: false,
  });
  expect(asked()).toEqual([{ Bucket: 'leads', Prefix: 'source/' }]);
});

it('goes on behind a name, which S3 never forgets', async () => {
  s3.on(ListObjectsV2Command).resolves({});
  expect(await listStored('leads', 'source/', 'source/a.json')).toEqual({ objects: [], isEnd: true });
  expect(asked()).toEqual([{ Bucket: 'leads', Prefix: 'source/', StartAfter: 'source/a.json' }]);
});
