import { BatchWriteItemCommand } from '@aws-sdk/client-dynamodb';
import { ListObjectsV2Command, PutObjectCommand } from '@aws-sdk/client-s3';
import { PurgeQueueCommand, SendMessageCommand } from '@aws-sdk/client-sqs';
import { afterAll, beforeAll, beforeEach, expect, it } from '@jest/globals';
import { request } from 'node:http';
import { type LocalRun, newDataDir } from '../e2e/local-run.ts';
import { until } from '../e2e/until.ts';
import { bucket, queueUrl, startFixture } from './fixture.ts';

let run: LocalRun;
beforeAll(async () => {
  run = await startFixture();
});
beforeEach(async () => {
  await run.clearInbox();
});
afterAll(async () => {
  await run.stop();
});

const slackPath = '/services/T1/B1/abc';
const tellSlack = (text: string) => run.post(`/local/vendors/slack${slackPath}`, JSON.stringify({ text }));
const ask = async (question: object) =>
  (await (await run.post('/run/x', JSON.stringify(question))).json()) as { status: number };

it('says that it is ready', async () => {
  const response = await fetch(`${run.url}/local/health`);
  expect([response.status, await response.json()]).toEqual([200, { ready: true }]);
});

it('keeps names, ids, secrets and the inbox over a restart', async () => {
  const dataDir = newDataDir();
  const before = await startFixture({ dataDir });
  await before.post(`/local/vendors/slack${slackPath}`, '{"text":"kept"}');
  const { publicUrl: _, ...settings } = before.settings;
  await before.kill('SIGKILL');
  await using after = await startFixture({ dataDir });
  expect(after.settings).toEqual({ ...settings, publicUrl: after.url, aws: after.aws });
  expect(await after.inbox()).toMatchObject([{ channel: 'slack', to: slackPath, text: 'kept', lead_id: null }]);
  await after.clearInbox();
  expect(await after.inbox()).toEqual([]);
});

it('shows development values as text, ids in digits, users in their order', () => {
  expect(run.settings).toEqual({
    publicUrl: run.url,
    aws: run.aws,
    bucket,
    lookupBucket: '',
    table: 'Fixture-Table',
    secrets: {
      close: { signatureKey: run.settings.tenants[0]?.closeKey },
      meta: { appSecret: expect.stringMatching(/^[0-9a-f]{32}$/), verifyToken: expect.any(String) },
      hubspot: { clientSecret: expect.any(String) },
    },
    tenants: [
      {
        tenant: 'acme',
        closeKey: expect.stringMatching(/^[0-9a-f]{64}$/),
        metaPages: [expect.stringMatching(/^\d+$/)],
        hubspotPortals: [expect.stringMatching(/^\d+$/)],
        users: ['admin@acme.example', 'manager@acme.example', 'rep@acme.example'],
      },
    ],
  });
});

it('has a vendor answer with an error as often as asked, then as usual', async () => {
  await run.fault('slack', { status: 429, headers: { 'retry-after': '7' }, body: 'slow down', times: 2 });
  const first = await tellSlack('one');
  expect([first.status, first.headers.get('retry-after'), await first.text()]).toEqual([429, '7', 'slow down']);
  expect((await tellSlack('two')).status).toBe(429);
  expect((await tellSlack('three')).status).toBe(200);
  expect((await run.inbox()).map(({ text }) => text)).toEqual(['three']);
});

it('goes on with a fault without a number until it is ended', async () => {
  await run.fault('slack', { status: 500 });
  expect([(await tellSlack('x')).status, (await tellSlack('x')).status]).toEqual([500, 500]);
  await run.endFault('slack');
  expect((await tellSlack('x')).status).toBe(200);
});

it('delays an answer, and lets another hang until the caller gives up', async () => {
  await run.fault('slack', { delayMs: 400, times: 1 });
  const started = Date.now();
  expect((await tellSlack('late')).status).toBe(200);
  expect(Date.now() - started).toBeGreaterThanOrEqual(400);
  await run.fault('slack', { hang: true, times: 1 });
  const url = `${run.url}/local/vendors/slack${slackPath}`;
  await expect(
    fetch(url, { method: 'POST', body: '{"text":"x"}', signal: AbortSignal.timeout(300) }),
  ).rejects.toThrow();
  expect((await run.inbox()).map(({ text }) => text)).toEqual(['late']);
});

it('puts a fault on the calls of functions, never on those of a person', async () => {
  await run.fault('s3', { status: 503 });
  expect(await ask({ do: 'put', path: `/${bucket}/in/faulty`, body: 'x' })).toEqual({ status: 503 });
  await expect(run.s3.send(new PutObjectCommand({ Bucket: bucket, Key: 'in/mine', Body: 'x' }))).resolves.toBeDefined();
  await run.endFault('s3');
  expect(await ask({ do: 'put', path: `/${bucket}/in/faulty`, body: 'x' })).toEqual({ status: 200 });
});

it('answers the sender of a webhook with a fault before the function hears of it', async () => {
  await run.fault('webhooks', { status: 503, headers: { 'retry-after': '1' }, body: 'down', times: 1 });
  const response = await run.post('/run/x', '{"do":"say","line":{"heard":"faulty"}}');
  expect([response.status, response.headers.get('retry-after'), await response.text()]).toEqual([503, '1', 'down']);
  expect(run.functionLog()).not.toContain('faulty');
});

it.each([
  ['a fault on nothing it knows', 'PUT', 'faults/nothing', '{"status":500}', 404],
  ['a fault without effect', 'PUT', 'faults/slack', '{"times":3}', 400],
  ['a fault with a misspelt part', 'PUT', 'faults/slack', '{"status":500,"time":3}', 400],
  ['a fault that is no JSON', 'PUT', 'faults/slack', 'x', 400],
  ['a vendor answer that is no JSON', 'PUT', 'vendors/close/lead/1/', 'x', 400],
  ['a token for nobody', 'POST', 'token', '{"user":"nobody@acme.example"}', 404],
  ['a token without a user', 'POST', 'token', '{}', 400],
])('refuses %s', async (_, method, path, body, status) => {
  const asked = { method, body };
  const response = await fetch(`${run.url}/local/${path}`, asked);
  expect([response.status, typeof ((await response.json()) as { error: unknown }).error]).toEqual([status, 'string']);
});

it('answers for a vendor what was set, else that there is nothing', async () => {
  const read = async (path: string) => {
    const response = await fetch(`${run.url}/local/vendors/${path}`);
    return [response.status, response.headers.get('x-limit'), await response.json()];
  };
  expect(await read('close/lead/lead_1/')).toMatchObject([404, null, { error: expect.any(String) }]);
  expect(await read('graph/123')).toMatchObject([400, null, { error: { code: 100, error_subcode: 33 } }]);
  expect(await read('hubspot/crm/v3/objects/contacts/1')).toMatchObject([404, null, { category: 'OBJECT_NOT_FOUND' }]);
  await run.vendor('close', 'lead/lead_1/', { json: { id: 'lead_1' }, headers: { 'x-limit': '5' } });
  expect(await read('close/lead/lead_1/?_fields=id')).toEqual([200, '5', { id: 'lead_1' }]);
  await run.vendor('close', 'lead/lead_1', { status: 429, json: {} });
  expect(await read('close/lead/lead_1/')).toEqual([429, null, {}]);
});

it('answers every method of a vendor alike, whatever the query says, and keeps each digit of an id', async () => {
  const body = '{"json":{"id":"1","form_id":560071203344892123,"ratio":0.5}}';
  const set = (path: string) => fetch(`${run.url}/local/vendors/graph/${path}`, { method: 'PUT', body });
  expect((await set('1')).status).toBe(200);
  await set('1/subscribed_apps');
  for (const [method, path] of [
    ['GET', '1?fields=id,field_data&access_token=EAA&appsecret_proof=00'],
    ['GET', '1/subscribed_apps?access_token=EAA'],
    ['POST', '1/subscribed_apps?subscribed_fields=leadgen&access_token=EAA'],
  ] as const) {
    const response = await fetch(`${run.url}/local/vendors/graph/${path}`, { method });
    expect([response.status, response.headers.get('content-type'), await response.text()]).toEqual([
      200,
      'application/json; charset=utf-8',
      '{"id":"1","form_id":560071203344892123,"ratio":0.5}',
    ]);
  }
});

it('has what was set for a vendor also after it was killed, until it is replaced', async () => {
  const dataDir = newDataDir();
  const killed = await startFixture({ dataDir });
  await killed.vendor('graph', '2', { status: 400, headers: { 'x-limit': '5' }, json: { error: { code: 190 } } });
  await killed.kill('SIGKILL');
  await using again = await startFixture({ dataDir });
  const read = async () => {
    const response = await fetch(`${again.url}/local/vendors/graph/2`);
    return [response.status, response.headers.get('x-limit'), await response.json()];
  };
  expect(await read()).toEqual([400, '5', { error: { code: 190 } }]);
  await again.vendor('graph', '2', { json: { id: '2' } });
  expect(await read()).toEqual([200, null, { id: '2' }]);
});

it('puts a fault on what functions ask of the Graph API, not on what a person sets there', async () => {
  await run.fault('graph', { status: 400, body: '{"error":{"code":4}}', times: 1 });
  await run.vendor('graph', '3', { json: { id: '3' } });
  const url = `${run.url}/local/vendors/graph/3`;
  expect(await ask({ do: 'post', url, body: '' })).toEqual({ status: 400 });
  expect(await ask({ do: 'post', url, body: '' })).toEqual({ status: 200 });
});

it('shows what became of events, those of nobody too, and all of a thousand with long reasons', async () => {
  const row = (tenant: string, index: number) => {
    const at = `2026-11-22T10:00:00.${String(index).padStart(4, '0')}Z`;
    return {
      PK: { S: `${tenant}#LEAD#${index}` },
      SK: { S: `EVENT#${index}` },
      GSI2PK: { S: `${tenant}#EVENTS` },
      GSI2SK: { S: `${at}#${index}` },
      source: { S: 'meta' },
      event: { S: 'page.leadgen' },
      lead_id: { S: String(index) },
      outcome: { S: 'no_route' },
      reason: { S: `No user found for page_id: 7 ${'.'.repeat(1500)}` },
      at: { S: at },
    };
  };
  const puts = Array.from({ length: 1000 }, (_, index) => ({ PutRequest: { Item: row('none', index) } }));
  for (let from = 0; from < puts.length; from += 25) {
    const RequestItems = { 'Fixture-Table': puts.slice(from, from + 25) };
    await run.dynamodb.send(new BatchWriteItemCommand({ RequestItems }));
  }
  expect(await run.outcomes()).toHaveLength(1000);
  expect(await run.outcomes('7')).toMatchObject([{ source: 'meta', lead_id: '7', outcome: 'no_route' }]);
  expect(await run.outcomes('1007')).toEqual([]);
});

it('kills a worker after the call that it waits for was carried out', async () => {
  await run.crash('crashing', 2);
  const path = `/${bucket}/in/crashing`;
  expect(await ask({ do: 'put', path: `${path}-1`, body: 'x' })).toEqual({ status: 200 });
  expect((await run.post('/run/x', JSON.stringify({ do: 'put', path: `${path}-2`, body: 'x' }))).status).toBe(502);
  expect(await ask({ do: 'put', path: `${path}-3`, body: 'x' })).toEqual({ status: 200 });
  const { Contents = [] } = await run.s3.send(new ListObjectsV2Command({ Bucket: bucket, Prefix: 'in/crashing' }));
  expect(Contents).toHaveLength(3);
});

it('kills a worker after it told a vendor', async () => {
  await run.crash('last words', 1);
  const url = `${run.url}/local/vendors/slack${slackPath}`;
  expect((await run.post('/run/x', JSON.stringify({ do: 'post', url, body: '{"text":"last words"}' }))).status).toBe(
    502,
  );
  expect((await run.inbox()).map(({ text }) => text)).toEqual(['last words']);
});

it('counts the messages of a queue by what they do', async () => {
  const QueueUrl = queueUrl(run.aws, 'Announced');
  await run.sqs.send(new SendMessageCommand({ QueueUrl, MessageBody: 'x', DelaySeconds: 60 }));
  const count = (await run.queues()).find(({ name }) => name === 'Fixture-Announced');
  expect(count).toMatchObject({ delayed: 1, inFlight: 0 });
});

it('shows an alarm that rings and one that is over, and tells who watches', async () => {
  await until('quiet', async () => (await run.alarms())[0]?.state === 'OK');
  await run.sqs.send(new SendMessageCommand({ QueueUrl: queueUrl(run.aws, 'Parked'), MessageBody: 'x' }));
  await until('rings', async () => (await run.alarms())[0]?.state === 'ALARM');
  await run.sqs.send(new PurgeQueueCommand({ QueueUrl: queueUrl(run.aws, 'Parked') }));
  await until('is over', async () => (await run.alarms())[0]?.state === 'OK');
  expect((await run.inbox()).filter(({ channel }) => channel === 'alarm')).toMatchObject([
    { to: 'watch@acme.example', text: expect.stringContaining('ALARM: "something-is-parked"'), lead_id: null },
    { to: 'watch@acme.example', text: expect.stringContaining('OK: "something-is-parked"') },
  ]);
});

it('is only for this machine: a page that reaches it under another name is refused', async () => {
  const { promise, resolve } = Promise.withResolvers<number | undefined>();
  request(`${run.url}/local/settings`, { headers: { host: 'evil.example' } }, ({ statusCode }) =>
    resolve(statusCode),
  ).end();
  expect(await promise).toBe(403);
});

it('leads from / to a page that runs nothing but its own script, where the stage has no web site', async () => {
  const response = await fetch(run.url);
  expect(response.url).toBe(`${run.url}/local`);
  expect(response.headers.get('content-security-policy')).toContain("default-src 'none'; script-src 'self'");
  expect(await response.text()).not.toMatch(/<script>|onclick|style=/);
});
