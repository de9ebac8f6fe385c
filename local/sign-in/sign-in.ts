import type { Client } from './client.ts';
import type { Member } from './development-users.ts';
import { signIdToken } from './id-token.ts';
import { type SignInKeys, signInKeysOf } from './signing-key.ts';

export const oidcPath = '/local/oidc';

/** Who may sign in on this machine, and how their tokens are told from others. */
export interface SignIn {
  client: Client;
  members: Member[];
  issuer: () => string;
  keys: () => Promise<SignInKeys>;
  /** An ID token of a user; nothing where there is none of this address. */
  tokenOf: (email: string) => Promise<string | undefined>;
}

interface Options {
  client: Client;
  members: Member[];
  dataDir: string;
  /** The address of the run, known once it listens. */
  publicUrl: () => string;
}

/** The keys are made when somebody first needs them: they take a moment, and most runs of a test never do. */
export function makeSignIn({ client, members, dataDir, publicUrl }: Options): SignIn {
  let made: Promise<SignInKeys> | undefined;
  const keys = () => (made ??= signInKeysOf(dataDir));
  const issuer = () => publicUrl() + oidcPath;
  return {
    client,
    members,
    issuer,
    keys,
    async tokenOf(email) {
      const member = members.find((one) => one.email === email);
      return member && signIdToken(member, issuer(), client, await keys());
    },
  };
}
