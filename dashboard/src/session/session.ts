import { ErrorResponse, type User } from 'oidc-client-ts';
import { useSyncExternalStore } from 'react';
import { userManager } from './user-manager.ts';

/** Whether somebody is signed in; `ended` where somebody was and is no more. */
export type Session = 'starting' | 'in' | 'out' | 'ended' | 'failed';

/** A token that has less than this to live is renewed before it is used. */
const RENEW_BEFORE_SECONDS = 60;

let now: Session = 'starting';
let renewing: Promise<User | null> | undefined;
const listeners = new Set<() => void>();

function become(next: Session) {
  now = next;
  for (const listener of listeners) listener();
}

const subscribe = (listener: () => void) => {
  listeners.add(listener);
  return () => void listeners.delete(listener);
};

export const useSession = (): Session => useSyncExternalStore(subscribe, () => now);

/** Finds out whether the tab still has a session. */
export async function startSession(): Promise<void> {
  try {
    const user = await (await userManager()).getUser();
    become(user ? 'in' : 'out');
  } catch {
    become('failed');
  }
}

/** Says that somebody has just signed in. */
export const beginSession = () => become('in');

/** Forgets the tokens of a session that is over, and says so. */
export async function endSession(): Promise<void> {
  await (await userManager()).removeUser();
  if (now === 'in') become('ended');
}

/** The ID token to send, renewed where it is about to end; nothing where the session is over. */
export async function token(): Promise<string | undefined> {
  const user = await (await userManager()).getUser();
  if (!user) return undefined;
  const left = user.profile.exp - Date.now() / 1000;
  return left > RENEW_BEFORE_SECONDS ? user.id_token : (await renewed())?.id_token;
}

/** A new ID token; nothing where there is none to be had. Throws where the provider could not be reached. */
export const renewedToken = async (): Promise<string | undefined> => (await renewed())?.id_token;

/** All who find the token ended at the same time wait for the one renewal. */
const renewed = () =>
  (renewing ??= renew().finally(() => {
    renewing = undefined;
  }));

async function renew(): Promise<User | null> {
  const manager = await userManager();
  const user = await manager.getUser();
  // Without a refresh token the library would open a hidden frame, which our policy does not allow.
  if (!user?.refresh_token) return null;
  try {
    return await manager.signinSilent();
  } catch (error) {
    if (error instanceof ErrorResponse) return null;
    throw error;
  }
}
