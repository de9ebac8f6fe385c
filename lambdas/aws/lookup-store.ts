import { GetObjectCommand, S3Client, S3ServiceException } from '@aws-sdk/client-s3';
import { answerWithin } from './deadlines.ts';

/** An object of the lookup bucket has seven short fields. */
const MAX_SIZE = 64 * 1024;

/**
 * Reads the lookup bucket, which may lie in another account and region. A missing object answers 403 where we may not list
 * (https://docs.aws.amazon.com/AmazonS3/latest/API/API_GetObject.html), so 403 and 404 both mean that there is none;
 * a missing bucket or a redirect is thrown.
 */
export function lookupStore(bucket: string, region: string) {
  const client = new S3Client({
    region,
    maxAttempts: 2,
    requestHandler: answerWithin(2000),
  });
  return async (key: string): Promise<string | undefined> => {
    try {
      const { Body, ContentLength = Infinity } = await client.send(new GetObjectCommand({ Bucket: bucket, Key: key }));
      if (ContentLength <= MAX_SIZE) return await Body?.transformToString();
      (Body as { destroy?: () => void } | undefined)?.destroy?.();
      return undefined;
    } catch (error) {
      const isMissing =
        error instanceof S3ServiceException && (error.name === 'NoSuchKey' || error.$metadata.httpStatusCode === 403);
      if (isMissing) return undefined;
      throw error;
    }
  };
}
