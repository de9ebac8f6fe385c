import { Gone, Later, Refused, TokenRefused } from '../../core/failures.ts';
import type { VendorAccess } from '../../core/hydration.ts';
import { jsonIn } from '../../core/json.ts';
import { retryAfterIn } from '../../core/retry-after.ts';

/** Close does not take what was asked of it. */
export class NotTaken extends Later {}

/** What Close answers, with the API key as the user name and no password (https://developer.close.com/topics/authentication). Throws as `Hydration.read` does. */
export async function call(path: string, { fetch, baseUrl, token }: VendorAccess, change?: object): Promise<unknown> {
  const headers = { authorization: `Basic ${Buffer.from(`${token}:`).toString('base64')}`, accept: 'application/json' };
  let response: Response;
  let text: string;
  try {
    response = await fetch(`${baseUrl}/${path}`, {
      headers: { ...headers, ...(change && { 'content-type': 'application/json' }) },
      ...(change && { method: 'PUT', body: JSON.stringify(change) }),
    });
    text = await response.text();
  } catch {
    throw new Later('Close did not answer');
  }
  if (!response.ok) throw failureOf(response);
  const answer = jsonIn(text);
  if (answer === undefined) throw new Later('Close answered with something else than JSON');
  return answer;
}

/** What follows from an answer without what was asked for. Whatever is not known to be for good is tried again. */
function failureOf({ status, headers }: Response): Error {
  const reason = `Close API: ${status}`;
  if (status === 401) return new TokenRefused(reason);
  if (status === 402 || status === 403) return new Refused(reason);
  if (status === 404) return new Gone(reason);
  return status === 400 ? new NotTaken(reason) : new Later(reason, retryAfterIn(headers));
}
