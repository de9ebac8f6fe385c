import * as z from 'zod';
import { Gone, Refused, TokenRefused } from '../../core/failures.ts';
import type { VendorAccess } from '../../core/hydration.ts';
import { jsonIn } from '../../core/json.ts';
import type { Subscription, SubscriptionState } from '../../core/listing.ts';
import { call, pageFailureOf } from './graph-call.ts';
import { appsWithLeads, asked } from './page-check.ts';

const App = z.object({ id: z.string() });
/** A text in Meta's documentation, a boolean in its answers. */
const Success = z.object({ success: z.union([z.literal(true), z.literal('true')]) });

/** Whether Meta sends a page's leads to our app; has it do so where it does not. */
export const subscription: Subscription = {
  check: ({ account, ...api }) =>
    stateOf(account, api).catch((error: unknown) => {
      throw pageFailureOf(error);
    }),
};

async function stateOf(page: string, api: VendorAccess): Promise<SubscriptionState> {
  if (await isSubscribed(page, api)) return { state: 'active' };
  // https://developers.facebook.com/docs/marketing-api/guides/lead-ads/retrieving
  const answer = jsonIn(await call(`${page}/subscribed_apps`, { subscribed_fields: 'leadgen' }, api, 'POST'));
  if (Success.safeParse(answer).success)
    return {
      state: 'woken',
      reason: `Meta sent no leads of page ${page} to our app; it was subscribed to them again.`,
    };
  const command = `npm run connect -- meta --page ${page}`;
  return { state: 'off', reason: `Meta sends no leads of page ${page} to our app: ${command} subscribes it.` };
}

/** Another app that gets the page's leads is none of ours. */
async function isSubscribed(page: string, api: VendorAccess): Promise<boolean> {
  const apps = await appsWithLeads(page, api);
  if (apps.length === 0) return false;
  const ours = await appOf(api);
  return apps.some(({ id }) => id === undefined || ours === undefined || id === ours);
}

/** The id of the app that the token was given to; nothing where the token may not ask. */
async function appOf(api: VendorAccess): Promise<string | undefined> {
  try {
    return App.safeParse(await asked('app', ['id'], api)).data?.id;
  } catch (error) {
    const isNotShown = error instanceof Gone || (error instanceof Refused && !(error instanceof TokenRefused));
    if (isNotShown) return undefined;
    throw error;
  }
}
