import { randomBytes } from 'node:crypto';
import { existsSync, readFileSync, renameSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { calculateJwkThumbprint, exportJWK, generateKeyPair, type JWK } from 'jose';

/** What the provider signs with. */
export interface SignInKeys {
  /** The private key of ID tokens, with its `kid`. */
  jwk: JWK & { kid: string };
  cookieKey: string;
}

/** The keys of this folder, made once and kept, so that nobody is signed out by a restart. */
export async function signInKeysOf(dataDir: string): Promise<SignInKeys> {
  const file = join(dataDir, 'sign-in.json');
  if (existsSync(file)) return JSON.parse(readFileSync(file, 'utf8')) as SignInKeys;
  const { privateKey } = await generateKeyPair('RS256', { extractable: true });
  const jwk = await exportJWK(privateKey);
  const kid = await calculateJwkThumbprint(jwk);
  const keys = { jwk: { ...jwk, kid, alg: 'RS256', use: 'sig' }, cookieKey: randomBytes(32).toString('hex') };
  writeFileSync(`${file}.new`, JSON.stringify(keys), { mode: 0o600 });
  renameSync(`${file}.new`, file);
  return keys;
}

/** What others may know of the key. */
export const publicPart = ({ kty, n, e, kid, alg, use }: JWK): JWK => ({
  ...(kty && { kty }),
  ...(n && { n }),
  ...(e && { e }),
  ...(kid && { kid }),
  ...(alg && { alg }),
  ...(use && { use }),
});
