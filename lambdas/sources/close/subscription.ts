import * as z from 'zod';
import { Later, Refused, TokenRefused } from '../../core/failures.ts';
import type { Subscription } from '../../core/listing.ts';
import { call } from './api.ts';

/** Close allows 40 in an organisation, so that one answer holds them all. */
const LIMIT = 100;

const Webhook = z.object({ id: z.string().regex(/^\w{1,128}$/), url: z.string(), status: z.string() });
/** One that is odd is not ours. */
const Webhooks = z.object({ data: z.array(Webhook.nullable().catch(null)) });

/** The stage's own address, or its route under a name of the stage's own, which nobody but its owner knows. */
function isOurs(address: string, url: string): boolean {
  if (address === url) return true;
  return URL.canParse(address) && new URL(address).pathname === `/webhooks/${url.split('/webhooks/')[1]}`;
}

/** Whether Close posts to us; wakes the webhook that it paused, which it does after three days of failures (https://developer.close.com/resources/webhook-subscriptions). */
export const subscription: Subscription = {
  async check({ url, ...api }) {
    try {
      const { data } = Webhooks.safeParse(await call(`webhook/?_limit=${LIMIT}`, api));
      if (!data) throw new Later('Close API: no list of webhooks');
      const ours = data.data.flatMap((webhook) => (webhook && isOurs(webhook.url, url) ? [webhook] : []));
      if (ours.some(({ status }) => status === 'active')) return { state: 'active' };
      if (ours.length === 0)
        return { state: 'off', reason: `Close has no webhook for ${url}: npm run connect -- close makes one.` };
      for (const { id } of ours) await call(`webhook/${id}/`, api, { status: 'active' });
      const ids = ours.map(({ id }) => id).join(', ');
      return { state: 'woken', reason: `Close had paused the webhook ${ids}; it is active again.` };
    } catch (error) {
      if (error instanceof Refused && !(error instanceof TokenRefused))
        throw new Refused(`${error.message}, its API key must be that of an administrator`, { cause: error });
      throw error;
    }
  },
};
