import { S3ServiceException } from '@aws-sdk/client-s3';

const statusOf = (error: unknown) => (error instanceof S3ServiceException ? error.$metadata.httpStatusCode : undefined);

/** Whether S3 says that there is no such object. Who may not list a bucket is told 403 (https://docs.aws.amazon.com/AmazonS3/latest/API/API_GetObject.html). */
export const isMissing = (error: unknown): boolean => [403, 404].includes(statusOf(error) ?? 0);

/** Whether a put on condition that there is none found an object (https://docs.aws.amazon.com/AmazonS3/latest/userguide/conditional-writes.html). */
export const isTaken = (error: unknown): boolean => statusOf(error) === 412;

/** Whether another writer or a deletion was under way, so that nothing is decided. */
export const isConflict = (error: unknown): boolean => statusOf(error) === 409;
