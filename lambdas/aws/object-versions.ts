import {
  type DeleteMarkerEntry,
  DeleteObjectsCommand,
  GetObjectCommand,
  ListObjectVersionsCommand,
  type ObjectVersion,
  PutObjectCommand,
  S3Client,
} from '@aws-sdk/client-s3';
import type { KeptObject } from '../core/traces.ts';
import { answerWithin } from './deadlines.ts';
import { isMissing, isTaken } from './s3-answers.ts';

const client = new S3Client({ maxAttempts: 3, requestHandler: answerWithin(5000) });

type Version = ObjectVersion | DeleteMarkerEntry;

/** Deletes versions of an object, and marks of an earlier deletion: all of them unless said otherwise. Says how many versions there were. */
export async function deleteVersions(
  bucket: string,
  key: string,
  which: 'all' | 'old' | { versionId: string } = 'all',
): Promise<number> {
  // A prefix may be the beginning of another key, which sorts behind the key itself.
  return deleteWhere(
    bucket,
    key,
    ({ Key, VersionId, IsLatest }) =>
      Key === key && (which === 'all' || (which === 'old' ? !IsLatest : VersionId === which.versionId)),
  );
}

/** Deletes every version of every object in a folder, and marks of earlier deletions. Says how many versions there were. */
export const deleteVersionsUnder = (bucket: string, folder: `${string}/`): Promise<number> =>
  deleteWhere(bucket, folder, () => true);

async function deleteWhere(bucket: string, prefix: string, isMeant: (version: Version) => boolean): Promise<number> {
  let count = 0;
  for (;;) {
    const { Versions = [], DeleteMarkers = [] } = await client.send(
      new ListObjectVersionsCommand({ Bucket: bucket, Prefix: prefix }),
    );
    const versions = Versions.filter(isMeant);
    const Objects = [...versions, ...DeleteMarkers.filter(isMeant)].map(({ Key, VersionId }) => ({ Key, VersionId }));
    if (Objects.length === 0) return count;
    const { Errors = [] } = await client.send(
      new DeleteObjectsCommand({ Bucket: bucket, Delete: { Objects, Quiet: true } }),
    );
    if (Errors.length > 0) throw new Error(`S3 did not delete ${Errors.length} versions: ${Errors[0]?.Code}`);
    count += versions.length;
  }
}

/** An object as it is now; `undefined` where there is none. */
export async function objectNow(bucket: string, key: string): Promise<KeptObject | undefined> {
  try {
    const {
      Body,
      Metadata = {},
      VersionId = '',
    } = await client.send(new GetObjectCommand({ Bucket: bucket, Key: key }));
    return { body: Buffer.from((await Body?.transformToByteArray()) ?? []), metadata: Metadata, versionId: VersionId };
  } catch (error) {
    if (isMissing(error)) return undefined;
    throw error;
  }
}

/** Puts an object where none is; false where there is one. */
export async function putObject(
  bucket: string,
  key: string,
  { body, metadata }: Omit<KeptObject, 'versionId'>,
): Promise<boolean> {
  try {
    await client.send(
      new PutObjectCommand({
        Bucket: bucket,
        Key: key,
        Body: body,
        Metadata: metadata,
        ContentType: 'application/json',
        IfNoneMatch: '*',
      }),
    );
    return true;
  } catch (error) {
    if (isTaken(error)) return false;
    throw error;
  }
}
