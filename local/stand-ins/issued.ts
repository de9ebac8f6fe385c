import { createHmac } from 'node:crypto';
import type { Seeds, TenantSeed } from '../console/seeds.ts';
import type { Asked } from './lists/asked.ts';
import { app } from './lists/subscriptions.ts';
import { jsonIn } from '../console/read-json.ts';
import { ok, type Said } from './lists/list-ports.ts';

/** What vendors say by themselves of tokens, pages and portals that they issued to the tenants; nothing of others. */
export type Issued = (asked: Asked) => Said | undefined;

const scopes = {
  meta: ['leads_retrieval', 'pages_manage_metadata', 'pages_show_list', 'pages_read_engagement', 'ads_management'],
  hubspot: ['crm.objects.contacts.read', 'crm.objects.owners.read', 'oauth'],
};

const graphError = (code: number, message: string): Said => ({
  status: 400,
  json: { error: { message, type: 'OAuthException', code, fbtrace_id: 'local' } },
});
const badToken = graphError(190, 'Invalid OAuth access token.');
const badProof = graphError(100, 'Invalid appsecret_proof provided in the API argument');
const unauthorized: Said = {
  status: 401,
  json: { status: 'error', message: 'Authentication credentials not found.', category: 'INVALID_AUTHENTICATION' },
};

/** The vendors at which the tenants of this run have their pages, portals and tokens, and whose apps post here. `url` is the run's own address. */
export function issuedTo(seeds: Seeds, url: () => string): Issued {
  const tenants = Object.entries(seeds.tenants);
  return (asked) => {
    if (asked.vendor === 'close')
      return asked.path === 'me' && asked.token !== '' ? ok({ id: 'user_local', organizations: [] }) : undefined;
    if (asked.vendor === 'hubspot') return ofPortal(asked, tenants);
    return ofApp(asked, seeds, url()) ?? ofPage(asked, tenants, seeds.meta.appSecret);
  };
}

type Tenants = [tenant: string, seed: TenantSeed][];

function ofPortal({ path, token, body }: Asked, tenants: Tenants): Said | undefined {
  const { tokenKey = token } = (jsonIn(body) ?? {}) as { tokenKey?: string };
  const [, seed] = tenants.find(([, { hubspotToken }]) => hubspotToken === tokenKey) ?? [];
  const isContacts = path === 'crm/v3/objects/contacts';
  if (!seed) return isContacts && token !== '' ? unauthorized : undefined;
  const hubId = Number(seed.hubspotPortals[0]);
  if (path === 'oauth/v2/private-apps/get/access-token-info')
    return ok({ userId: 1, hubId, appId: 1, scopes: scopes.hubspot });
  if (path === 'account-info/v3/details') return ok({ portalId: hubId, accountType: 'STANDARD' });
  return isContacts ? ok({ results: [] }) : undefined;
}

function ofPage({ method, path, query, token }: Asked, tenants: Tenants, appSecret: string): Said | undefined {
  const [tenant = '', seed] = tenants.find(([, { metaPages }]) => metaPages.includes(path)) ?? [];
  if (!seed || method !== 'GET') return undefined;
  if (token !== seed.metaToken) return badToken;
  // A call need not prove which app makes it; one that does must do it right.
  const proof = createHmac('sha256', appSecret).update(token).digest('hex');
  if ((query.get('appsecret_proof') ?? proof) !== proof) return badProof;
  return ok({ id: path, name: `${tenant.slice(0, 1).toUpperCase()}${tenant.slice(1)} page` });
}

/** What the app knows of itself, of its tokens, and of where it posts to. */
function ofApp({ method, path, query, token }: Asked, { meta, tenants }: Seeds, url: string): Said | undefined {
  const isOurs = (one: string | null) => Object.values(tenants).some(({ metaToken }) => metaToken === one);
  if (path === 'app') return isOurs(token) ? ok(app) : undefined;
  if (path !== 'debug_token' && path !== `${app.id}/subscriptions`) return undefined;
  if (token !== `${app.id}|${meta.appSecret}`) return badToken;
  if (path === 'debug_token') {
    const is_valid = isOurs(query.get('input_token'));
    const more = { scopes: is_valid ? scopes.meta : [], expires_at: 0, data_access_expires_at: 0 };
    return ok({ data: { app_id: app.id, type: 'PAGE', is_valid, ...more } });
  }
  const callback = { object: 'page', callback_url: `${url}/webhooks/meta`, active: true };
  return ok(method === 'GET' ? { data: [{ ...callback, fields: [{ name: 'leadgen' }] }] } : { success: true });
}
