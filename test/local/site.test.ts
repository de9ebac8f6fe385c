import { get } from 'node:http';
import { mkdirSync, mkdtempSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { brotliDecompressSync, gunzipSync } from 'node:zlib';
import { afterAll, beforeAll, expect, it } from '@jest/globals';
import Fastify, { type FastifyInstance } from 'fastify';
import { serveApi } from '../../local/api/gateway.ts';
import { clientOf } from '../../local/sign-in/client.ts';
import { makeSignIn } from '../../local/sign-in/sign-in.ts';
import { siteOf } from '../../local/site/site.ts';
import type { Template } from '../../local/template/template.ts';
import type { EditableTemplate } from '../e2e/assembly.ts';
import { dashboardTemplate, siteFolder } from './dashboard-fixture.ts';
import { propertiesOf } from './fixture.ts';

type Properties = EditableTemplate['Resources'][string]['Properties'];

const template = dashboardTemplate();
let app: FastifyInstance;
let url = '';

function serve(one: Template, folder = siteFolder) {
  const served = Fastify({ forceCloseConnections: true, exposeHeadRoutes: false });
  const client = clientOf(one);
  const signIn = client && makeSignIn({ client, members: [], dataDir: '', publicUrl: () => url });
  serveApi(served, {
    template: one,
    faults: { next: () => undefined },
    metrics: { add: () => {} },
    authorize: async () => undefined,
    site: siteOf({ template: one, folder, signIn, publicUrl: () => url }),
    functionByArn: () => ({ invoke: async () => ({ statusCode: 200, body: 'the function' }) }),
  });
  return served;
}

beforeAll(async () => {
  app = serve(template);
  await app.listen({ port: 0, host: '127.0.0.1' });
  url = `http://127.0.0.1:${(app.server.address() as { port: number }).port}`;
});
afterAll(async () => {
  await app.close();
});

const read = (path: string, init: RequestInit = {}) => fetch(url + path, { redirect: 'manual', ...init });

it.each(['/', '/leads', '/leads/lead_1', '/settings/users', '/signed-in?code=x.y', '/local-lead', '/api'])(
  'shows the web app at %s, since the function of the template says so',
  async (path) => {
    const response = await read(path);
    expect([response.status, response.headers.get('content-type'), response.headers.get('cache-control')]).toEqual([
      200,
      'text/html; charset=utf-8',
      'no-cache',
    ]);
    expect(await response.text()).toContain('The fixture');
  },
);

it('lets the function of the template answer by itself', async () => {
  const response = await read('/old');
  expect([response.status, response.headers.get('location')]).toEqual([302, '/new']);
});

it('adds the headers of the template, with the provider of this machine where the user pool is named', async () => {
  expect(Object.fromEntries((await read('/')).headers)).toMatchObject({
    'content-security-policy': `default-src 'none'; script-src 'self'; connect-src 'self' ${url} https://else.example; base-uri 'none'`,
    'x-content-type-options': 'nosniff',
    'x-frame-options': 'DENY',
    'referrer-policy': 'no-referrer',
    'strict-transport-security': 'max-age=60; includeSubDomains',
    'permissions-policy': 'camera=()',
  });
});

it('keeps what has a hash in its name for ever, and asks about it no more than once', async () => {
  const response = await read('/assets/app-Dk3_a-B.js');
  expect([response.status, response.headers.get('content-type'), response.headers.get('cache-control')]).toEqual([
    200,
    'text/javascript; charset=utf-8',
    'public, max-age=31536000, immutable',
  ]);
  const etag = response.headers.get('etag') ?? '';
  const again = await read('/assets/app-Dk3_a-B.js', { headers: { 'if-none-match': `W/${etag}` } });
  expect([again.status, await again.text()]).toEqual([304, '']);
  expect((await read('/assets/app-Dk3_a-B.js', { headers: { 'if-none-match': '"other"' } })).status).toBe(200);
});

it('answers HEAD like GET, without the content', async () => {
  const [head, whole] = [await read('/', { method: 'HEAD' }), await (await read('/')).text()];
  expect([head.status, head.headers.get('content-length'), await head.text()]).toEqual([200, String(whole.length), '']);
});

it.each([
  ['br', brotliDecompressSync],
  ['gzip', gunzipSync],
  ['', (body: Buffer) => body],
] as const)('compresses what is long: "%s"', async (encoding, unpack) => {
  const { headers, rawPayload } = await app.inject({
    url: '/assets/long.css',
    headers: { 'accept-encoding': encoding },
  });
  expect([headers['content-encoding'] ?? '', headers['vary']]).toEqual([encoding, 'accept-encoding']);
  expect(unpack(rawPayload).toString()).toContain('.a79 {');
});

it('tells the web app where to sign in', async () => {
  const response = await read('/config.json');
  expect([response.headers.get('content-type'), response.headers.get('cache-control'), await response.json()]).toEqual([
    'application/json',
    'no-cache',
    {
      authority: `${url}/local/oidc`,
      clientId: template.of('AWS::Cognito::UserPoolClient')[0]?.ref,
      logoutUrl: `${url}/local/oidc/logout`,
      stage: 'v1',
    },
  ]);
});

/** A path as it is: `fetch` would tidy it up. */
const readRaw = (path: string) => {
  const { promise, resolve } = Promise.withResolvers<[number | undefined, string]>();
  get({ host: '127.0.0.1', port: new URL(url).port, path }, (response) => {
    let text = '';
    response.on('data', (chunk) => (text += chunk)).on('end', () => resolve([response.statusCode, text]));
  });
  return promise;
};

it.each([
  '/nothing.js',
  '/assets/nothing.css',
  '/.built',
  '/../package.json',
  '/../../../../package.json',
  '/%2e%2e/%2e%2e/package.json',
  '/..%2fdashboard-fixture.ts',
  '/assets/..%2f..%2findex.mjs',
  '/..%5c..%5cpackage.json',
  '/assets%2f..%2f..%2fx.txt',
  '/index.html%00.js',
  '/index.html%0a.js',
  '/package.json',
  '/C:/x.txt',
])('has nothing at %s', async (path) => {
  expect(await readRaw(path)).toEqual([403, expect.stringContaining('AccessDenied')]);
});

it('follows no link out of its folder', async () => {
  const folder = mkdtempSync(join(tmpdir(), 'lead-relay-site-'));
  writeFileSync(join(folder, '..', 'secret.txt'), 'secret');
  mkdirSync(join(folder, 'own'));
  writeFileSync(join(folder, 'own', 'file.txt'), 'own');
  symlinkSync(join(folder, '..', 'secret.txt'), join(folder, 'link.txt'));
  symlinkSync(join(folder, '..'), join(folder, 'up'));
  const linked = serve(template, folder);
  const statuses = [];
  for (const path of ['/link.txt', '/up/secret.txt', '/own/file.txt'])
    statuses.push((await linked.inject(path)).statusCode);
  expect(statuses).toEqual([403, 403, 200]);
});

it('says in a page that nothing is built', async () => {
  const { statusCode, body } = await serve(template, '/nowhere').inject({ url: '/leads' });
  expect([statusCode, body]).toEqual([404, expect.stringContaining('The dashboard is not built.')]);
});

it('sends who comes by another name of this machine to the one at which they can sign in', async () => {
  const { port } = new URL(url);
  const { statusCode, headers } = await app.inject({ url: '/leads?a=1', headers: { host: `localhost:${port}` } });
  expect([statusCode, headers['location']]).toEqual([302, `${url}/leads?a=1`]);
});

it.each([
  ['GET', '/api/webhook', 200],
  ['PUT', '/api/webhook', 404],
  ['POST', '/api/webhook', 200],
  ['GET', '/api/leads', 401],
  ['DELETE', '/api/leads', 401],
  ['GET', '/run/x', 200],
  ['POST', '/run/x', 200],
  ['GET', '/run/x/y', 404],
  ['DELETE', '/run/x', 404],
  ['POST', '/elsewhere', 404],
  ['GET', '/elsewhere', 200],
  ['GET', '//elsewhere', 200],
] as const)('leads %s %s to where CloudFront would: %i', async (method, path, status) => {
  expect((await app.inject({ method, url: path })).statusCode).toBe(status);
});

it('lets no method through that the behaviour of the template does not name', async () => {
  const narrow = dashboardTemplate((edited) => {
    const { CacheBehaviors } = propertiesOf(edited, 'Distribution')['DistributionConfig'];
    delete CacheBehaviors[1].AllowedMethods;
  });
  const served = serve(narrow);
  expect((await served.inject({ method: 'GET', url: '/api/leads' })).statusCode).toBe(401);
  expect((await served.inject({ method: 'POST', url: '/api/leads' })).statusCode).toBe(403);
});

it.each<[string, (config: Properties, properties: (id: string) => Properties) => void, string]>([
  [
    'a behaviour that leads nowhere',
    (config) => (config['CacheBehaviors'][0].TargetOriginId = 'gone'),
    'does not know where /api/webhook',
  ],
  [
    'an answer for errors',
    (config) => (config['CustomErrorResponses'] = []),
    'Unrecognized key: "CustomErrorResponses"',
  ],
  [
    'code that is none',
    (_, of) => (of('Router')['FunctionCode'] = 'function ('),
    'does not understand the code of Router',
  ],
  [
    'another function of the behaviour',
    (config) => (config['DefaultCacheBehavior'].FunctionAssociations[0].EventType = 'viewer-response'),
    'EventType',
  ],
  ['a client with a secret', (_, of) => (of('Client')['GenerateSecret'] = true), 'GenerateSecret'],
  ['another kind of authorizer', (_, of) => (of('Authorizer')['Type'] = 'TOKEN'), 'Type'],
])('does not start with %s', (_, change, message) => {
  const start = () => {
    const edited = dashboardTemplate((one) =>
      change(propertiesOf(one, 'Distribution')['DistributionConfig'], (id) => propertiesOf(one, id)),
    );
    serve(edited);
  };
  expect(start).toThrow(message);
});
