import type { FastifyReply } from 'fastify';
import { xml } from './xml.ts';

export type Service = 's3' | 'sqs' | 'sns' | 'dynamodb' | 'secretsmanager';

/** Answers with an error in the format of the service, so that an SDK reads it as its own. */
export function answerError(reply: FastifyReply, service: Service, status: number, code: string, message: string) {
  const [type, body, headers = {}] = formats[service](code, message);
  return reply.status(status).headers(headers).type(type).send(body);
}

/** The code with which a service says what a status means. */
export function codeOf(service: Service, status: number): string {
  return codes[service][status] ?? (status < 500 ? 'InvalidRequest' : codes[service][500]) ?? 'InternalFailure';
}

const codes: Record<Service, Record<number, string>> = {
  s3: {
    403: 'AccessDenied',
    404: 'NoSuchKey',
    409: 'ConditionalRequestConflict',
    412: 'PreconditionFailed',
    429: 'SlowDown',
    500: 'InternalError',
    503: 'SlowDown',
  },
  sqs: { 400: 'RequestThrottled', 403: 'AccessDeniedException', 500: 'InternalFailure', 503: 'ServiceUnavailable' },
  sns: {
    400: 'Throttling',
    403: 'AuthorizationError',
    404: 'NotFound',
    500: 'InternalError',
    503: 'ServiceUnavailable',
  },
  dynamodb: { 400: 'ProvisionedThroughputExceededException', 500: 'InternalServerError', 503: 'ServiceUnavailable' },
  secretsmanager: { 400: 'ThrottlingException', 500: 'InternalServiceError', 503: 'ServiceUnavailable' },
};

const json = (type: string) => (code: string, message: string) =>
  [type, JSON.stringify({ __type: code, message }), { 'x-amzn-query-error': `${code};Receiver` }] as const;

const formats = {
  s3: (code: string, message: string) =>
    [
      'application/xml',
      `<?xml version="1.0" encoding="UTF-8"?><Error><Code>${code}</Code><Message>${xml(message)}</Message></Error>`,
      {},
    ] as const,
  sqs: json('application/x-amz-json-1.0'),
  sns: (code: string, message: string) =>
    [
      'text/xml',
      `<ErrorResponse xmlns="http://sns.amazonaws.com/doc/2010-03-31/"><Error><Type>Sender</Type><Code>${code}</Code><Message>${xml(message)}</Message></Error><RequestId>local</RequestId></ErrorResponse>`,
      {},
    ] as const,
  dynamodb: json('application/x-amz-json-1.0'),
  secretsmanager: json('application/x-amz-json-1.1'),
};
