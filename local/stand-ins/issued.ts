import { createHmac } from 'node:crypto';
import type { Seeds, TenantSeed } from '../console/seeds.ts';
import type { Vendor } from './vendors.ts';

/** A call to a vendor's API. */
export interface VendorCall {
  method: string;
  /** Without a slash at its end. */
  path: string;
  /** Of address or body. */
  parameters: Record<string, string>;
  /** What stands behind `Bearer`. */
  bearer: string;
}

/** What vendors say by themselves: of what they issued to the tenants. */
export interface Issued {
  answer(vendor: Vendor, call: VendorCall): { status: number; json: unknown } | undefined;
}

/** The one app at Meta, to which all tokens were given. */
export const metaApp = '714093562208417';
const scopes = {
  meta: ['leads_retrieval', 'pages_manage_metadata', 'pages_show_list', 'pages_read_engagement', 'ads_management'],
  hubspot: ['crm.objects.contacts.read', 'crm.objects.owners.read', 'oauth'],
};
const badProof = {
  status: 400,
  json: {
    error: { message: 'Invalid appsecret_proof provided in the API argument', type: 'GraphMethodException', code: 100 },
  },
};
const badToken = {
  status: 400,
  json: { error: { message: 'Invalid OAuth access token.', type: 'OAuthException', code: 190, fbtrace_id: 'local' } },
};

/** The vendors at which the tenants of this run have their pages, portals and tokens, and whose webhooks post here. `url` is the run's own address. */
export function issuedTo(seeds: Seeds, url: () => string): Issued {
  const tenants = Object.entries(seeds.tenants);
  const close = ({ method, path }: VendorCall) => {
    if (method !== 'GET') return undefined;
    if (path === 'me')
      return ok({ id: 'user_local', email: 'admin@example.org', organizations: [{ id: 'orga_local' }] });
    return path === 'webhook' ? ok({ data: [closeWebhook(url())], has_more: false }) : undefined;
  };
  const graph = (call: VendorCall) => {
    const { path, parameters } = call;
    const [, seed] = tenants.find(([, { metaPages }]) => metaPages.includes(path.split('/')[0] ?? '')) ?? [];
    if (seed && parameters['access_token'] !== seed.metaToken) return badToken;
    if (seed && !proves(parameters, seeds.meta.appSecret)) return badProof;
    return ofApp(call, seeds, url()) ?? (seed && ofPage(call, nameOf(seed)));
  };
  const nameOf = (seed: TenantSeed) => {
    const [tenant = ''] = tenants.find(([, one]) => one === seed) ?? [];
    return `${tenant.slice(0, 1).toUpperCase()}${tenant.slice(1)} page`;
  };
  const hubspot = ({ path, parameters, bearer }: VendorCall) => {
    const seed = tenants.find(([, one]) => one.hubspotToken === (parameters['tokenKey'] ?? bearer))?.[1];
    const hubId = Number(seed?.hubspotPortals[0]);
    if (!seed) return path === 'crm/v3/objects/contacts' && bearer ? unauthorized : undefined;
    if (path === 'oauth/v2/private-apps/get/access-token-info')
      return ok({ userId: 1, hubId, appId: 1, scopes: scopes.hubspot });
    if (path === 'account-info/v3/details') return ok({ portalId: hubId, accountType: 'STANDARD' });
    return path === 'crm/v3/objects/contacts' ? ok({ results: [] }) : undefined;
  };
  const answers = { close, graph, hubspot };
  return { answer: (vendor, call) => answers[vendor](call) };
}

const unauthorized = {
  status: 401,
  json: { status: 'error', message: 'Authentication credentials not found.', category: 'INVALID_AUTHENTICATION' },
};

/** A call need not prove which app makes it; one that does must do it right. */
const proves = ({ access_token = '', appsecret_proof: proof }: Record<string, string>, appSecret: string) =>
  proof === undefined || proof === createHmac('sha256', appSecret).update(access_token).digest('hex');

const ok = (json: unknown) => ({ status: 200, json });

const closeWebhook = (url: string) => ({
  id: 'whsub_local',
  url: `${url}/webhooks/close`,
  status: 'active',
  events: ['created', 'updated', 'deleted', 'merged'].map((action) => ({ object_type: 'lead', action })),
});

function ofPage({ method, path }: VendorCall, name: string) {
  const [page, edge] = path.split('/');
  if (edge === undefined) return method === 'GET' ? ok({ id: page, name }) : undefined;
  if (edge !== 'subscribed_apps') return undefined;
  return ok(method === 'GET' ? { data: [{ id: metaApp, subscribed_fields: ['leadgen'] }] } : { success: true });
}

/** What an app knows of itself and of its tokens. */
function ofApp({ method, path, parameters }: VendorCall, { meta, tenants }: Seeds, url: string) {
  const all = Object.values(tenants);
  const isOurs = (token: string | undefined) => all.some(({ metaToken }) => metaToken === token);
  if (path === 'app') return isOurs(parameters['access_token']) ? ok({ id: metaApp }) : badToken;
  if (path !== 'debug_token' && path !== `${metaApp}/subscriptions`) return undefined;
  if (parameters['access_token'] !== `${metaApp}|${meta.appSecret}`) return badToken;
  if (path === 'debug_token') {
    const is_valid = isOurs(parameters['input_token']);
    const more = { scopes: is_valid ? scopes.meta : [], expires_at: 0, data_access_expires_at: 0 };
    return ok({ data: { app_id: metaApp, type: 'PAGE', is_valid, ...more } });
  }
  const callback = { object: 'page', callback_url: `${url}/webhooks/meta`, active: true };
  return ok(method === 'GET' ? { data: [{ ...callback, fields: [{ name: 'leadgen' }] }] } : { success: true });
}
