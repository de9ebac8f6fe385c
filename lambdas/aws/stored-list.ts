import { ListObjectsV2Command, S3Client } from '@aws-sdk/client-s3';
import { answerWithin } from './deadlines.ts';

const client = new S3Client({ maxAttempts: 3, requestHandler: answerWithin(5000) });

/** Objects under a prefix behind this one, in the order of their names: one answer, at most 1,000. A name, unlike S3's own token, never expires. */
export async function listStored(
  bucket: string,
  prefix: string,
  after: string | undefined,
): Promise<{ objects: { key: string; storedAt: number }[]; isEnd: boolean }> {
  const { Contents = [], IsTruncated = false } = await client.send(
    new ListObjectsV2Command({ Bucket: bucket, Prefix: prefix, ...(after && { StartAfter: after }) }),
  );
  const objects = Contents.flatMap(({ Key, LastModified }) =>
    Key === undefined || LastModified === undefined ? [] : [{ key: Key, storedAt: LastModified.getTime() }],
  );
  return { objects, isEnd: !IsTruncated };
}
