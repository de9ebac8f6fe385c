import { UserManager, WebStorageStateStore } from 'oidc-client-ts';
import { clientSettings } from './client-settings.ts';

const SCOPES = ['openid', 'email', 'profile'];
const origin = window.location.origin;

let made: Promise<UserManager> | undefined;

/** Signs in by code flow with PKCE; what it keeps ends with the tab. */
export const userManager = (): Promise<UserManager> =>
  (made ??= make().catch((error: unknown) => {
    made = undefined;
    throw error;
  }));

async function make(): Promise<UserManager> {
  const { authority, clientId } = await clientSettings();
  const kept = new WebStorageStateStore({ store: window.sessionStorage });
  return new UserManager({
    authority,
    client_id: clientId,
    redirect_uri: `${origin}/signed-in`,
    post_logout_redirect_uri: `${origin}/`,
    response_type: 'code',
    scope: SCOPES.join(' '),
    userStore: kept,
    stateStore: kept,
    automaticSilentRenew: false,
  });
}

/** The scopes to ask for: a token to renew with only where the provider has a scope for it. */
export async function scopesOf(manager: UserManager): Promise<string> {
  const { scopes_supported: known = [] } = await manager.metadataService.getMetadata();
  return [...SCOPES, ...['offline_access'].filter((scope) => known.includes(scope))].join(' ');
}
