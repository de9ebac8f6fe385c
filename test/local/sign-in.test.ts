import { createHash, randomBytes } from 'node:crypto';
import { mkdtempSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { afterAll, beforeAll, expect, it } from '@jest/globals';
import Fastify, { type FastifyInstance } from 'fastify';
import { createRemoteJWKSet, decodeJwt, jwtVerify } from 'jose';
import { authorizer } from '../../local/api/authorizer.ts';
import { clientOf } from '../../local/sign-in/client.ts';
import { serveSignIn } from '../../local/sign-in/serve.ts';
import { makeSignIn } from '../../local/sign-in/sign-in.ts';
import { dashboardTemplate, member } from './dashboard-fixture.ts';

const template = dashboardTemplate();
const client = clientOf(template) ?? { id: '', poolArn: '' };
const members = [
  member('admin'),
  member('rep'),
  member('rep', 'other'),
  { ...member('manager'), name: 'Eve <b>"X"</b>' },
];
const dataDir = mkdtempSync(join(tmpdir(), 'lead-relay-sign-in-'));

let app: FastifyInstance;
let url = '';

/** Starts what a run starts of the sign-in; what is kept lies in the same folder. */
async function start(port = 0) {
  app = Fastify({ forceCloseConnections: true });
  app.removeAllContentTypeParsers();
  app.addContentTypeParser('*', { parseAs: 'buffer' }, (_request, body, done) => done(null, body));
  const signIn = makeSignIn({ client: clientOf(template)!, members, dataDir, publicUrl: () => url });
  serveSignIn(app, { signIn, publicUrl: () => url, db: new DatabaseSync(join(dataDir, 'state.sqlite')) });
  // A connection that is kept would not outlive a restart.
  app.server.maxRequestsPerSocket = 1;
  await app.listen({ port, host: '127.0.0.1' });
  url = `http://127.0.0.1:${(app.server.address() as { port: number }).port}`;
  return signIn;
}

beforeAll(async () => {
  await start();
});
afterAll(async () => {
  await app.close();
});

/** A browser without script: it keeps cookies by path and follows redirects within the run. */
class Browser {
  readonly #cookies = new Map<string, { value: string; path: string }>();

  async open(address: string, form?: Record<string, string>): Promise<Response> {
    const at = new URL(address, url);
    const cookie = [...this.#cookies]
      .filter(([, { path }]) => at.pathname.startsWith(path))
      .map(([name, { value }]) => `${name}=${value}`);
    const response = await fetch(at, {
      method: form ? 'POST' : 'GET',
      redirect: 'manual',
      headers: { cookie: cookie.join('; ') },
      ...(form && { body: new URLSearchParams(form) }),
    });
    for (const text of response.headers.getSetCookie()) this.#keep(text);
    const next = response.headers.get('location');
    const target = next === null ? undefined : new URL(next, at);
    // The dashboard itself is not here.
    return target?.pathname.startsWith('/local/oidc/') ? this.open(target.href) : response;
  }

  #keep(text: string) {
    const [, name = '', value = '', rest = ''] = /^([^=]+)=([^;]*)(.*)$/.exec(text) ?? [];
    expect(rest.toLowerCase()).toContain('httponly');
    const path = /path=([^;]+)/i.exec(rest)?.[1] ?? '/';
    if (/expires=Thu, 01 Jan 1970/i.test(rest) || value === '') this.#cookies.delete(name);
    else this.#cookies.set(name, { value, path });
  }
}

const query = (parameters: Record<string, string>) => new URLSearchParams(parameters).toString();
const verifier = randomBytes(32).toString('base64url');
const authorizeUrl = (more: Record<string, string> = {}) =>
  `/local/oidc/auth?${query({
    client_id: client.id,
    response_type: 'code',
    scope: 'openid email profile',
    redirect_uri: `${url}/signed-in`,
    state: 'xyz',
    nonce: 'abc',
    code_challenge: createHash('sha256').update(verifier).digest('base64url'),
    code_challenge_method: 'S256',
    ...more,
  })}`;

/** Asks as a page does, which says where it is from. */
const ask = async (path: string, form: Record<string, string>, origin = url) => {
  const asked = { method: 'POST', headers: { origin }, body: new URLSearchParams(form) };
  const response = await fetch(`${url}/local/oidc/${path}`, asked);
  return { status: response.status, body: (await response.json().catch(() => ({}))) as Record<string, string> };
};
const exchange = (code: string, more: Record<string, string> = {}) =>
  ask('token', {
    grant_type: 'authorization_code',
    client_id: client.id,
    redirect_uri: `${url}/signed-in`,
    code,
    code_verifier: verifier,
    ...more,
  });
const refresh = (token = '') =>
  ask('token', { grant_type: 'refresh_token', client_id: client.id, refresh_token: token });

/** Chooses a user on the sign-in page and returns where the browser is sent. */
async function choose(browser: Browser, email: string, address = authorizeUrl()) {
  const page = await (await browser.open(address)).text();
  const action = /action="([^"]+)"/.exec(page)?.[1] ?? '';
  const back = new URL((await browser.open(action, { user: email })).headers.get('location') ?? '');
  return { back, code: back.searchParams.get('code') ?? '' };
}

it('shows the users by tenant and role, on a page that runs nothing and takes what it shows as text', async () => {
  const response = await new Browser().open(authorizeUrl());
  const page = await response.text();
  expect(page.match(/Sign in as [^<]+/g)).toEqual([
    'Sign in as Zoë (admin of acme)',
    'Sign in as Zoë (rep of acme)',
    'Sign in as Eve (manager of acme)',
    'Sign in as Zoë (rep of other)',
  ]);
  expect(page).toContain('Eve &#60;b&#62;&#34;X&#34;&#60;/b&#62;, manager@acme.example');
  expect(page).not.toMatch(/<script|<style|style=|onclick|type="(text|password)"/);
  expect(Object.fromEntries(response.headers)).toMatchObject({
    'content-security-policy':
      "default-src 'none'; style-src 'self'; base-uri 'none'; form-action 'self'; frame-ancestors 'none'",
    'cache-control': 'no-store',
  });
});

it('says what the client needs to know, under the address of this run', async () => {
  const response = await fetch(`${url}/local/oidc/.well-known/openid-configuration`);
  expect(await response.json()).toMatchObject({
    issuer: `${url}/local/oidc`,
    authorization_endpoint: `${url}/local/oidc/auth`,
    token_endpoint: `${url}/local/oidc/token`,
    jwks_uri: `${url}/local/oidc/jwks`,
    end_session_endpoint: `${url}/local/oidc/session/end`,
    code_challenge_methods_supported: ['S256'],
  });
});

it('signs in, gives an ID token that the API takes, renews it, and signs out at once', async () => {
  const browser = new Browser();
  const { back, code } = await choose(browser, 'rep@acme.example');
  expect([back.origin + back.pathname, back.searchParams.get('state')]).toEqual([`${url}/signed-in`, 'xyz']);
  const { status, body } = await exchange(code);
  expect([status, body['expires_in'], body['token_type']]).toEqual([200, 3600, 'Bearer']);
  const keys = createRemoteJWKSet(new URL(`${url}/local/oidc/jwks`));
  const { payload, protectedHeader } = await jwtVerify(body['id_token'] ?? '', keys, { algorithms: ['RS256'] });
  expect(payload).toMatchObject({
    iss: `${url}/local/oidc`,
    aud: client.id,
    sub: member().sub,
    email: 'rep@acme.example',
    name: 'Zoë rep',
    token_use: 'id',
    'custom:tenant': 'acme',
    'custom:role': 'rep',
    nonce: 'abc',
  });
  expect([protectedHeader.alg, (payload.exp ?? 0) - (payload.iat ?? 0)]).toEqual(['RS256', 3600]);

  const renewed = await refresh(body['refresh_token']);
  expect(decodeJwt(renewed.body['id_token'] ?? '')).toMatchObject({ sub: member().sub, 'custom:role': 'rep' });

  // Who has a session is not asked again.
  const again = await browser.open(authorizeUrl());
  expect(new URL(again.headers.get('location') ?? '').searchParams.get('code')).toEqual(expect.any(String));

  const out = await browser.open(`/local/oidc/logout?${query({ client_id: client.id, logout_uri: `${url}/` })}`);
  expect(out.headers.get('location')).toBe(`${url}/`);
  expect((await refresh(body['refresh_token'])).status).toBe(400);
  expect(await (await browser.open(authorizeUrl())).text()).toContain('Sign in as');
});

it('ends a session as the standard says too, and names no address that it does not know', async () => {
  const browser = new Browser();
  const { code } = await choose(browser, 'admin@acme.example');
  const { id_token: hint = '' } = (await exchange(code)).body;
  const end = (more: Record<string, string>) => `/local/oidc/session/end?${query({ id_token_hint: hint, ...more })}`;
  const elsewhere = await browser.open(end({ post_logout_redirect_uri: 'https://evil.example/' }));
  expect([elsewhere.status, elsewhere.headers.get('location')]).toEqual([400, null]);
  const out = await browser.open(end({ post_logout_redirect_uri: `${url}/`, state: 's' }));
  expect(out.headers.get('location')).toBe(`${url}/?state=s`);
});

it('knows its users and who is signed in over a restart', async () => {
  const { code } = await choose(new Browser(), 'admin@acme.example');
  const { id_token: before = '', refresh_token: kept } = (await exchange(code)).body;
  const { port } = app.server.address() as { port: number };
  await app.close();
  const signIn = await start(port);
  expect((await refresh(kept)).status).toBe(200);
  const claims = await authorizer(signIn)(['Authorization', before], [client.poolArn]);
  expect(claims).toMatchObject({ email: 'admin@acme.example', 'custom:role': 'admin' });
});

it('revokes what is given back', async () => {
  const { code } = await choose(new Browser(), 'rep@other.example');
  const { refresh_token: token = '' } = (await exchange(code)).body;
  expect((await ask('token/revocation', { client_id: client.id, token })).status).toBe(200);
  expect((await refresh(token)).status).toBe(400);
});

it.each([
  ['another place to go back to', { redirect_uri: 'https://evil.example/signed-in' }, 'redirect_uri'],
  ['another client', { client_id: 'another' }, 'client'],
])('sends nobody anywhere for %s', async (_, more, word) => {
  const response = await new Browser().open(authorizeUrl(more));
  expect([response.status, response.headers.get('location')]).toEqual([400, null]);
  const page = await response.text();
  expect(page).toContain(word);
  expect(page).not.toMatch(/<script|<style/);
});

it.each([
  ['no proof of the key', { code_challenge: '', code_challenge_method: '' }],
  ['a proof in plain text', { code_challenge: verifier, code_challenge_method: 'plain' }],
  ['a token in the address', { response_type: 'id_token' }],
])('gives no code for %s', async (_, more) => {
  const sent = (await new Browser().open(authorizeUrl(more))).headers.get('location') ?? '';
  const answer = new URLSearchParams(new URL(sent).search + new URL(sent).hash.replace('#', '&'));
  expect([answer.get('error'), answer.get('code'), answer.get('id_token')]).toEqual([expect.any(String), null, null]);
});

it('gives a code once, to who asked for it', async () => {
  const { code } = await choose(new Browser(), 'rep@acme.example');
  expect((await exchange(code, { code_verifier: 'x'.repeat(43) })).status).toBe(400);
  const { code: other } = await choose(new Browser(), 'rep@acme.example');
  expect([(await exchange(other)).status, (await exchange(other)).status]).toEqual([200, 400]);
});

it('signs in nobody whom it does not show, and nobody whose page is another browser’s', async () => {
  const browser = new Browser();
  const page = await (await browser.open(authorizeUrl())).text();
  const action = /action="([^"]+)"/.exec(page)?.[1] ?? '';
  expect(await (await browser.open(action, { user: 'nobody@acme.example' })).text()).toContain('Sign in as');
  expect((await new Browser().open(action, { user: 'admin@acme.example' })).status).toBe(400);
});

it('gives a page of elsewhere nothing', async () => {
  const { status, body } = await ask(
    'token',
    { grant_type: 'refresh_token', client_id: client.id },
    'https://evil.example',
  );
  expect([status, body['error_description']]).toEqual([
    400,
    expect.stringContaining('https://evil.example not allowed'),
  ]);
});
