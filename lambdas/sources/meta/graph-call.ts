import { createHmac } from 'node:crypto';
import * as z from 'zod';
import { Gone, Later, Refused, TokenRefused } from '../../core/failures.ts';
import type { VendorAccess } from '../../core/hydration.ts';
import { jsonIn } from '../../core/json.ts';
import { retryAfterIn } from '../../core/retry-after.ts';

/** The text of an answer that is an object in JSON and no error; throws `GraphError` for everything else. */
export async function call(
  path: string,
  parameters: Record<string, string>,
  { fetch, baseUrl, token, appSecret }: VendorAccess,
  method: 'GET' | 'POST' = 'GET',
): Promise<string> {
  const form = new URLSearchParams({ ...parameters, access_token: token });
  // https://developers.facebook.com/docs/graph-api/guides/secure-requests
  if (appSecret) form.set('appsecret_proof', createHmac('sha256', appSecret).update(token).digest('hex'));
  let response: Response;
  let text: string;
  try {
    const url = `${baseUrl}/${path}`;
    response = await (method === 'POST'
      ? fetch(url, { method: 'POST', body: form })
      : fetch(`${url}?${form.toString()}`));
    text = await response.text();
  } catch {
    // What failed may quote the address, and with it the token.
    throw new GraphError('no answer');
  }
  const answer = jsonIn(text);
  const { data: failure } = Failure.safeParse(answer);
  const isRecord = typeof answer === 'object' && answer !== null && !Array.isArray(answer) && !('error' in answer);
  if (response.ok && isRecord) return text;
  throw new GraphError(`${response.status}`, failure?.error, waitIn(response.headers));
}

/** https://developers.facebook.com/docs/graph-api/guides/error-handling */
const Failure = z.object({
  error: z.object({ code: z.number().catch(0), error_subcode: z.number().optional().catch(undefined) }),
});

/** Session gone or token invalid; whoever holds the token can do nothing about it but get a new one. */
const refusedCodes = [102, 190];

/** What the Graph API answered instead of a record. */
export class GraphError extends Error {
  readonly code: number;
  readonly subcode: number | undefined;
  /** Seconds. */
  readonly wait: number | undefined;

  constructor(status: string, error?: z.infer<typeof Failure>['error'], wait?: number) {
    const codes = error && [
      `code ${error.code}`,
      ...(error.error_subcode === undefined ? [] : [`subcode ${error.error_subcode}`]),
    ];
    super(`Graph API: ${codes ? codes.join(', ') : status}`);
    this.code = error?.code ?? 0;
    this.subcode = error?.error_subcode;
    this.wait = wait;
  }

  get isPermission(): boolean {
    return this.code === 10 || (this.code >= 200 && this.code <= 299);
  }

  get isMissing(): boolean {
    return this.code === 100 && this.subcode === 33;
  }

  /** An unknown field, or a cursor that is known no longer. */
  get isParameter(): boolean {
    return this.code === 100 && !this.isMissing;
  }
}

/** What follows from it. Whatever is not known to be for good is tried again. */
export function failureOf(error: unknown): unknown {
  if (!(error instanceof GraphError)) return error;
  const { code, message, wait } = error;
  if (refusedCodes.includes(code)) return new TokenRefused(message);
  if (error.isPermission) return new Refused(message);
  if (error.isMissing) return new Gone(message);
  return new Later(message, wait);
}

/** The same of what is a page's: one that is not there, or is not shown to the token, can't be read with it. */
export function pageFailureOf(error: unknown): unknown {
  const failure = failureOf(error);
  return failure instanceof Gone ? new Refused(failure.message) : failure;
}

const Usage = z.record(z.string(), z.array(z.object({ estimated_time_to_regain_access: z.number().catch(0) })));

/** For how many seconds Meta wants to be left alone: minutes in its header of usage, where there are any (https://developers.facebook.com/docs/graph-api/overview/rate-limiting). */
function waitIn(headers: Headers): number | undefined {
  const { data = {} } = Usage.safeParse(jsonIn(headers.get('x-business-use-case-usage') ?? ''));
  const minutes = Object.values(data).flatMap((uses) => uses.map((use) => use.estimated_time_to_regain_access));
  const seconds = retryAfterIn(headers) ?? 0;
  return Math.max(0, seconds, ...minutes.map((one) => one * 60)) || undefined;
}
