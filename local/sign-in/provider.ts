import type { DatabaseSync } from 'node:sqlite';
import { type Configuration, type KoaContextWithOIDC, Provider } from 'oidc-provider';
import type { Client } from './client.ts';
import { claimsOf, type Member } from './development-users.ts';
import { keptState } from './kept-state.ts';
import { errorPage, plainHeaders, signedOutPage } from './pages.ts';
import type { SignInKeys } from './signing-key.ts';

export interface ProviderOptions {
  issuer: string;
  publicUrl: string;
  client: Client;
  members: Member[];
  keys: SignInKeys;
  db: DatabaseSync;
}

const sessionSeconds = 14 * 86_400;

/** An OIDC provider with the development users: code flow with PKCE for the template's client, and nothing to consent to. */
export function makeProvider(options: ProviderOptions): Provider {
  const provider = new Provider(options.issuer, configurationOf(options));
  // Koa would print what a client did wrong; who signs in is told on the page.
  provider.silent = true;
  return provider;
}

function configurationOf({ issuer, publicUrl, client, members, keys, db }: ProviderOptions): Configuration {
  const base = new URL(issuer).pathname;
  const cookie = { httpOnly: true, sameSite: 'lax', signed: true } as const;
  return {
    adapter: keptState(db),
    claims: { openid: ['sub', 'token_use', 'custom:tenant', 'custom:role'], email: ['email'], profile: ['name'] },
    // A page says where it comes from whenever it posts; only the dashboard's may ask.
    clientBasedCORS: (_ctx, origin) => origin === new URL(publicUrl).origin,
    clients: [
      {
        client_id: client.id,
        redirect_uris: client.callbackPaths.map((path) => publicUrl + path),
        post_logout_redirect_uris: client.logoutPaths.map((path) => publicUrl + path),
        grant_types: ['authorization_code', 'refresh_token'],
        response_types: ['code'],
        token_endpoint_auth_method: 'none',
      },
    ],
    // Claims stand in the ID token itself, as Cognito puts them there.
    conformIdTokenClaims: false,
    cookies: { keys: [keys.cookieKey], long: { ...cookie, path: base }, short: cookie },
    expiresWithSession: () => false,
    features: {
      devInteractions: { enabled: false },
      revocation: { enabled: true, allowedPolicy: (_ctx, asking, token) => token.clientId === asking.clientId },
      rpInitiatedLogout: { enabled: true, logoutSource: signOut, postLogoutSuccessSource: sayGoodbye },
    },
    findAccount: (_ctx, sub) => {
      const member = members.find((one) => one.sub === sub);
      return member && { accountId: sub, claims: () => claimsOf(member) };
    },
    interactions: { url: (_ctx, { uid }) => `${base}/interaction/${uid}` },
    issueRefreshToken: (_ctx, asking) => asking.grantTypeAllowed('refresh_token'),
    jwks: { keys: [keys.jwk] },
    loadExistingGrant: (ctx) => grantOf(ctx, client),
    renderError: (ctx, { error, error_description: description }) => {
      ctx.type = 'html';
      ctx.set(plainHeaders);
      ctx.body = errorPage(description ?? error);
    },
    rotateRefreshToken: client.rotatesRefreshTokens,
    scopes: client.scopes,
    ttl: {
      AccessToken: client.idTokenSeconds,
      Grant: client.refreshTokenSeconds,
      IdToken: client.idTokenSeconds,
      Interaction: 3600,
      RefreshToken: client.refreshTokenSeconds,
      Session: sessionSeconds,
    },
  };
}

/** Our own client may have what it asks for: nobody is asked. */
async function grantOf(ctx: KoaContextWithOIDC, client: Client) {
  const { session, provider } = ctx.oidc;
  const accountId = session?.accountId;
  const grantId = session?.grantIdFor(client.id);
  const existing = grantId === undefined ? undefined : await provider.Grant.find(grantId);
  if (existing || accountId === undefined) return existing;
  const grant = new provider.Grant({ clientId: client.id, accountId });
  grant.addOIDCScope(client.scopes.join(' '));
  await grant.save();
  return grant;
}

/** Ends the session at once, as Cognito does. */
async function signOut(ctx: KoaContextWithOIDC) {
  const { session, provider, params } = ctx.oidc;
  for (const { grantId } of Object.values(session?.authorizations ?? {})) {
    if (grantId === undefined) continue;
    for (const model of [provider.RefreshToken, provider.AccessToken, provider.AuthorizationCode])
      await model.revokeByGrantId(grantId);
    await provider.Grant.adapter.destroy(grantId);
  }
  await session?.destroy();
  const back = params?.['post_logout_redirect_uri'];
  if (typeof back !== 'string') return sayGoodbye(ctx);
  const target = new URL(back);
  if (typeof params?.['state'] === 'string') target.searchParams.set('state', params['state']);
  ctx.redirect(target.href);
}

async function sayGoodbye(ctx: KoaContextWithOIDC) {
  ctx.type = 'html';
  ctx.set(plainHeaders);
  ctx.body = signedOutPage();
}
