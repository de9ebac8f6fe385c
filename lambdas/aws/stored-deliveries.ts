import { HeadObjectCommand, ListObjectsV2Command, S3Client } from '@aws-sdk/client-s3';
import { answerWithin } from './deadlines.ts';
import { isMissing } from './s3-answers.ts';

const client = new S3Client({ maxAttempts: 3, requestHandler: answerWithin(5000) });

/** Deliveries behind a name, in the order of their names, of those that begin so. S3 knows when each was stored, to the second. */
export async function deliveriesAfter(bucket: string, prefix: string, after: string | undefined, most: number) {
  const { Contents = [], IsTruncated } = await client.send(
    new ListObjectsV2Command({ Bucket: bucket, Prefix: prefix, StartAfter: after, MaxKeys: most }),
  );
  const deliveries = Contents.map(({ Key = '', LastModified }) => ({
    key: Key,
    storedAt: (LastModified ?? new Date(0)).toISOString(),
  }));
  return { deliveries, isEnd: IsTruncated !== true };
}

/** When a delivery was stored: ISO 8601, UTC; `undefined` where there is none. */
export async function storedAt(bucket: string, key: string): Promise<string | undefined> {
  try {
    const { LastModified } = await client.send(new HeadObjectCommand({ Bucket: bucket, Key: key }));
    return (LastModified ?? new Date(0)).toISOString();
  } catch (error) {
    if (isMissing(error)) return undefined;
    throw error;
  }
}
