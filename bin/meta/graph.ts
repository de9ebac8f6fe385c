import { createHmac } from 'node:crypto';
import * as z from 'zod';
import { CommandError } from '../command.ts';
import { reach } from '../reach.ts';
import { sentenceFor, tokenRefused } from './graph-errors.ts';

/** https://developers.facebook.com/docs/graph-api/guides/error-handling */
const Failure = z.object({
  error: z.object({ code: z.number().catch(0), error_subcode: z.number().optional(), message: z.string().catch('') }),
});
const Page = z.object({ name: z.string().min(1) });
/** A text in Meta's documentation, a boolean in its answers. */
const Success = z.object({ success: z.union([z.literal(true), z.literal('true')]) });

/** A page as the Graph API knows it, asked with the page's token and proof that we are the app that it was given to. */
interface PageAccess {
  page: string;
  token: string;
  appSecret: string | undefined;
}

/** Meta answered with something else than success. */
export class MetaRefused extends CommandError {
  readonly code: number;

  constructor(code: number, message: string) {
    super(message);
    this.code = code;
  }

  get isTokenRefused(): boolean {
    return tokenRefused.includes(this.code);
  }
}

/** What operators ask of the Graph API. Every failure is a `CommandError`, one that Meta answered with a `MetaRefused`. */
export function graphApi(baseUrl: string) {
  async function call(path: string, parameters: Record<string, string>, method: 'GET' | 'POST', about: string) {
    const form = new URLSearchParams(parameters);
    const [url, init] =
      method === 'GET' ? [`${baseUrl}/${path}?${form.toString()}`, {}] : [`${baseUrl}/${path}`, { method, body: form }];
    const response = await reach(url, init, `The Graph API can not be reached at ${baseUrl}`);
    const answer: unknown = await response.json().catch(() => undefined);
    const { data: failure } = Failure.safeParse(answer);
    if (response.ok && !failure) return answer;
    const { code = 0, message = '' } = failure?.error ?? {};
    throw new MetaRefused(
      code,
      sentenceFor(about, { status: response.status, code, message: hidden(message, parameters) }),
    );
  }

  return {
    /** The name of a page. */
    async nameOf(access: PageAccess): Promise<string> {
      const answer = await call(access.page, { fields: 'name', ...signedIn(access) }, 'GET', `page ${access.page}`);
      return understood(Page, answer).name;
    },

    /** Has Meta send the page's leads (https://developers.facebook.com/docs/marketing-api/guides/lead-ads/retrieving). */
    async subscribePage(access: PageAccess): Promise<void> {
      const wanted = { subscribed_fields: 'leadgen', ...signedIn(access) };
      understood(Success, await call(`${access.page}/subscribed_apps`, wanted, 'POST', `page ${access.page}`));
    },

    /** Tells Meta the address of the webhook, which it tests at once (https://developers.facebook.com/docs/graph-api/webhooks/subscriptions-edge). */
    async registerCallback(app: { id: string; secret: string }, callback: { url: string; verifyToken: string }) {
      const wanted = {
        object: 'page',
        fields: 'leadgen',
        callback_url: callback.url,
        verify_token: callback.verifyToken,
      };
      const parameters = { ...wanted, access_token: `${app.id}|${app.secret}` };
      understood(Success, await call(`${app.id}/subscriptions`, parameters, 'POST', `app ${app.id}`));
    },
  };
}

/** https://developers.facebook.com/docs/graph-api/guides/secure-requests */
const signedIn = ({ token, appSecret }: PageAccess) => ({
  access_token: token,
  ...(appSecret && { appsecret_proof: createHmac('sha256', appSecret).update(token).digest('hex') }),
});

/** Meta quotes what it refuses. */
const hidden = (message: string, { access_token, verify_token }: Record<string, string>) =>
  [access_token, verify_token].reduce<string>(
    (text, secret) => (secret ? text.replaceAll(secret, '…') : text),
    message,
  );

function understood<T extends z.ZodType>(schema: T, answer: unknown): z.output<T> {
  const result = schema.safeParse(answer);
  if (result.success) return result.data;
  throw new CommandError('Meta answered with something that this version does not understand.');
}
