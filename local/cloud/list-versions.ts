import type { FastifyReply } from 'fastify';
import { answerError } from './aws-error.ts';
import type { ObjectVersions } from './object-versions.ts';
import type { Version } from './version-rows.ts';
import { elements } from './xml.ts';

/** What S3 lists at once. */
const most = 1000;

/** ListObjectVersions. */
export function listVersions(
  bucket: string,
  query: Record<string, string>,
  reply: FastifyReply,
  versions: ObjectVersions,
) {
  if (query['delimiter'])
    return answerError(reply, 's3', 501, 'NotImplemented', 'Versions are listed without delimiter.');
  const { prefix = '', 'key-marker': keyMarker = '', 'version-id-marker': versionIdMarker = '' } = query;
  const limit = Math.min(Number(query['max-keys'] ?? most), most);
  const found = versions.list({ bucket, prefix, keyMarker, versionIdMarker, limit: limit + 1 });
  const listed = found.slice(0, limit);
  const isTruncated = limit > 0 && found.length > limit;
  const last = isTruncated ? listed.at(-1) : undefined;
  const head = elements({
    Name: bucket,
    Prefix: prefix,
    KeyMarker: keyMarker,
    VersionIdMarker: versionIdMarker,
    NextKeyMarker: last?.key,
    NextVersionIdMarker: last?.versionId,
    MaxKeys: limit,
    IsTruncated: isTruncated,
  });
  return reply
    .type('application/xml')
    .send(
      `<?xml version="1.0" encoding="UTF-8"?><ListVersionsResult xmlns="http://s3.amazonaws.com/doc/2006-03-01/">${head}${listed.map(entry).join('')}</ListVersionsResult>`,
    );
}

function entry({ key, versionId, isLatest, lastModified, object }: Version): string {
  const always = { Key: key, VersionId: versionId, IsLatest: isLatest, LastModified: lastModified.toISOString() };
  if (!object) return `<DeleteMarker>${elements(always)}</DeleteMarker>`;
  const { etag, contentLength } = object;
  return `<Version>${elements({ ...always, ETag: etag, Size: contentLength, StorageClass: 'STANDARD' })}</Version>`;
}
