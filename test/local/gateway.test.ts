import { request } from 'node:http';
import { QueryCommand } from '@aws-sdk/client-dynamodb';
import { afterAll, beforeAll, expect, it } from '@jest/globals';
import type { LocalRun } from '../e2e/local-run.ts';
import { addDashboard, siteFolder } from './dashboard-fixture.ts';
import { startFixture } from './fixture.ts';

let run: LocalRun;
beforeAll(async () => {
  run = await startFixture({
    edit: (template) => {
      addDashboard(template);
      // Ten megabytes take longer than two seconds on a busy machine.
      Object.assign(template.Resources['Function']?.Properties ?? {}, { Timeout: 20 });
    },
    env: { DASHBOARD_DIST: siteFolder },
  });
});
afterAll(async () => {
  await run.stop();
});

/** A request whose headers keep their case, which `fetch` does not. */
function send(path: string, headers: Record<string, string>, body: Buffer): Promise<string> {
  const { promise, resolve, reject } = Promise.withResolvers<string>();
  const sent = request(`${run.url}${path}`, { method: 'POST', headers }, (response) => {
    let text = '';
    response.on('data', (chunk) => (text += chunk)).on('end', () => resolve(text));
  });
  sent.on('error', reject).end(body);
  return promise;
}

it('hands a request to the function as API Gateway does', async () => {
  const body = Buffer.from([0xff, 0x00, 0x7b, 0x22]);
  const path = '/run/clos%C3%A9?hub.mode=subscribe&hub.challenge=1%2B1&a=1&a=2';
  const event = JSON.parse(await send(path, { 'Close-Sig-Hash': 'abc', 'content-type': 'application/json' }, body));
  expect(event).toMatchObject({
    resource: '/run/{what}',
    path: '/run/clos%C3%A9',
    httpMethod: 'POST',
    headers: { 'Close-Sig-Hash': 'abc', 'content-type': 'application/json' },
    multiValueHeaders: { 'Close-Sig-Hash': ['abc'] },
    queryStringParameters: { 'hub.mode': 'subscribe', 'hub.challenge': '1+1', a: '2' },
    multiValueQueryStringParameters: { a: ['1', '2'] },
    pathParameters: { what: 'clos%C3%A9' },
    requestContext: { path: '/v1/run/clos%C3%A9', resourcePath: '/run/{what}', stage: 'v1' },
    isBase64Encoded: true,
  });
  expect(Buffer.from(event.body, 'base64')).toEqual(body);
});

it('has no body where none was sent', async () => {
  const event = await (await fetch(`${run.url}/run/x`)).json();
  expect(event).toMatchObject({ httpMethod: 'GET', body: null, isBase64Encoded: false, queryStringParameters: null });
});

it.each([
  ['GET', '/run'],
  ['GET', '/run/a/b'],
  ['PUT', '/run/a'],
  ['POST', '/other'],
])('answers %s %s with the 404 of the template', async (method, path) => {
  const response = await fetch(`${run.url}${path}`, { method });
  expect([response.status, await response.json()]).toEqual([404, { message: 'not found' }]);
});

it('has webhooks also where the dashboard has its API, and puts faults on them only', async () => {
  const get = async (path: string) => {
    const response = await fetch(`${run.url}${path}?hub.mode=subscribe`);
    return [response.status, ((await response.json()) as { resource?: string }).resource];
  };
  expect(await get('/api/webhook')).toEqual([200, '/api/webhook']);
  expect((await run.post('/api/webhook', '{}')).status).toBe(200);
  await run.fault('webhooks', { status: 503, body: '{}' });
  expect([await get('/api/webhook'), await get('/run/x'), await get('/api/leads')]).toEqual([
    [503, undefined],
    [503, undefined],
    [401, undefined],
  ]);
  await run.endFault('webhooks');
});

it('lets a development user in with a token of the console, and shows the web site to everybody', async () => {
  const [user = ''] = run.settings.tenants[0]?.users ?? [];
  const { token } = (await (await run.post('/local/token', JSON.stringify({ user }))).json()) as { token: string };
  const headers = { authorization: `Bearer ${token}` };
  const response = await fetch(`${run.url}/api/leads/1?a=b`, { headers });
  expect([response.status, await response.json()]).toMatchObject([
    200,
    {
      resource: '/api/{proxy+}',
      pathParameters: { proxy: 'leads/1' },
      requestContext: { stage: 'v2', authorizer: { claims: { email: user, 'custom:role': 'admin' } } },
    },
  ]);
  expect((await fetch(`${run.url}/api/leads/1`)).status).toBe(401);
  expect((await fetch(`${run.url}/api/leads`, { headers: { authorization: 'x'.repeat(100_000) } })).status).toBe(401);
  expect(await (await fetch(`${run.url}/leads`)).text()).toContain('The fixture');
  const { authority } = (await (await fetch(`${run.url}/config.json`)).json()) as { authority: string };
  const { issuer } = (await (await fetch(`${authority}/.well-known/openid-configuration`)).json()) as {
    issuer: string;
  };
  expect(issuer).toBe(authority);
  expect(run.logs()).not.toMatch(/oidc-provider|WARNING|NOTICE/);
});

it('gives each development user a row in the table', async () => {
  const { Items = [] } = await run.dynamodb.send(
    new QueryCommand({
      TableName: run.settings.table,
      KeyConditionExpression: 'PK = :pk',
      ExpressionAttributeValues: { ':pk': { S: 'acme#USERS' } },
    }),
  );
  expect(Items.toSorted((a, b) => String(a['role']?.S).localeCompare(String(b['role']?.S)))).toEqual(
    ['admin', 'manager', 'rep'].map((role) => {
      const sub = { S: expect.stringMatching(/^[0-9a-f-]{36}$/) };
      return {
        PK: { S: 'acme#USERS' },
        SK: { S: expect.stringMatching(/^USER#[0-9a-f-]{36}$/) },
        tenant: { S: 'acme' },
        sub,
        name: { S: expect.stringMatching(/^\w+ \w+$/) },
        email: { S: `${role}@acme.example` },
        role: { S: role },
        names: { L: [] },
        edits: { N: '0' },
        v: { N: '1' },
      };
    }),
  );
});

it('takes 10 MB and refuses more', async () => {
  const sizes = [10 * 1024 * 1024, 10 * 1024 * 1024 + 1];
  const statuses: number[] = [];
  for (const size of sizes) statuses.push((await run.post('/run/x', Buffer.alloc(size, 'x'))).status);
  expect(statuses).toEqual([200, 413]);
});

it('answers 500 where the function does not let the API invoke it', async () => {
  await using closed = await startFixture({
    edit: ({ Resources }) => {
      delete Resources['MayPost'];
    },
  });
  expect((await closed.post('/run/x', '{}')).status).toBe(500);
  expect((await fetch(`${closed.url}/run/x`)).status).toBe(200);
});

it('has no route where the API has no stage', async () => {
  await using undeployed = await startFixture({
    edit: ({ Resources }) => {
      delete Resources['Stage'];
    },
  });
  expect((await undeployed.post('/run/x', '{}')).status).toBe(404);
});
