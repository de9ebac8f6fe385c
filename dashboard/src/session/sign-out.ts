import { clientSettings } from './client-settings.ts';
import { userManager } from './user-manager.ts';

/** Ends the session here and at the provider. */
export async function signOut(): Promise<void> {
  const manager = await userManager();
  const { clientId, logoutUrl } = await clientSettings();
  // A provider that is away must not keep somebody signed in.
  await manager.revokeTokens(['refresh_token']).catch(() => undefined);
  if (!logoutUrl) return manager.signoutRedirect();
  await manager.removeUser();
  const address = new URL(logoutUrl);
  address.searchParams.set('client_id', clientId);
  address.searchParams.set('logout_uri', `${window.location.origin}/`);
  window.location.assign(address);
}
