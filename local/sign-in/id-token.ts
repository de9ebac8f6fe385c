import { randomUUID } from 'node:crypto';
import { importJWK, SignJWT } from 'jose';
import type { Client } from './client.ts';
import { claimsOf, type Member } from './development-users.ts';
import type { SignInKeys } from './signing-key.ts';

/** An ID token of somebody, as if they had just signed in. */
export async function signIdToken(
  member: Member,
  issuer: string,
  client: Client,
  { jwk }: SignInKeys,
): Promise<string> {
  const now = Math.floor(Date.now() / 1000);
  return new SignJWT({ ...claimsOf(member), auth_time: now })
    .setProtectedHeader({ alg: 'RS256', kid: jwk.kid })
    .setIssuer(issuer)
    .setAudience(client.id)
    .setJti(randomUUID())
    .setIssuedAt(now)
    .setExpirationTime(now + client.idTokenSeconds)
    .sign(await importJWK(jwk, 'RS256'));
}
