import type { FastifyReply, FastifyRequest } from 'fastify';
import { answerError } from './aws-error.ts';
import type { S3Store } from './fauxqs.ts';
import type { ObjectAddress } from './object-address.ts';

/**
 * Holds the conditions of a put, which fauxqs leaves out: answers and says true where one fails. It must stay synchronous with the
 * put that follows, since two puts at once would both find nothing.
 */
export function refusesPut(
  request: FastifyRequest,
  reply: FastifyReply,
  { bucket, key }: ObjectAddress,
  s3: S3Store,
): boolean {
  const { 'if-none-match': ifNoneMatch, 'if-match': ifMatch } = request.headers;
  if (ifNoneMatch === undefined && ifMatch === undefined) return false;
  const existing = s3['buckets'].get(bucket)?.get(key);
  if (ifNoneMatch !== undefined && ifNoneMatch !== '*') {
    answerError(reply, 's3', 501, 'NotImplemented', 'If-None-Match of a put takes only *.');
  } else if (ifNoneMatch === '*' && existing) {
    answerError(reply, 's3', 412, 'PreconditionFailed', failed);
  } else if (ifMatch !== undefined && !existing) {
    answerError(reply, 's3', 404, 'NoSuchKey', 'The specified key does not exist.');
  } else if (ifMatch !== undefined && unquoted(ifMatch) !== unquoted(existing?.etag)) {
    answerError(reply, 's3', 412, 'PreconditionFailed', failed);
  }
  return reply.sent;
}

const failed = 'At least one of the pre-conditions you specified did not hold';

const unquoted = (etag = '') => etag.replaceAll('"', '');
