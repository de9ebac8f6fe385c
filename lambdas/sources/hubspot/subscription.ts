import * as z from 'zod';
import { Gone, Later, TokenRefused } from '../../core/failures.ts';
import type { VendorAccess } from '../../core/hydration.ts';
import { jsonIn } from '../../core/json.ts';
import type { SubscriptionState } from '../../core/listing.ts';
import { call } from './api.ts';
import { watched } from './properties.ts';

/** HubSpot's app, which it knows by the developer account's own key and shows to no portal's token. */
export interface HubspotApp {
  appId: string;
  developerKey: string;
  /** Where it shall post to. */
  url: string;
}

/** What the app must be subscribed to. */
export const wantedEvents = [
  ...['creation', 'deletion', 'merge', 'restore', 'privacyDeletion'].map((what) => `contact.${what}`),
  ...watched.map((name) => `contact.propertyChange of ${name}`),
];

const Settings = z.object({ targetUrl: z.string() });
const Subscribed = z.object({
  active: z.boolean().catch(false),
  eventType: z.string(),
  objectTypeId: z.string().nullish().catch(undefined),
  propertyName: z.string().nullish().catch(undefined),
});
const Subscriptions = z.object({ results: z.array(Subscribed.nullable().catch(null)) });

/** Whether HubSpot's app posts here what it must; only a person can mend it. Throws as `Listing.page` does. */
export async function appState(
  { appId, developerKey, url }: HubspotApp,
  { fetch, baseUrl }: Pick<VendorAccess, 'fetch' | 'baseUrl'>,
): Promise<SubscriptionState> {
  const read = async (what: string) =>
    jsonIn(await call(`webhooks/v3/${appId}/${what}?hapikey=${developerKey}`, { fetch, baseUrl, token: '' }));
  try {
    const settings = Settings.safeParse(await read('settings')).data;
    const subscriptions = Subscriptions.safeParse(await read('subscriptions')).data;
    if (!settings || !subscriptions) throw new Later('HubSpot API: no settings of an app');
    if (settings.targetUrl !== url)
      return off(`HubSpot's app ${appId} posts to another address: enter ${url} as its target URL.`);
    const active = new Set(subscriptions.results.flatMap((one) => (one?.active ? nameOf(one) : [])));
    const missing = wantedEvents.filter((event) => !active.has(event));
    if (missing.length === 0) return { state: 'active' };
    return off(`HubSpot's app ${appId} does not post ${missing.join(', ')}: activate these under its Webhooks.`);
  } catch (error) {
    if (error instanceof Gone) return off(`HubSpot shows no app ${appId} with webhooks to this developer API key.`);
    if (error instanceof TokenRefused)
      throw new TokenRefused('HubSpot refuses the developer API key', { cause: error });
    throw error;
  }
}

const off = (reason: string): SubscriptionState => ({ state: 'off', reason });

/** The newer names of events say the object apart: contacts are `0-1`. */
function nameOf({ eventType, objectTypeId, propertyName }: z.infer<typeof Subscribed>): string {
  const name = objectTypeId === '0-1' ? eventType.replace(/^object\./, 'contact.') : eventType;
  return propertyName ? `${name} of ${propertyName}` : name;
}
