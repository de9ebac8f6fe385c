import * as z from 'zod';
import type { SourceEvent } from '../../core/event.ts';
import { Gone, Later, TokenRefused } from '../../core/failures.ts';
import { jsonIn } from '../../core/json.ts';
import type { VendorAccess, VendorApi, VendorRecord } from '../../core/hydration.ts';
import { retryAfterIn } from '../../core/retry-after.ts';
import { objectIdOf } from './lead-id.ts';
import { standard } from './properties.ts';

/** Reads a contact with the portal's token; HubSpot gives only what it is asked for by name (https://developers.hubspot.com/docs/api-reference/crm-contacts-v3/guide). */
export async function read({ leadId = '', record }: SourceEvent, api: VendorApi): Promise<VendorRecord> {
  if (record !== undefined) return { body: record, names: {} };
  const query = new URLSearchParams({ properties: [...standard, ...api.fields].join(',') });
  return { body: await call(`crm/v3/objects/contacts/${objectIdOf(leadId)}?${query.toString()}`, api), names: {} };
}

/** The text of an answer that is an object in JSON; with something to look for it is posted. Throws as `Hydration.read` does. */
export async function call(path: string, { fetch, baseUrl, token }: VendorAccess, search?: object): Promise<string> {
  const headers = {
    ...(token && { authorization: `Bearer ${token}` }),
    ...(search && { 'content-type': 'application/json' }),
  };
  let response: Response;
  let text: string;
  try {
    const post = search && { method: 'POST', body: JSON.stringify(search) };
    response = await fetch(`${baseUrl}/${path}`, { headers, ...post });
    text = await response.text();
  } catch {
    throw new Later('HubSpot did not answer');
  }
  const answer = jsonIn(text);
  const isRecord = typeof answer === 'object' && answer !== null && !Array.isArray(answer);
  if (response.ok && isRecord) return text;
  throw failureOf(response, answer);
}

/** Which limit was met: of a second, which searches have, of ten, or of the day (https://developers.hubspot.com/docs/developer-tooling/platform/usage-guidelines). */
const Limit = z.object({ policyName: z.string() });
/** Seconds. */
const waits = new Map([
  ['SECONDLY', 1],
  ['DAILY', 900],
]);
const LIMIT_OF_TEN_SECONDS = 10;

/** What follows from an answer without a record. Whatever is not known to be for good is tried again. */
function failureOf({ status, headers }: Response, answer: unknown): Error {
  const reason = `HubSpot API: ${status}`;
  if (status === 401) return new TokenRefused(reason);
  // A token without the scope can't read any contact.
  if (status === 403) return new TokenRefused(`${reason}, it needs the scope crm.objects.contacts.read`);
  if (status === 404) return new Gone(reason);
  const asked = retryAfterIn(headers);
  if (status !== 429) return new Later(reason, asked);
  const policy = Limit.safeParse(answer).data?.policyName ?? '';
  return new Later(reason, asked || waits.get(policy) || LIMIT_OF_TEN_SECONDS);
}
