import { createLocalJWKSet, jwtVerify, type JWTPayload } from 'jose';
import { publicPart } from '../sign-in/signing-key.ts';
import type { SignIn } from '../sign-in/sign-in.ts';
import type { Claims } from './proxy-event.ts';

/** Longer ones would not come through API Gateway, whose limit for all headers together is 10 KB. */
const longestToken = 8192;

/** Who calls, by the ID token in their one `Authorization` header, with or without `Bearer `; nothing where it is not good. */
export type Authorize = (rawHeaders: string[], poolArns: string[]) => Promise<Claims | undefined>;

/** Checks tokens as a Cognito authorizer does: only ID tokens of the pool's own client, signed with the pool's own key. */
export function authorizer(signIn: SignIn | undefined): Authorize {
  return async (rawHeaders, poolArns) => {
    const token = tokenOf(rawHeaders);
    if (token === undefined || !signIn || !poolArns.includes(signIn.client.poolArn)) return undefined;
    const { jwk } = await signIn.keys();
    try {
      const { payload, protectedHeader } = await jwtVerify(token, createLocalJWKSet({ keys: [publicPart(jwk)] }), {
        algorithms: ['RS256'],
        issuer: signIn.issuer(),
        audience: signIn.client.id,
        requiredClaims: ['sub', 'iat', 'exp'],
      });
      return protectedHeader.kid === jwk.kid && isIdToken(payload) ? asTexts(payload) : undefined;
    } catch {
      return undefined;
    }
  };
}

/** The token of a request. Node keeps the first of two such headers, so that only the raw ones tell. */
function tokenOf(rawHeaders: string[]): string | undefined {
  const [value, ...others] = rawHeaders.filter(
    (_, index) => rawHeaders[index - 1]?.toLowerCase() === 'authorization' && index % 2 === 1,
  );
  if (value === undefined || others.length > 0 || value.length > longestToken) return undefined;
  return /^(?:Bearer )?([\w-]+\.[\w-]+\.[\w-]+)$/.exec(value)?.[1];
}

const isIdToken = ({ token_use: use, sub, aud }: JWTPayload) =>
  use === 'id' && typeof sub === 'string' && sub !== '' && typeof aud === 'string';

/** Claims as API Gateway hands them on: each a text. */
const asTexts = (payload: JWTPayload): Claims =>
  Object.fromEntries(
    Object.entries(payload).map(([name, value]) => [name, typeof value === 'string' ? value : JSON.stringify(value)]),
  );
