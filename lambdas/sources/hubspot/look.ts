import * as z from 'zod';
import { Later, TokenRefused } from '../../core/failures.ts';
import { jsonIn } from '../../core/json.ts';
import { ill, type Look, type LookApi, scopesOf, type Seen, well } from '../../core/look.ts';
import { call } from './api.ts';
import { appState } from './subscription.ts';

const needed = ['crm.objects.contacts.read', 'crm.objects.owners.read'];

const Id = z.union([z.int(), z.string()]).transform(String);
const Details = z.object({ portalId: Id });
const TokenInfo = z.object({ hubId: Id, scopes: z.array(z.string()) });

/** The token of a portal, and the app's webhooks where somebody gave the key to see them. */
export const look: Look = async (api) => {
  const { account: portal, flags } = api;
  const newToken = `npm run portals -- token ${portal} ${flags}`;
  await call('crm/v3/objects/contacts?limit=1', api);
  const info = await tokenInfo(api);
  const its = info?.hubId ?? (await portalOfToken(api));
  if (its !== undefined && its !== portal)
    return [ill('token', `The token kept for portal ${portal} is that of portal ${its}.`, newToken)];
  const what = `The token of portal ${portal}`;
  const cure = `Give the app these scopes at HubSpot (Development, Legacy apps, Auth), then ${newToken}`;
  return [
    well('token', `HubSpot accepts the token of portal ${portal}.`),
    ...(info ? [scopesOf(what, info.scopes, needed, cure)] : []),
    ...(await webhooksOf(api)),
  ];
};

/** What a private app's token may do (https://developers.hubspot.com/docs/apps/legacy-apps/private-apps/overview); nothing for tokens of another kind. */
async function tokenInfo(api: LookApi) {
  const path = 'oauth/v2/private-apps/get/access-token-info';
  const answer = await call(path, api, { tokenKey: api.token }).catch(nothing);
  return TokenInfo.safeParse(jsonIn(answer ?? '')).data;
}

/** https://developers.hubspot.com/docs/api-reference/legacy/account/account-information/get-account-details */
async function portalOfToken(api: LookApi): Promise<string | undefined> {
  const answer = await call('account-info/v3/details', api).catch(nothing);
  return Details.safeParse(jsonIn(answer ?? '')).data?.portalId;
}

/** The contacts could be read: what else HubSpot does not say is not known, and no finding. */
const nothing = () => undefined;

async function webhooksOf({ developerKey, url, flags, ...api }: LookApi): Promise<Seen[]> {
  const [, appId = '', key = ''] = /^(\d+):(.+)$/.exec(developerKey ?? '') ?? [];
  if (!key) return [];
  const connect = `npm run connect -- hubspot ${flags} --app-id ${appId} --developer-key-stdin`;
  try {
    const found = await appState({ appId, developerKey: key, url }, api);
    if (found.state === 'off') return [ill('webhook', found.reason, connect)];
    return [well('webhook', `HubSpot's app ${appId} posts to ${url}.`)];
  } catch (error) {
    if (error instanceof TokenRefused) return [ill('webhook', `${error.message} of the app ${appId}.`, connect)];
    if (error instanceof Later) return [{ about: 'webhook', state: 'unknown', cause: error.message, cure: connect }];
    throw error;
  }
}
