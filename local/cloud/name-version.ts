import type { FastifyReply, FastifyRequest } from 'fastify';
import { addressOf } from './object-address.ts';
import type { ObjectVersions } from './object-versions.ts';

/** Says which version a call has made or read. It must stay synchronous with the call, since another put would be newer. */
export function nameVersion(request: FastifyRequest, reply: FastifyReply, versions: ObjectVersions) {
  const { method, query } = request as FastifyRequest<{ Querystring: Record<string, string> }>;
  const { bucket, key, versionId } = addressOf(request);
  const isPart = method === 'PUT' ? 'partNumber' in query : method === 'POST' && !('uploadId' in query);
  if (!versions.covers(bucket) || key === '' || versionId !== undefined || method === 'DELETE' || isPart) return;
  const newest = versions.find({ bucket, key });
  const isMissing = reply.statusCode === 404 && newest?.object === undefined;
  if (!newest || (reply.statusCode >= 400 && !isMissing)) return;
  reply.header('x-amz-version-id', newest.versionId);
  if (isMissing) reply.header('x-amz-delete-marker', 'true');
}
