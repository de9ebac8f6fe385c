import type { FastifyReply, FastifyRequest } from 'fastify';
import type { Allowed } from '../permissions.ts';
import { needsOf, type Need } from './actions.ts';
import { answerError } from './aws-error.ts';
import type { Call } from './call.ts';
import { addressOf } from './object-address.ts';
import type { ObjectVersions } from './object-versions.ts';
import type { Secrets } from './secrets.ts';
import type { Stores } from './stores.ts';

export interface AccessPorts {
  stores: Stores;
  secrets: Secrets;
  versions: ObjectVersions;
  /** The key of a topic, without which nobody may publish to it. */
  keyOfTopic(arn: string): string | undefined;
  denied(functionName: string, need: Need): void;
}

/** Answers and says true where the function's role does not allow the call. */
export function isRefused(call: Call, request: FastifyRequest, reply: FastifyReply, ports: AccessPorts): boolean {
  const { allowed, environment, service } = call;
  if (!allowed || !environment) return false;
  const needs = needsOf(service, request, (id) => ports.secrets.arnOf(id));
  const publishes = needs.some(({ action }) => action === 'sns:Publish');
  const key = publishes ? ports.keyOfTopic(needs[0]?.resource ?? '') : undefined;
  if (key) needs.push(...['kms:Decrypt', 'kms:GenerateDataKey'].map((action) => ({ action, resource: key })));
  const missing = needs.find(({ action, resource }) => !allowed(action, resource));
  if (missing) {
    ports.denied(environment.functionName, missing);
    const code = missing.action.startsWith('kms:') ? 'KMSAccessDenied' : deniedCodes[service];
    const message = `User: ${environment.functionName} is not authorized to perform: ${missing.action} on resource: ${missing.resource}`;
    answerError(reply, service, service === 'dynamodb' || service === 'secretsmanager' ? 400 : 403, code, message);
    return true;
  }
  return service === 's3' && hidesMissingObject(allowed, request, reply, ports);
}

const deniedCodes = {
  s3: 'AccessDenied',
  sqs: 'AccessDeniedException',
  sns: 'AuthorizationError',
  dynamodb: 'AccessDeniedException',
  secretsmanager: 'AccessDeniedException',
};

/** Who may not list a bucket is not told that an object is missing: S3 answers 403. */
function hidesMissingObject(
  allowed: Allowed,
  request: FastifyRequest,
  reply: FastifyReply,
  { stores, versions }: AccessPorts,
): boolean {
  const address = addressOf(request);
  const { bucket, key, versionId } = address;
  if (key === '' || !['GET', 'HEAD'].includes(request.method)) return false;
  const objects = stores.s3['buckets'].get(bucket);
  const isVersion = versionId !== undefined && versions.covers(bucket);
  const isThere = isVersion ? versions.find(address) !== undefined : objects?.has(key);
  if (!objects || isThere || allowed('s3:ListBucket', `arn:aws:s3:::${bucket}`)) return false;
  answerError(reply, 's3', 403, 'AccessDenied', 'Access Denied');
  return true;
}
