import * as z from 'zod';
import { Gone, Refused, TokenRefused } from '../../core/failures.ts';
import { jsonIn } from '../../core/json.ts';
import { elsewhere, expiryOf, ill, type Look, type LookApi, scopesOf, type Seen, well } from '../../core/look.ts';
import { call, failureOf, GraphError } from './graph-call.ts';
import { appsWithLeads, asked } from './page-check.ts';

const needed = ['leads_retrieval', 'pages_manage_metadata', 'pages_read_engagement'];

const App = z.object({ id: z.string() });
/** Seconds; 0 for one without an end. */
const Seconds = z.number().catch(0);
/** https://developers.facebook.com/docs/graph-api/reference/debug_token */
const Debugged = z.object({
  data: z.object({ scopes: z.array(z.string()), expires_at: Seconds, data_access_expires_at: Seconds }),
});
const Callback = z.object({
  object: z.string(),
  callback_url: z.string(),
  active: z.boolean().catch(true),
  fields: z.array(z.object({ name: z.string() })).catch([]),
});
/** https://developers.facebook.com/docs/graph-api/reference/app/subscriptions */
const Callbacks = z.object({ data: z.array(Callback) });

/** The token of a page, whether Meta sends its leads to our app, and where the app posts to. */
export const look: Look = async (api) => {
  const { account: page } = api;
  try {
    await call(page, { fields: 'name' }, api);
  } catch (error) {
    // With a proof that we are another app than the token's, Meta refuses a parameter.
    if (error instanceof GraphError && error.isParameter && api.appSecret) return [anotherApp(api)];
    throw failureOf(error);
  }
  const app = await appOf(api);
  const token = well('token', `Meta accepts the token of page ${page}.`);
  return [token, ...(await tokenOf(app, api)), await subscriptionOf(app, api), ...(await callbackOf(app, api))];
};

const anotherApp = ({ account: page, flags }: LookApi): Seen =>
  ill(
    'token',
    `The app secret is not that of the app to which the token of page ${page} was given.`,
    `npm run connect -- meta ${flags} --app-secret-stdin`,
  );

/** The id of the app that the token was given to; nothing where the token may not ask. */
async function appOf(api: LookApi): Promise<string | undefined> {
  return App.safeParse(await unlessRefused(asked('app', ['id'], api))).data?.id;
}

/** What only the app may ask, with its own token (https://developers.facebook.com/docs/facebook-login/guides/access-tokens#apptokens); nothing where it can't. */
async function askedByApp(app: string | undefined, path: string, parameters: Record<string, string>, api: LookApi) {
  if (app === undefined || api.appSecret === undefined) return undefined;
  const asApp = { ...api, token: `${app}|${api.appSecret}`, appSecret: undefined };
  const answer = await unlessRefused(
    call(path, parameters, asApp).catch((error: unknown) => {
      throw failureOf(error);
    }),
  );
  return jsonIn(answer ?? '');
}

async function tokenOf(app: string | undefined, api: LookApi): Promise<Seen[]> {
  const { data } = Debugged.safeParse(await askedByApp(app, 'debug_token', { input_token: api.token }, api));
  if (!data) return [];
  const { scopes, expires_at, data_access_expires_at } = data.data;
  const ends = [expires_at, data_access_expires_at].filter((seconds) => seconds > 0);
  const endsAt = ends.length > 0 ? Math.min(...ends) * 1000 : undefined;
  const what = `The token of page ${api.account}`;
  const cure = `Make a token of a system user at Meta (Business settings, System users), then npm run pages -- token ${api.account} ${api.flags}`;
  return [scopesOf(what, scopes, needed, cure), expiryOf(what, endsAt, api.now, cure)];
}

/** Another app that gets the page's leads is none of ours. */
async function subscriptionOf(app: string | undefined, api: LookApi): Promise<Seen> {
  const { account: page, flags } = api;
  const apps = await appsWithLeads(page, api);
  if (apps.some(({ id }) => id === undefined || app === undefined || id === app))
    return well('subscription', `Meta sends the leads of page ${page} to our app.`);
  return ill(
    'subscription',
    `Meta does not send the leads of page ${page} to our app.`,
    `npm run connect -- meta ${flags} --page ${page}`,
  );
}

async function callbackOf(app: string | undefined, api: LookApi): Promise<Seen[]> {
  const { data } = Callbacks.safeParse(await askedByApp(app, `${app}/subscriptions`, {}, api));
  if (!data) return [];
  const cure = `npm run connect -- meta ${api.flags} --app-id ${app}`;
  const ours = data.data.find(({ object }) => object === 'page');
  const sends = ours?.fields.some(({ name }) => name === 'leadgen');
  if (!ours || !sends)
    return [ill('webhook', `Meta's app ${app} is not subscribed to leads (leadgen) of pages.`, cure)];
  if (ours.callback_url !== api.url) return [elsewhere(`Meta's app ${app}`, ours.callback_url, api, cure)];
  if (!ours.active) return [ill('webhook', `Meta's app ${app} has its webhook switched off.`, cure)];
  return [well('webhook', `Meta's app ${app} posts to ${api.url}.`)];
}

/** What Meta does not show is not known; that is no finding. */
async function unlessRefused<T>(asking: Promise<T>): Promise<T | undefined> {
  try {
    return await asking;
  } catch (error) {
    if (error instanceof Refused || error instanceof TokenRefused || error instanceof Gone) return undefined;
    throw error;
  }
}
