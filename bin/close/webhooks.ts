import * as z from 'zod';
import { CommandError } from '../command.ts';
import { reach } from '../reach.ts';

/** The lead events that the pipeline reads. */
const events = ['created', 'updated', 'deleted', 'merged'].map((action) => ({ object_type: 'lead', action }));

const Subscription = z.object({ id: z.string(), url: z.string(), status: z.string() });
export type Subscription = z.infer<typeof Subscription>;
const Page = z.object({ data: z.array(Subscription), has_more: z.boolean().default(false) });
/** The key is in the answer to the creation and in no other. */
const Created = z.object({ id: z.string(), signature_key: z.string() });

/** The webhook subscriptions of an organisation in Close (https://developer.close.com/resources/webhook-subscriptions). */
export function closeWebhooks(baseUrl: string, apiKey: string) {
  // The API key is the user name, the password is empty.
  const authorization = `Basic ${Buffer.from(`${apiKey}:`).toString('base64')}`;

  async function call(method: string, path: string, content?: object): Promise<unknown> {
    const request = {
      method,
      headers: { authorization, accept: 'application/json', 'content-type': 'application/json' },
      ...(content && { body: JSON.stringify(content) }),
    };
    const response = await reach(`${baseUrl}/webhook/${path}`, request, `Close can not be reached at ${baseUrl}`);
    if (!response.ok) throw new CloseRefused(response.status, sentenceFor(response));
    return response.status === 204 ? undefined : response.json().catch(() => undefined);
  }

  /** Every subscription; Close allows 40. */
  async function list(): Promise<Subscription[]> {
    const found: Subscription[] = [];
    for (let hasMore = true; hasMore;) {
      const page = understood(Page, await call('GET', `?_skip=${found.length}&_limit=100`));
      found.push(...page.data);
      hasMore = page.has_more && page.data.length > 0;
    }
    return found;
  }

  return {
    list,
    create: async (url: string) => understood(Created, await call('POST', '', { url, events, verify_ssl: true })),
    activate: (id: string) => call('PUT', `${id}/`, { status: 'active' }),
    remove: (id: string) => call('DELETE', `${id}/`),
  };
}

/** Close answered with something else than success. */
export class CloseRefused extends CommandError {
  readonly status: number;

  constructor(status: number, message: string) {
    super(message);
    this.status = status;
  }
}

function sentenceFor({ status, headers }: Response): string {
  if (status === 401) return 'Close refuses the API key (401). Make one under Settings > Developer > API Keys.';
  if (status === 403) return 'The API key may not manage webhooks (403). Use one of an administrator of Close.';
  if (status === 429) return `Close asks to come back later (429): try again in ${headers.get('retry-after') ?? 60} s.`;
  if (status >= 500) return `Close has a problem of its own (${status}). Try again later.`;
  return `Close refuses the request (${status}).`;
}

function understood<T extends z.ZodType>(schema: T, answer: unknown): z.output<T> {
  const result = schema.safeParse(answer);
  if (result.success) return result.data;
  throw new CommandError('Close answered with something that this version does not understand.');
}
