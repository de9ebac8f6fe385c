import { randomUUID } from 'node:crypto';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { account } from '../template/resource-type.ts';
import type { Match, Route } from './routes.ts';

/** What an authorizer found out about the caller. */
export type Claims = Record<string, string>;

/** The request as API Gateway hands it to a function: headers in their own case, the body in base64 or as text. */
export function proxyEvent(request: FastifyRequest, { route, pathParameters }: Match, claims?: Claims) {
  const { pathname, searchParams } = new URL(`http://localhost${request.url}`);
  const headers = pairs(request.raw.rawHeaders);
  const query = [...searchParams];
  const body = request.body as Buffer | undefined;
  const now = Date.now();
  return {
    resource: route.resource,
    path: pathname,
    httpMethod: request.method,
    headers: last(headers),
    multiValueHeaders: all(headers),
    queryStringParameters: query.length > 0 ? last(query) : null,
    multiValueQueryStringParameters: query.length > 0 ? all(query) : null,
    pathParameters,
    stageVariables: null,
    requestContext: {
      accountId: account,
      apiId: route.apiId,
      ...(claims && { authorizer: { claims } }),
      httpMethod: request.method,
      identity: { sourceIp: '127.0.0.1', userAgent: request.headers['user-agent'] ?? null },
      path: `/${route.stage}${pathname}`,
      protocol: 'HTTP/1.1',
      requestId: randomUUID(),
      requestTime: new Date(now).toUTCString(),
      requestTimeEpoch: now,
      resourceId: 'local',
      resourcePath: route.resource,
      stage: route.stage,
    },
    body: body?.length ? body.toString(route.isBinary ? 'base64' : 'utf8') : null,
    isBase64Encoded: route.isBinary && Boolean(body?.length),
  };
}

interface ProxyResponse {
  statusCode: number | string;
  headers?: Record<string, string | number | boolean> | null;
  multiValueHeaders?: Record<string, (string | number | boolean)[]> | null;
  body?: string | null;
  isBase64Encoded?: boolean;
}

/** Whether a function's answer is of the form that API Gateway takes. */
export function isProxyResponse(answer: unknown): answer is ProxyResponse {
  if (typeof answer !== 'object' || answer === null) return false;
  const { statusCode, body } = answer as Record<string, unknown>;
  const status = Number(statusCode);
  return (
    Number.isInteger(status) &&
    status >= 100 &&
    status <= 599 &&
    (body === undefined || body === null || typeof body === 'string')
  );
}

/** Answers the sender with what a function returned. An API without bytes hands base64 on as it is. */
export function sendProxyResponse(
  reply: FastifyReply,
  { isBinary }: Route,
  { statusCode, headers, multiValueHeaders, body, isBase64Encoded }: ProxyResponse,
) {
  reply.status(Number(statusCode)).header('content-type', 'application/json');
  for (const [name, value] of Object.entries(headers ?? {})) reply.header(name, String(value));
  for (const [name, values] of Object.entries(multiValueHeaders ?? {})) reply.header(name, values.map(String));
  return reply.send(isBase64Encoded && isBinary ? Buffer.from(body ?? '', 'base64') : (body ?? ''));
}

function pairs(raw: string[]): [string, string][] {
  return raw.flatMap((name, index) => (index % 2 === 0 ? [[name, raw[index + 1] ?? ''] as [string, string]] : []));
}

const last = (entries: [string, string][]) => Object.fromEntries(entries);

function all(entries: [string, string][]): Record<string, string[]> {
  const values: Record<string, string[]> = {};
  for (const [name, value] of entries) (values[name] ??= []).push(value);
  return values;
}
