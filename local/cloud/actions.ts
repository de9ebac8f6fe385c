import type { FastifyRequest } from 'fastify';
import { arn } from '../template/resource-type.ts';
import type { Service } from './aws-error.ts';
import { addressOf, type ObjectAddress } from './object-address.ts';

/** What a call needs to be allowed. */
export interface Need {
  action: string;
  resource: string;
}

/** What names the resource in the body of a call. */
interface Body {
  Action?: string;
  TopicArn?: string;
  QueueUrl?: string;
  SourceArn?: string;
  TableName?: string;
  IndexName?: string;
  RequestItems?: object;
  SecretId?: string;
  /** Of a secret that is to be made. */
  Name?: string;
}

/** The name of the operation: `SendMessage`, `GetItem`; for S3 the method. */
export function operationOf(service: Service, request: FastifyRequest): string {
  if (service === 's3') return request.method;
  if (service === 'sns') return (request.body as Body | undefined)?.Action ?? '';
  return String(request.headers['x-amz-target']).split('.').at(-1) ?? '';
}

/** What the call needs, per service. `secretArn` finds a secret's ARN by its name. */
export function needsOf(service: Service, request: FastifyRequest, secretArn: (id: string) => string): Need[] {
  if (service === 's3') return s3Needs(request);
  const operation = operationOf(service, request);
  const body = (request.body ?? {}) as Body;
  if (service === 'sqs') return [{ action: `sqs:${operation.replace(/Batch$/, '')}`, resource: queueArn(body) }];
  if (service === 'sns') return [{ action: `sns:${operation.replace(/Batch$/, '')}`, resource: body.TopicArn ?? '*' }];
  if (service === 'dynamodb') return tableArns(body).map((resource) => ({ action: `dynamodb:${operation}`, resource }));
  const secret = body.SecretId ?? body.Name;
  return [{ action: `secretsmanager:${operation}`, resource: secret === undefined ? '*' : secretArn(secret) }];
}

const queueArn = ({ QueueUrl, SourceArn }: Body) =>
  QueueUrl === undefined ? (SourceArn ?? '*') : arn('sqs', QueueUrl.split('/').at(-1) ?? '');

function tableArns({ TableName, IndexName, RequestItems = {} }: Body): string[] {
  const tables = TableName === undefined ? Object.keys(RequestItems) : [TableName];
  const index = IndexName === undefined ? '' : `/index/${IndexName}`;
  return tables.length === 0 ? ['*'] : tables.map((table) => arn('dynamodb', `table/${table}${index}`));
}

/** What deleting an object needs, or one version of it. */
export const deleteNeed = ({ bucket, key, versionId }: ObjectAddress): Need => ({
  action: versionId === undefined ? 's3:DeleteObject' : 's3:DeleteObjectVersion',
  resource: `arn:aws:s3:::${bucket}/${key}`,
});

/** `DeleteObjects`, whose keys stand in its body. Each of them is allowed or not by itself, so the call itself needs nothing. */
export const isDeleteObjects = ({ method, query }: FastifyRequest) =>
  method === 'POST' && 'delete' in (query as object);

function s3Needs(request: FastifyRequest): Need[] {
  const { method, query, headers } = request;
  const address = addressOf(request);
  const { bucket, key, versionId } = address;
  const [onBucket, onObject] = [`arn:aws:s3:::${bucket}`, `arn:aws:s3:::${bucket}/${key}`];
  if (bucket === '') return [{ action: 's3:ListAllMyBuckets', resource: '*' }];
  if (isDeleteObjects(request)) return [];
  if (key === '') return [{ action: bucketAction(method, query as object), resource: onBucket }];
  if (method === 'GET' || method === 'HEAD')
    return [{ action: versionId === undefined ? 's3:GetObject' : 's3:GetObjectVersion', resource: onObject }];
  if (method === 'DELETE') return [deleteNeed(address)];
  const needs = [{ action: 's3:PutObject', resource: onObject }];
  const copied = headers['x-amz-copy-source'];
  if (copied)
    needs.push({
      action: 's3:GetObject',
      resource: `arn:aws:s3:::${decodeURIComponent(String(copied)).replace(/^\//, '')}`,
    });
  if (headers['if-match'] !== undefined) needs.push({ action: 's3:GetObject', resource: onObject });
  return needs;
}

function bucketAction(method: string, query: object): string {
  if (method === 'GET' || method === 'HEAD') {
    if ('versions' in query) return 's3:ListBucketVersions';
    return 'lifecycle' in query ? 's3:GetLifecycleConfiguration' : 's3:ListBucket';
  }
  if (method === 'PUT') return 's3:CreateBucket';
  if (method === 'DELETE') return 's3:DeleteBucket';
  return 's3:DeleteObject';
}
