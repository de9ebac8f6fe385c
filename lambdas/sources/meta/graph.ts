import { createHmac } from 'node:crypto';
import * as z from 'zod';
import type { SourceEvent } from '../../core/event.ts';
import { Gone, Later, Refused, TokenRefused } from '../../core/failures.ts';
import { given } from '../../core/given.ts';
import type { VendorApi, VendorRecord } from '../../core/hydration.ts';
import { isUsableId } from '../../core/id.ts';
import { jsonIn } from '../../core/json.ts';
import { retryAfterIn } from '../../core/retry-after.ts';

const basic = ['id', 'created_time', 'form_id', 'field_data', 'custom_disclaimer_responses', 'is_organic', 'platform'];
/** These need a right to the ads beside that to the leads; a lead without the names of its ads is still a lead. */
const ofAds = ['ad_id', 'ad_name', 'adset_id', 'adset_name', 'campaign_id', 'campaign_name'];

/** Reads a lead, and the name of its form, with the page's token (https://developers.facebook.com/docs/marketing-api/guides/lead-ads/retrieving). */
export async function read({ leadId, record }: SourceEvent, api: VendorApi): Promise<VendorRecord> {
  const body = record ?? (await leadAnswer(leadId ?? '', api));
  const form = given((jsonIn(body) as { form_id?: unknown } | undefined)?.form_id);
  const name = form && !record ? await api.remembered(`form ${form}`, () => nameOf(form, api)) : null;
  return { body, names: name ? { form: name } : {} };
}

async function leadAnswer(leadId: string, api: VendorApi): Promise<string> {
  try {
    return await get(leadId, [...basic, ...ofAds], api);
  } catch (error) {
    const isField = error instanceof GraphError && (error.isPermission || error.isUnknownField);
    if (!isField) throw failureOf(error);
  }
  return get(leadId, basic, api).catch((error: unknown) => {
    throw failureOf(error);
  });
}

/** The name of a form; none where it can't be read: only the lead itself decides what becomes of it. */
async function nameOf(form: string, api: VendorApi): Promise<string | null> {
  if (!isUsableId(form)) return null;
  try {
    return given((jsonIn(await get(form, ['name'], api)) as { name?: unknown } | undefined)?.name);
  } catch (error) {
    if (error instanceof GraphError) return null;
    throw error;
  }
}

/** The text of an answer that is JSON and no error; throws `GraphError` for everything else. */
export async function get(
  id: string,
  fields: string[],
  { fetch, baseUrl, token, appSecret }: VendorApi,
): Promise<string> {
  const query = new URLSearchParams({ fields: fields.join(','), access_token: token });
  // https://developers.facebook.com/docs/graph-api/guides/secure-requests
  if (appSecret) query.set('appsecret_proof', createHmac('sha256', appSecret).update(token).digest('hex'));
  let response: Response;
  let text: string;
  try {
    response = await fetch(`${baseUrl}/${id}?${query.toString()}`);
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
class GraphError extends Error {
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

  get isUnknownField(): boolean {
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

const Usage = z.record(z.string(), z.array(z.object({ estimated_time_to_regain_access: z.number().catch(0) })));

/** For how many seconds Meta wants to be left alone: minutes in its header of usage, where there are any (https://developers.facebook.com/docs/graph-api/overview/rate-limiting). */
function waitIn(headers: Headers): number | undefined {
  const { data = {} } = Usage.safeParse(jsonIn(headers.get('x-business-use-case-usage') ?? ''));
  const minutes = Object.values(data).flatMap((uses) => uses.map((use) => use.estimated_time_to_regain_access));
  const seconds = retryAfterIn(headers) ?? 0;
  return Math.max(0, seconds, ...minutes.map((one) => one * 60)) || undefined;
}
