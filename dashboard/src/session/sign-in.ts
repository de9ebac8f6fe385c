import { beginSession } from './session.ts';
import { scopesOf, userManager } from './user-manager.ts';

/** Leaves for the provider; whoever signs in comes back to this place. */
export async function signIn(): Promise<void> {
  const manager = await userManager();
  const { pathname, search } = window.location;
  const place = pathname === '/signed-in' ? '/' : pathname + search;
  await manager.signinRedirect({ scope: await scopesOf(manager), state: place });
}

let arriving: Promise<string> | undefined;

/** Takes what the provider sent back, once, and says where to go on. */
export const arrive = (): Promise<string> => (arriving ??= take());

async function take(): Promise<string> {
  const manager = await userManager();
  const user = await manager.signinRedirectCallback();
  void manager.clearStaleState();
  beginSession();
  return isPlace(user.state) ? user.state : '/';
}

/** A path of ours and nothing else: `//host` would lead away. */
const isPlace = (state: unknown): state is string => typeof state === 'string' && /^\/(?![/\\])/.test(state);
