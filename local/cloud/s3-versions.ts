import type { FastifyReply, FastifyRequest } from 'fastify';
import { answerError } from './aws-error.ts';
import { getObject, headObject, S3Error, type S3Object, type S3Store } from './fauxqs.ts';
import { listVersions } from './list-versions.ts';
import { addressOf, type ObjectAddress } from './object-address.ts';
import type { ObjectVersions } from './object-versions.ts';

/** Answers the calls about versions in a versioned bucket; says false where a call is none. */
export function answersAboutVersions(request: FastifyRequest, reply: FastifyReply, versions: ObjectVersions): boolean {
  const { method, query } = request as FastifyRequest<{ Querystring: Record<string, string> }>;
  const address = addressOf(request);
  const isRead = method === 'GET' || method === 'HEAD';
  if (address.key === '') {
    if (method !== 'GET' || !('versions' in query)) return false;
    listVersions(address.bucket, query, reply, versions);
  } else if (method === 'DELETE' && !('uploadId' in query)) {
    deleteObject(address, reply, versions);
  } else if (isRead && address.versionId !== undefined) {
    readVersion(address, request, reply, versions);
  } else {
    return false;
  }
  return true;
}

function deleteObject(address: ObjectAddress, reply: FastifyReply, versions: ObjectVersions) {
  const deleted = versions.delete(address);
  reply.header('x-amz-version-id', deleted?.versionId ?? address.versionId);
  if (deleted && !deleted.object) reply.header('x-amz-delete-marker', 'true');
  reply.status(204).send();
}

function readVersion(address: ObjectAddress, request: FastifyRequest, reply: FastifyReply, versions: ObjectVersions) {
  const version = versions.find(address);
  if (version) reply.header('x-amz-version-id', version.versionId);
  if (version?.object) {
    sendObject({ ...version.object, body: versions.bodyOf(version) }, request, reply);
  } else if (version) {
    reply.headers({ 'x-amz-delete-marker': 'true', allow: 'DELETE' });
    answerError(reply, 's3', 405, 'MethodNotAllowed', 'A delete marker can only be deleted.');
  } else {
    answerError(reply, 's3', 404, 'NoSuchVersion', 'The specified version does not exist.');
  }
}

/** Answers as fauxqs does, with ranges and conditions. */
function sendObject(object: S3Object, request: FastifyRequest, reply: FastifyReply) {
  const store = { getObject: () => object, headObject: () => object } as Partial<S3Store> as S3Store;
  const answer = request.method === 'HEAD' ? headObject : getObject;
  try {
    answer(request as Parameters<typeof answer>[0], reply, store);
  } catch (error) {
    if (!(error instanceof S3Error)) throw error;
    answerError(reply, 's3', error.statusCode, error.code, error.message);
  }
}
