import * as z from 'zod';
import { wantedEvents } from '../../lambdas/sources/hubspot/subscription.ts';
import { CommandError } from '../command.ts';
import { reach } from '../reach.ts';

/** HubSpot calls an app so often at once, unless told otherwise. */
const AT_ONCE = 10;

const Subscription = z.object({
  id: z.union([z.string(), z.int()]).transform(String),
  eventType: z.string(),
  propertyName: z.string().nullish(),
  active: z.boolean().catch(false),
});
const Subscriptions = z.object({ results: z.array(Subscription) });

/** What `wantedEvents` calls a subscription. */
const nameOf = ({ eventType, propertyName }: Pick<z.infer<typeof Subscription>, 'eventType' | 'propertyName'>) =>
  propertyName ? `${eventType} of ${propertyName}` : eventType;

/** The webhooks of an app at HubSpot, changed with the key of its developer account (https://developers.hubspot.com/docs/api-reference/webhooks-webhooks-v3/guide). */
export function hubspotApp(baseUrl: string, { appId, key }: { appId: string; key: string }) {
  async function call(method: string, path: string, content?: object): Promise<unknown> {
    const url = `${baseUrl}/webhooks/v3/${appId}/${path}?${new URLSearchParams({ hapikey: key }).toString()}`;
    const request = {
      method,
      headers: { 'content-type': 'application/json' },
      ...(content && { body: JSON.stringify(content) }),
    };
    const response = await reach(url, request, `HubSpot can not be reached at ${baseUrl}`);
    if (!response.ok) throw new CommandError(sentenceFor(response.status, appId));
    return response.json().catch(() => undefined);
  }

  return {
    /** Has the app post to this address. */
    postTo: (targetUrl: string) =>
      call('PUT', 'settings', { targetUrl, throttling: { maxConcurrentRequests: AT_ONCE, period: 'SECONDLY' } }),

    /** Subscribes to all that is needed and not there, wakes what is off, and says how many those were. */
    async subscribe(): Promise<{ made: number; woken: number }> {
      const { data } = Subscriptions.safeParse(await call('GET', 'subscriptions'));
      if (!data) throw new CommandError('HubSpot answered with something that this version does not understand.');
      const known = new Map(data.results.map((one) => [nameOf(one), one]));
      const missing = wantedEvents.filter((event) => !known.has(event));
      const off = wantedEvents.flatMap((event) => known.get(event) ?? []).filter(({ active }) => !active);
      for (const event of missing) {
        const [eventType, propertyName] = event.split(' of ');
        await call('POST', 'subscriptions', { eventType, ...(propertyName && { propertyName }), active: true });
      }
      for (const { id } of off) await call('PATCH', `subscriptions/${id}`, { active: true });
      return { made: missing.length, woken: off.length };
    },
  };
}

function sentenceFor(status: number, appId: string): string {
  if (status === 401 || status === 403)
    return `HubSpot refuses the developer API key (${status}); it stands in the developer account under Keys > Developer API key.`;
  if (status === 404) return `HubSpot knows no app ${appId} of this developer account (404), or it is a private app.`;
  if (status === 429) return 'HubSpot asks to come back later (429). Try again in a minute.';
  if (status >= 500) return `HubSpot has a problem of its own (${status}). Try again later.`;
  return `HubSpot refuses the request (${status}).`;
}
