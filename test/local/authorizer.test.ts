import { createHmac, createPublicKey, generateKeyPairSync } from 'node:crypto';
import { mkdtempSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { beforeAll, describe, expect, it } from '@jest/globals';
import Fastify, { type FastifyInstance } from 'fastify';
import {
  exportJWK,
  generateKeyPair,
  importJWK,
  type JWK,
  type JWTHeaderParameters,
  type JWTPayload,
  SignJWT,
} from 'jose';
import { authorizer } from '../../local/api/authorizer.ts';
import { serveApi } from '../../local/api/gateway.ts';
import { clientOf } from '../../local/sign-in/client.ts';
import { makeSignIn, type SignIn } from '../../local/sign-in/sign-in.ts';
import { dashboardTemplate, member } from './dashboard-fixture.ts';

const publicUrl = 'http://127.0.0.1:3000';
const issuer = `${publicUrl}/local/oidc`;
const now = Math.floor(Date.now() / 1000);

let signIn: SignIn;
let app: FastifyInstance;
let own: JWK & { kid: string };
let foreign: JWK & { kid: string };
/** What the function was invoked with. */
const invoked: { body: string | null; isBase64Encoded: boolean; requestContext: { authorizer?: object } }[] = [];

beforeAll(async () => {
  const template = dashboardTemplate();
  const client = clientOf(template);
  if (!client) throw new Error('the fixture has no client');
  const dataDir = mkdtempSync(join(tmpdir(), 'lead-relay-keys-'));
  signIn = makeSignIn({ client, members: [member()], dataDir, publicUrl: () => publicUrl });
  own = (await signIn.keys()).jwk;
  const other = await generateKeyPair('RS256', { extractable: true });
  foreign = { ...(await exportJWK(other.privateKey)), kid: own.kid };
  app = Fastify();
  app.removeAllContentTypeParsers();
  app.addContentTypeParser('*', { parseAs: 'buffer' }, (_request, body, done) => done(null, body));
  serveApi(app, {
    template,
    faults: { next: () => undefined },
    metrics: { add: () => {} },
    authorize: authorizer(signIn),
    site: undefined,
    functionByArn: () => ({
      invoke: async (event) => {
        invoked.push(event as (typeof invoked)[number]);
        return { statusCode: 200, body: 'reached' };
      },
    }),
  });
});

const good = (): JWTPayload => ({
  iss: issuer,
  aud: signIn.client.id,
  token_use: 'id',
  sub: 'someone',
  email: 'zoe@acme.example',
  'custom:tenant': 'acme',
  'custom:role': 'rep',
  iat: now - 10,
  exp: now + 600,
});

/** A good token with other claims or another header, signed by our key or another one. */
async function token(claims: Record<string, unknown> = {}, header: Partial<JWTHeaderParameters> = {}, key: JWK = own) {
  const complete = Object.entries({ ...good(), ...claims }).filter(([, value]) => value !== undefined);
  const { alg = 'RS256', ...rest } = header;
  const { alg: _, ...material } = key;
  return new SignJWT(Object.fromEntries(complete))
    .setProtectedHeader({ alg, kid: own.kid, ...rest })
    .sign(await importJWK(material, alg), { crit: { 'urn:example': true } });
}

const encoded = (value: object) => Buffer.from(JSON.stringify(value)).toString('base64url');
const unsigned = (header: object, signature = '') => `${encoded(header)}.${encoded(good())}.${signature}`;
const ask = async (authorization: string | string[] | undefined, url = '/api/leads') =>
  // Node takes several headers of one name, its types do not.
  app.inject({
    method: 'GET',
    url,
    headers: authorization === undefined ? {} : { authorization: authorization as string },
  });

describe('lets nobody in with', () => {
  it.each<[string, () => string | string[] | undefined | Promise<string | string[]>]>([
    ['no token', () => undefined],
    ['an empty one', () => ''],
    ['white space', () => '   '],
    ['the scheme alone', () => 'Bearer'],
    ['the scheme and a space', () => 'Bearer '],
    ['a word', () => 'Bearer letmein'],
    ['two parts', async () => (await token()).split('.').slice(0, 2).join('.')],
    ['four parts', async () => `${await token()}.x`],
    ['five parts, as if it were encrypted', async () => `${await token()}.x.y`],
    ['no algorithm', () => unsigned({ alg: 'none', kid: own.kid })],
    ['no algorithm, written otherwise', () => unsigned({ alg: 'nOnE', kid: own.kid })],
    ['no algorithm and a signature', async () => unsigned({ alg: 'none' }, (await token()).split('.')[2])],
    ['our public key as a secret', () => signedWithPublicKey()],
    ['another algorithm of our key', async () => token({}, { alg: 'RS512' })],
    ['another padding of our key', async () => token({}, { alg: 'PS256' })],
    ['a key on a curve', () => signedOnCurve()],
    ['somebody’s key under our name', async () => token({}, {}, foreign)],
    ['no name of a key', async () => token({}, { kid: undefined as unknown as string })],
    ['a key that nobody knows', async () => token({}, { kid: 'unknown' })],
    ['somebody’s key brought along', async () => token({}, { jwk: await bare(foreign) }, foreign)],
    ['somebody’s key to be fetched', async () => token({}, { jku: 'https://evil.example/jwks.json' }, foreign)],
    ['somebody’s certificate', async () => token({}, { x5c: ['MIIB'] }, foreign)],
    ['a demand that nobody understands', async () => token({}, { crit: ['urn:example'], 'urn:example': 1 })],
    ['a changed claim', async () => tampered(await token())],
    ['a cut signature', async () => (await token()).slice(0, -8)],
    ['a longer signature', async () => `${await token()}AAAA`],
    ['an empty signature', async () => (await token()).replace(/[^.]+$/, '')],
    ['another issuer', async () => token({ iss: 'https://cognito-idp.us-east-1.amazonaws.com/us-east-1_else' })],
    ['an issuer with a slash more', async () => token({ iss: `${issuer}/` })],
    ['no issuer', async () => token({ iss: undefined })],
    ['another client', async () => token({ aud: 'another' })],
    ['several clients', async () => token({ aud: [signIn.client.id, 'another'] })],
    ['no client', async () => token({ aud: undefined })],
    ['an end that is past', async () => token({ exp: now - 1 })],
    ['an end that is now', async () => token({ exp: now })],
    ['no end', async () => token({ exp: undefined })],
    ['an end in words', async () => token({ exp: 'tomorrow' })],
    ['a beginning to come', async () => token({ nbf: now + 300 })],
    ['nobody in it', async () => token({ sub: undefined })],
    ['an empty name in it', async () => token({ sub: '' })],
    ['an access token', async () => token({ token_use: 'access', client_id: signIn.client.id })],
    ['no use', async () => token({ token_use: undefined })],
    ['a refresh token', () => 'Bearer sVq1VxC2lUoAzVZ6m7Xo0Vn4zSgBx0_8'],
    ['two tokens in one', async () => `Bearer ${await token()}, Bearer ${await token()}`],
    ['two headers', async () => [await token(), await token()]],
    ['another scheme', async () => `Basic ${await token()}`],
    ['the scheme twice', async () => `Bearer Bearer ${await token()}`],
    ['two spaces', async () => `Bearer  ${await token()}`],
    ['a tab', async () => `Bearer\t${await token()}`],
    ['quotes', async () => `Bearer "${await token()}"`],
    ['100 KB', async () => token({ much: 'x'.repeat(100 * 1024) })],
    ['a claim that is no object', () => `${encoded({ alg: 'RS256', kid: own.kid })}.${encoded([1])}.AAAA`],
  ])('%s', async (_, make) => {
    const before = invoked.length;
    const answer = await ask(await make());
    expect([answer.statusCode, answer.json(), invoked.length]).toEqual([
      401,
      { success: false, code: 'not_signed_in' },
      before,
    ]);
  });
});

it.each([
  ['/api/leads', 401],
  ['/api/', 403],
  ['/api/nothing/of/the/kind', 401],
  ['/api/webhook/', 401],
  ['/api/webhook', 200],
  ['/api/x/../leads', 401],
])('asks everybody who calls %s for a token, but vendors: %i', async (path, status) => {
  expect((await ask(undefined, path)).statusCode).toBe(status);
});

it.each(['', 'Bearer '])(
  'lets in who has a good one behind "%s", and tells the function who it is in texts',
  async (scheme) => {
    const answer = await ask(`${scheme}${await token({ 'cognito:groups': ['a', 'b'], email_verified: true })}`);
    expect([answer.statusCode, answer.body]).toEqual([200, 'reached']);
    expect(invoked.at(-1)?.requestContext.authorizer).toEqual({
      claims: {
        iss: issuer,
        aud: signIn.client.id,
        token_use: 'id',
        sub: 'someone',
        email: 'zoe@acme.example',
        'custom:tenant': 'acme',
        'custom:role': 'rep',
        'cognito:groups': '["a","b"]',
        email_verified: 'true',
        iat: String(now - 10),
        exp: String(now + 600),
      },
    });
  },
);

it('lets in who has the token of a development user, and tells a vendor nothing of anybody', async () => {
  const answer = await ask(await signIn.tokenOf('rep@acme.example'));
  expect(answer.statusCode).toBe(200);
  expect(invoked.at(-1)?.requestContext.authorizer).toMatchObject({
    claims: { name: 'Zoë rep', email: 'rep@acme.example', 'custom:tenant': 'acme', 'custom:role': 'rep' },
  });
  expect(await signIn.tokenOf('nobody@acme.example')).toBeUndefined();
  await ask(await signIn.tokenOf('rep@acme.example'), '/api/webhook');
  expect(invoked.at(-1)?.requestContext.authorizer).toBeUndefined();
});

it('hands bodies on as text, and as bytes where the API of the template says so', async () => {
  const authorization = await token();
  const post = (url: string) => app.inject({ method: 'POST', url, headers: { authorization }, body: 'Zoë' });
  await post('/api/leads');
  await post('/api/webhook');
  expect(invoked.slice(-2)).toMatchObject([
    { body: 'Zoë', isBase64Encoded: false },
    { body: 'Wm/Dqw==', isBase64Encoded: true },
  ]);
});

function signedWithPublicKey(): string {
  const secret = createPublicKey({ key: { ...own }, format: 'jwk' }).export({ type: 'spki', format: 'pem' });
  const input = `${encoded({ alg: 'HS256', kid: own.kid })}.${encoded(good())}`;
  return `${input}.${createHmac('sha256', secret).update(input).digest('base64url')}`;
}

async function signedOnCurve(): Promise<string> {
  const { privateKey } = generateKeyPairSync('ec', { namedCurve: 'P-256' });
  return new SignJWT(good()).setProtectedHeader({ alg: 'ES256', kid: own.kid }).sign(privateKey);
}

const bare = async ({ kty, n, e }: JWK) => ({ ...(kty && { kty }), ...(n && { n }), ...(e && { e }) });

function tampered(whole: string): string {
  const [header, payload = '', signature] = whole.split('.');
  const claims = JSON.parse(Buffer.from(payload, 'base64url').toString()) as JWTPayload;
  return [header, encoded({ ...claims, 'custom:role': 'admin' }), signature].join('.');
}
