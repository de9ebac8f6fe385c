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

/** Deletes versions of an object, and marks of an earlier deletion: all of them unless said otherwise. Says how many versions there were. */
export async function deleteVersions(
  bucket: string,
  key: string,
  which: 'all' | 'old' | { versionId: string } = 'all',
): Promise<number> {
  let count = 0;
  for (;;) {
    const { Versions = [], DeleteMarkers = [] } = await client.send(
      new ListObjectVersionsCommand({ Bucket: bucket, Prefix: key }),
    );
    // A prefix may be the beginning of another key, which sorts behind the key itself.
    const isMeant = ({ Key, VersionId, IsLatest }: ObjectVersion | DeleteMarkerEntry) =>
      Key === key && (which === 'all' || (which === 'old' ? !IsLatest : VersionId === which.versionId));
    const versions = Versions.filter(isMeant);
    const Objects = [...versions, ...DeleteMarkers.filter(isMeant)].map(({ VersionId }) => ({ Key: key, VersionId }));
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
