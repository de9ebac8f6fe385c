import type { APIGatewayProxyEvent, APIGatewayProxyResult } from 'aws-lambda';
import { Rejected } from '../core/failures.ts';
import type { WebhookRequest } from '../core/source.ts';

/** The one place that decodes a body and looks headers up without regard to case. */
export function toRequest(event: APIGatewayProxyEvent, publicUrl: string): WebhookRequest {
  const headers = Object.entries(event.multiValueHeaders ?? {}).map(([name, values]) => [
    name.toLowerCase(),
    (values ?? []).join(', '),
  ]);
  const single = Object.entries(event.headers ?? {}).map(([name, value]) => [name.toLowerCase(), value ?? '']);
  const query = new URLSearchParams(
    Object.entries(event.multiValueQueryStringParameters ?? event.queryStringParameters ?? {}).flatMap(
      ([name, values]) => [values ?? []].flat().map((value): [string, string] => [name, value]),
    ),
  );
  return {
    method: event.httpMethod,
    url: `${publicUrl}${pathOf(event)}${query.size > 0 ? `?${query.toString()}` : ''}`,
    headers: { ...Object.fromEntries(single), ...Object.fromEntries(headers) } as Record<string, string>,
    query: Object.fromEntries(query),
    body: Buffer.from(event.body ?? '', event.isBase64Encoded ? 'base64' : 'utf8'),
  };
}

/** Without the stage and without a custom domain's base path, both of which `PUBLIC_URL` has. */
const pathOf = ({ resource, pathParameters }: APIGatewayProxyEvent) =>
  resource.replace(/\{([^}+]+)\+?\}/g, (_, name: string) => pathParameters?.[name] ?? '');

export const reply = (
  statusCode: number,
  body: string,
  headers: Record<string, string> = {},
): APIGatewayProxyResult => ({
  statusCode,
  headers: { 'content-type': 'text/plain; charset=utf-8', ...headers },
  body,
});

const RETRY_AFTER_SECONDS = 30;

/** The answer to a request that was not taken: the sender's fault with its reason, anything else as "try again", saying nothing of us. */
export function refusal(error: unknown): APIGatewayProxyResult {
  if (error instanceof Rejected) return reply(error.status, error.message);
  return reply(503, 'try again later', { 'retry-after': String(RETRY_AFTER_SECONDS) });
}
