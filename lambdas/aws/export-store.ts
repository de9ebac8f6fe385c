import { GetObjectCommand, S3Client } from '@aws-sdk/client-s3';
import { Upload } from '@aws-sdk/lib-storage';
import { getSignedUrl } from '@aws-sdk/s3-request-presigner';
import { Readable } from 'node:stream';
import { answerWithin } from './deadlines.ts';
import { exportKey } from './export-key.ts';

const client = new S3Client({ maxAttempts: 3, requestHandler: answerWithin(30_000) });

interface Place {
  bucket: string;
  /** `exports/`. */
  prefix: string;
}

/**
 * Keeps a list of leads that is made while it is sent: no more of it is in memory than the parts on their way. Where the text throws,
 * nothing is kept.
 */
export async function saveExport(
  { bucket, prefix }: Place,
  of: { tenant: string; id: string },
  text: AsyncIterable<string>,
): Promise<void> {
  const upload = new Upload({
    client,
    params: {
      Bucket: bucket,
      Key: exportKey(prefix, of),
      Body: Readable.from(text, { objectMode: false }),
      ContentType: 'text/csv; charset=utf-8',
    },
    queueSize: 1,
  });
  await upload.done();
}

/** A link that lets whoever has it download an export as a file, for so many seconds. It is made without a call. */
export function exportLink(
  { bucket, prefix }: Place,
  of: { tenant: string; id: string; name: string },
  seconds: number,
): Promise<string> {
  const command = new GetObjectCommand({
    Bucket: bucket,
    Key: exportKey(prefix, of),
    ResponseContentType: 'text/csv; charset=utf-8',
    ResponseContentDisposition: `attachment; filename="${of.name}"`,
    ResponseCacheControl: 'no-store',
  });
  return getSignedUrl(client, command, { expiresIn: seconds });
}
