import * as z from 'zod';
import { Later, Refused, TokenRefused } from '../../core/failures.ts';
import { elsewhere, ill, type Look, type LookApi, mayBeOurs, type Seen, well } from '../../core/look.ts';
import { call } from './api.ts';

/** What Close must tell of leads. */
const wanted = ['created', 'updated', 'deleted', 'merged'].map((action) => `lead.${action}`);

const Event = z
  .object({ object_type: z.string(), action: z.string() })
  .transform((one) => `${one.object_type}.${one.action}`);
const Webhook = z.object({ url: z.string(), status: z.string(), events: z.array(Event).optional().catch(undefined) });
/** One that is odd is not ours. */
const Webhooks = z.object({ data: z.array(Webhook.nullable().catch(null)) });
type Webhook = z.infer<typeof Webhook>;

/** The API key, and the webhook of ours (https://developer.close.com/resources/webhook-subscriptions). */
export const look: Look = async (api) => {
  await call('me/', api);
  const token = well('token', 'Close accepts the API key.');
  try {
    const { data } = Webhooks.safeParse(await call('webhook/?_limit=100', api));
    if (!data) throw new Later('Close API: no list of webhooks');
    return [
      token,
      ...webhookOf(
        data.data.filter((one) => one !== null),
        api,
      ),
    ];
  } catch (error) {
    if (!(error instanceof Refused) || error instanceof TokenRefused) throw error;
    const cure = `Make a key as an administrator of Close, then npm run connect -- close ${api.flags} --api-key-stdin`;
    return [
      token,
      ill('scopes', 'The API key of Close may not see webhooks; it must be that of an administrator.', cure),
    ];
  }
};

function webhookOf(all: Webhook[], { url, flags }: LookApi): Seen[] {
  const ours = all.filter((webhook) => webhook.url === url);
  const active = ours.find(({ status }) => status === 'active');
  const connect = `npm run connect -- close ${flags}`;
  const other = all.find((webhook) => webhook.status === 'active' && mayBeOurs(webhook.url, url));
  if (ours.length === 0 && other) return [elsewhere('Close', other.url, { url }, connect)];
  if (ours.length === 0) return [ill('webhook', `Close has no webhook for ${url}.`, connect)];
  if (!active)
    return [ill('webhook', 'Close has paused the webhook, as it does when deliveries fail for three days.', connect)];
  const missing = active.events && wanted.filter((event) => !active.events?.includes(event));
  return [
    well('webhook', `Close posts to ${url}.`),
    ...(missing?.length
      ? [ill('events', `The webhook at Close does not tell of ${missing.join(', ')}.`, `${connect} --renew`)]
      : []),
  ];
}
