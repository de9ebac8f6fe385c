import type { FastifyRequest } from 'fastify';
import { environmentOf, type Environment } from '../functions/access-key.ts';
import type { Allowed } from '../permissions.ts';
import type { Service } from './aws-error.ts';

/** A call to a service, and who makes it. */
export interface Call {
  service: Service;
  /** The function's environment that calls; nothing for the operator, who may do everything. */
  environment: Environment | undefined;
  allowed: Allowed | undefined;
}

/** Reads who calls what. `allowedFor` gives what a function may do; any key that is not a function's is the operator's. */
export function callOf(request: FastifyRequest, allowedFor: (functionName: string) => Allowed | undefined): Call {
  const environment = environmentOf(/Credential=([^/,]+)/.exec(request.headers.authorization ?? '')?.[1]);
  const allowed = environment && allowedFor(environment.functionName);
  return { service: serviceOf(request), environment: allowed && environment, allowed };
}

function serviceOf({ headers, method, url }: FastifyRequest): Service {
  const target = String(headers['x-amz-target'] ?? '');
  if (target.startsWith('DynamoDB_')) return 'dynamodb';
  if (target.startsWith('AmazonSQS.')) return 'sqs';
  if (target.startsWith('secretsmanager.')) return 'secretsmanager';
  const isForm = headers['content-type']?.startsWith('application/x-www-form-urlencoded') ?? false;
  return isForm && method === 'POST' && url === '/' ? 'sns' : 's3';
}

/** Path, operation and body as one text, in which `crashes` looks for what it waits for. */
export function textOf({ url, headers, body }: FastifyRequest): string {
  const said = Buffer.isBuffer(body) ? body.toString() : JSON.stringify(body ?? '');
  return `${url} ${decoded(url)} ${String(headers['x-amz-target'] ?? '')} ${said}`;
}

function decoded(url: string): string {
  try {
    return decodeURIComponent(url);
  } catch {
    return url;
  }
}
