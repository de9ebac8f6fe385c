import { ResponseType, type RestApi } from 'aws-cdk-lib/aws-apigateway';

/** Seconds after which who was too quick, or met a failure of ours, may try again. */
const RETRY_AFTER = 30;

const later = { 'Retry-After': `'${RETRY_AFTER}'` };

/**
 * What the webhooks' API answers by itself, without a word about our insides. A failure of ours, such as a crash of `ingest`, is a 503:
 * the status of DEFAULT_5XX is that of every 5xx without an answer of its own.
 */
export function answerPlainly(api: RestApi) {
  const answer = (type: ResponseType, status: number, message: string, headers?: Record<string, string>) =>
    answerWith(api, type, status, { message }, headers);
  answer(ResponseType.MISSING_AUTHENTICATION_TOKEN, 404, 'not found');
  answer(ResponseType.REQUEST_TOO_LARGE, 413, 'too large');
  answer(ResponseType.THROTTLED, 429, 'too many requests', later);
  answer(ResponseType.DEFAULT_5XX, 503, 'try again later', later);
}

/** The same for the dashboard's API, in the form of its own failures. A path that it does not have is nobody's business. */
export function answerAsDashboard(api: RestApi) {
  const fresh = { 'Cache-Control': "'no-store'" };
  const answer = (type: ResponseType, status: number | undefined, code: string, error: string, headers?: object) =>
    answerWith(api, type, status, { success: false, code, error }, { ...fresh, ...headers });
  answer(ResponseType.UNAUTHORIZED, 401, 'not_signed_in', 'sign in');
  answer(ResponseType.MISSING_AUTHENTICATION_TOKEN, 401, 'not_signed_in', 'sign in');
  answer(ResponseType.ACCESS_DENIED, 403, 'not_allowed', 'not allowed');
  answer(ResponseType.WAF_FILTERED, 403, 'refused', 'the firewall refuses this');
  answer(ResponseType.REQUEST_TOO_LARGE, 413, 'bad_request', 'too large');
  answer(ResponseType.THROTTLED, 429, 'unavailable', 'too many requests', later);
  answer(ResponseType.DEFAULT_4XX, undefined, 'bad_request', 'bad request');
  answer(ResponseType.DEFAULT_5XX, 503, 'unavailable', 'try again later', later);
}

function answerWith(
  api: RestApi,
  type: ResponseType,
  status: number | undefined,
  body: object,
  responseHeaders: Record<string, string> = {},
) {
  api.addGatewayResponse(type.responseType, {
    type,
    ...(status !== undefined && { statusCode: String(status) }),
    responseHeaders,
    templates: { 'application/json': JSON.stringify(body) },
  });
}
