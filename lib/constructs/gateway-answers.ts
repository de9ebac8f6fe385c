import { ResponseType, type RestApi } from 'aws-cdk-lib/aws-apigateway';

/** Seconds after which a vendor that was too quick, or met a failure of ours, may try again. */
const RETRY_AFTER = 30;

/**
 * What the API answers by itself, without a word about our insides. A failure of ours, such as a crash of `ingest`, is a 503:
 * the status of DEFAULT_5XX is that of every 5xx without an answer of its own.
 */
export function answerPlainly(api: RestApi) {
  const later = { 'Retry-After': `'${RETRY_AFTER}'` };
  const answer = (
    type: ResponseType,
    statusCode: number,
    message: string,
    responseHeaders: Record<string, string> = {},
  ) =>
    api.addGatewayResponse(type.responseType, {
      type,
      statusCode: String(statusCode),
      responseHeaders,
      templates: { 'application/json': JSON.stringify({ message }) },
    });
  answer(ResponseType.MISSING_AUTHENTICATION_TOKEN, 404, 'not found');
  answer(ResponseType.REQUEST_TOO_LARGE, 413, 'too large');
  answer(ResponseType.THROTTLED, 429, 'too many requests', later);
  answer(ResponseType.DEFAULT_5XX, 503, 'try again later', later);
}
