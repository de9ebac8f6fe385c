import { randomBytes } from 'node:crypto';
import { createServer, type IncomingMessage, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { text } from 'node:stream/consumers';
import { DeleteSecretCommand, GetSecretValueCommand, PutSecretValueCommand } from '@aws-sdk/client-secrets-manager';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import { closeWebhooks } from '../../bin/close/webhooks.ts';
import { graphApi } from '../../bin/meta/graph.ts';
import { runCommand } from './command.ts';
import { type LocalRun, startLocal } from './local-run.ts';
import { pageOf } from './meta-lead.ts';

const stackTrace = /\n\s+at /;
const apiKey = 'api_0123456789abcdef';

describe('npm run connect -- close', () => {
  let run: LocalRun;
  beforeAll(async () => {
    run = await startLocal();
  });
  afterAll(async () => {
    await run.stop();
  });

  const connect = (...args: string[]) =>
    runCommand('connect', { args: ['close', '--local', ...args], run, input: `${apiKey}\n` });
  const valueOf = async (name: string) =>
    (await run.secrets.send(new GetSecretValueCommand({ SecretId: `lead-relay/local/north/${name}` }))).SecretString;
  const subscribed = (status: string) => ({ id: 'whsub_1', url: `${run.url}/webhooks/close`, status });

  it('asks for an API key where none is kept', async () => {
    const { code, said } = await connect();
    expect(said).toContain('--api-key-stdin');
    expect(code).toBe(1);
  });

  it('says when Close refuses the API key, and does not keep it', async () => {
    await run.vendor('close', 'webhook', { status: 401, json: { error: 'Unauthorized' } });
    const { code, said } = await connect('--api-key-stdin');
    expect(said).toContain('Close refuses the API key (401)');
    expect(code).toBe(1);
    await expect(valueOf('close-api-key')).rejects.toThrow();
  });

  it('registers the webhook and keeps both keys without showing them', async () => {
    const signatureKey = randomBytes(32).toString('hex');
    await run.vendor('close', 'webhook', { json: { data: [], id: 'whsub_1', signature_key: signatureKey } });
    const { code, said } = await connect('--api-key-stdin');
    expect(said).toContain(`Close posts new leads to ${run.url}/webhooks/close (subscription whsub_1)`);
    expect(said).not.toContain(signatureKey);
    expect(said).not.toContain(apiKey);
    expect(code).toBe(0);
    expect(await valueOf('close-signature-key')).toBe(signatureKey);
    expect(await valueOf('close-api-key')).toBe(apiKey);
  });

  it('after which a lead signed with the new key is told', async () => {
    const { code, said } = await runCommand('send', { args: ['close'], run });
    expect(said).toContain('told Slack');
    expect(code).toBe(0);
  });

  it('leaves a webhook alone that is there already', async () => {
    await run.vendor('close', 'webhook', { json: { data: [subscribed('active')] } });
    const before = await valueOf('close-signature-key');
    const { code, said } = await connect();
    expect(said).toContain('already');
    expect(said).toContain('--renew');
    expect(code).toBe(0);
    expect(await valueOf('close-signature-key')).toBe(before);
  });

  it('says that a key which nobody kept can only be renewed', async () => {
    await run.vendor('close', 'webhook', {
      json: { data: [{ ...subscribed('active'), url: 'https://hooks.example.org/webhooks/close' }] },
    });
    const args = ['close', '--local', '--tenant', 'south', '--url', 'https://hooks.example.org', '--api-key-stdin'];
    const SecretId = 'lead-relay/local/south/close-signature-key';
    await run.secrets.send(new PutSecretValueCommand({ SecretId, SecretString: ' ' }));
    const { code, said } = await runCommand('connect', { args, run, input: apiKey });
    expect(said).toContain('--renew');
    expect(code).toBe(1);
  });

  it('renews the key, and the one before stays valid beside it', async () => {
    const [before, signatureKey] = [await valueOf('close-signature-key'), randomBytes(32).toString('hex')];
    await run.vendor('close', 'webhook', {
      json: { data: [subscribed('active')], id: 'whsub_2', signature_key: signatureKey },
    });
    await run.vendor('close', 'webhook/whsub_1', { json: {} });
    const { code, said } = await connect('--renew');
    expect(said).toContain('The webhook with the old key is gone.');
    expect(code).toBe(0);
    expect(await valueOf('close-signature-key')).toBe(signatureKey);
    const name = 'lead-relay/local/north/close-signature-key';
    const previous = await run.secrets.send(new GetSecretValueCommand({ SecretId: name, VersionStage: 'AWSPREVIOUS' }));
    expect(previous.SecretString).toBe(before);
  });

  it('takes a webhook away again whose key is of no known form', async () => {
    const before = await valueOf('close-signature-key');
    await run.vendor('close', 'webhook', { json: { data: [], id: 'whsub_3', signature_key: 'short' } });
    await run.vendor('close', 'webhook/whsub_3', { json: {} });
    const { code, said } = await connect();
    expect(said).toContain('unknown form');
    expect(code).toBe(1);
    expect(await valueOf('close-signature-key')).toBe(before);
  });
});

describe('npm run connect -- meta', () => {
  let run: LocalRun;
  let page: string;
  const appSecret = randomBytes(16).toString('hex');
  beforeAll(async () => {
    run = await startLocal();
    page = pageOf(run, 'north');
    await run.vendor('graph', `${page}/subscribed_apps`, { json: { success: true } });
  });
  afterAll(async () => {
    await run.stop();
  });

  const connect = (...args: string[]) =>
    runCommand('connect', { args: ['meta', '--local', ...args], run, input: `${appSecret}\n` });
  const SecretId = (name: string) => `lead-relay/local/north/meta-${name}`;
  const valueOf = async (name: string) =>
    (await run.secrets.send(new GetSecretValueCommand({ SecretId: SecretId(name) }))).SecretString;
  const refuses = (
    error: { code: number; error_subcode?: number; message: string },
    path = `${page}/subscribed_apps`,
  ) =>
    run.vendor('graph', path, { status: 400, json: { error: { type: 'OAuthException', fbtrace_id: 'x', ...error } } });

  it('says what to copy into Meta’s console, and subscribes the page', async () => {
    const { code, said } = await connect();
    expect(said).toContain(`Callback URL  ${run.url}/webhooks/meta`);
    expect(said).toContain(`Verify token  ${run.settings.secrets.meta.verifyToken}`);
    expect(said).toContain(`page ${page} (North page): subscribed to leadgen`);
    expect(said).not.toContain(run.settings.secrets.meta.appSecret);
    expect(code).toBe(0);
  });

  it('asks for the app secret where none of its form is kept', async () => {
    await run.secrets.send(
      new PutSecretValueCommand({ SecretId: SecretId('signature-key'), SecretString: 'changeme' }),
    );
    const { code, said } = await connect();
    expect(said).toContain('The app secret of Meta is missing.');
    expect(said).toContain('--app-secret-stdin');
    expect(code).toBe(1);
  });

  it('takes no app secret of another form', async () => {
    const args = ['meta', '--local', '--app-secret-stdin'];
    const { code, said } = await runCommand('connect', { args, run, input: 'EAAtoken\n' });
    expect(said).toContain('That does not have the form of the app secret of Meta.');
    expect(code).toBe(1);
  });

  it('keeps the app secret and a verify token that it makes, and tells Meta the address', async () => {
    await run.secrets.send(new PutSecretValueCommand({ SecretId: SecretId('verify-token'), SecretString: ' ' }));
    await run.vendor('graph', '1234567890/subscriptions', { json: { success: 'true' } });
    const { code, said } = await connect('--app-secret-stdin', '--app-id', '1234567890');
    const verifyToken = (await valueOf('verify-token')) ?? '';
    expect(verifyToken).toMatch(/^[0-9a-f]{32}$/);
    expect(said).toContain(`Meta posts new leads of the app 1234567890 to ${run.url}/webhooks/meta.`);
    expect(said).not.toContain(appSecret);
    expect(said).not.toContain(verifyToken);
    expect(code).toBe(0);
    expect(await valueOf('signature-key')).toBe(appSecret);
  });

  it('after which the handshake and a lead signed with the new secret are taken', async () => {
    const verifyToken = await valueOf('verify-token');
    const query = `hub.mode=subscribe&hub.challenge=1158201444&hub.verify_token=${verifyToken}`;
    const handshake = await fetch(`${run.url}/webhooks/meta?${query}`);
    expect([handshake.status, await handshake.text()]).toEqual([200, '1158201444']);
    const { code, said } = await runCommand('send', { args: ['meta'], run });
    expect(said).toContain('told Slack');
    expect(code).toBe(0);
  });

  it.each([
    [{ code: 190, error_subcode: 463, message: 'Session has expired' }, 'npm run pages -- token'],
    [
      { code: 200, message: 'Requires pages_manage_metadata' },
      'leads_retrieval, pages_manage_metadata, pages_show_list',
    ],
    [{ code: 100, error_subcode: 33, message: 'Unsupported post request' }, 'Meta knows no page'],
    [
      { code: 100, message: 'Invalid appsecret_proof provided in the API argument' },
      'The app secret is not that of the app',
    ],
    [{ code: 4, message: 'Application request limit reached' }, 'Meta asks to come back later (code 4)'],
    [{ code: 2, message: 'Service temporarily unavailable' }, 'Meta has a problem of its own (code 2)'],
    [{ code: 3, message: 'Unknown method' }, 'Meta refuses the page'],
  ])('says of a page that Meta refuses with %j what to do', async (error, sentence) => {
    await refuses(error);
    const { code, said } = await connect();
    await run.vendor('graph', `${page}/subscribed_apps`, { json: { success: true } });
    expect(said).toContain(sentence);
    expect(said).toContain('1 of 1 pages is not subscribed.');
    expect(said).not.toMatch(stackTrace);
    expect(code).toBe(1);
  });

  it.each([
    [2200, 'Callback verification failed', 'Meta’s test of the webhook failed (code 2200)'],
    [190, 'Invalid OAuth access token signature', 'Meta does not accept the id and secret of the app 99'],
    [101, 'Error validating application', 'Meta knows no app 99'],
  ])('says when Meta does not take the address (code %d)', async (code, message, sentence) => {
    await refuses({ code, message }, '99/subscriptions');
    const { said, code: ended } = await connect('--app-id', '99');
    expect(said.replaceAll("'", '’')).toContain(sentence);
    expect(ended).toBe(1);
  });

  it('subscribes one page where it is asked to, and none of another tenant', async () => {
    const one = await connect('--page', page);
    expect(one.said).toContain('subscribed to leadgen');
    expect(one.code).toBe(0);
    const other = await connect('--page', pageOf(run, 'south'));
    expect(other.said).toContain(`The tenant north has no page ${pageOf(run, 'south')}`);
    expect(other.code).toBe(1);
  });

  it('says that a page has no token', async () => {
    const [id, input] = ['200300400500', 'EAAsoongone'];
    const args = ['add', id, '--owner', 'Robin Okafor', '--tenant', 'south', '--token-stdin', '--unchecked'];
    await runCommand('pages', { args, run, input });
    const Token = `lead-relay/local/south/meta-token-${id}`;
    await run.secrets.send(new DeleteSecretCommand({ SecretId: Token, ForceDeleteWithoutRecovery: true }));
    const { code, said } = await connect('--tenant', 'south', '--page', id);
    expect(said).toContain(`npm run pages -- token ${id}`);
    expect(code).toBe(1);
  });

  it('says of HubSpot what is to be clicked', async () => {
    const { code, said } = await runCommand('connect', {
      args: ['hubspot', '--stage', 'local', '--tenant', 'south'],
      run,
    });
    expect(said).toContain(`${run.url}/webhooks/hubspot\n`);
    for (const type of ['contact.creation', 'contact.propertyChange', 'contact.deletion', 'contact.merge'])
      expect(said).toContain(type);
    expect(said).not.toMatch(stackTrace);
    expect(code).toBe(0);
  });

  it('keeps HubSpot’s client secret and developer key, tells its app the address and subscribes to what is missing', async () => {
    const [clientSecret, developerKey] = ['0123456789abcdef-client-secret', 'eu1-0123456789abcdef'];
    await run.vendor('hubspot', 'webhooks/v3/4711/settings', { json: {} });
    const results = [{ id: '12', eventType: 'contact.creation', active: false }];
    await run.vendor('hubspot', 'webhooks/v3/4711/subscriptions', { json: { results } });
    await run.vendor('hubspot', 'webhooks/v3/4711/subscriptions/12', { json: {} });
    const args = ['hubspot', '--local', '--client-secret-stdin', '--app-id', '4711', '--developer-key-stdin'];
    const { code, said } = await runCommand('connect', { args, run, input: `${clientSecret}\n${developerKey}\n` });
    expect(said).toContain(`HubSpot's app 4711 posts to ${run.url}/webhooks/hubspot.`);
    expect(said).toContain('12 are new, 1 were off');
    expect(said).not.toContain(clientSecret);
    expect(said).not.toContain(developerKey);
    expect(code).toBe(0);
    const kept = async (name: string) =>
      (await run.secrets.send(new GetSecretValueCommand({ SecretId: `lead-relay/local/north/${name}` }))).SecretString;
    expect(await kept('hubspot-signature-key')).toBe(clientSecret);
    expect(await kept('hubspot-developer-key')).toBe(`4711:${developerKey}`);
  });

  it('says that Meta can not be reached', async () => {
    await expect(
      graphApi('http://127.0.0.1:1').subscribePage({ page, token: 'EAAtoken', appSecret: undefined }),
    ).rejects.toThrow('The Graph API can not be reached at http://127.0.0.1:1');
  });
});

describe('what npm run connect does not understand', () => {
  it.each([
    [['close'], 'Which stage? Add --stage or --local.'],
    [['meta'], 'Which stage? Add --stage or --local.'],
    [['meta', '--local', '--renew'], '--renew is nothing that meta knows.'],
    [['close', '--local', '--app-id', '1'], '--app-id is nothing that close knows.'],
    [['hubspot'], 'Which stage? Add --stage or --local.'],
    [['hubspot', '--local', '--page', '1'], '--page is nothing that hubspot knows.'],
    [['close', '--local', '--developer-key-stdin'], '--developer-key-stdin is nothing that close knows.'],
    [['meta', '--local'], 'Nothing runs at http://127.0.0.1:1.'],
  ])('%j is answered with a sentence', async (args, sentence) => {
    const { code, said } = await runCommand('connect', { args });
    expect(said).toContain(sentence);
    expect(said).not.toMatch(stackTrace);
    expect(code).toBe(1);
  });
});

describe('the webhooks of an organisation in Close', () => {
  let server: Server;
  let answer: { status: number; headers?: Record<string, string>; json?: unknown };
  let asked: { method: string | undefined; url: string | undefined; authorization: string | undefined; body: string }[];
  const baseUrl = () => `http://127.0.0.1:${(server.address() as AddressInfo).port}/api/v1`;

  beforeEach(async () => {
    asked = [];
    server = createServer((request: IncomingMessage, response) => {
      void text(request).then((body) => {
        const { method, url, headers } = request;
        asked.push({ method, url, authorization: headers.authorization, body });
        response.writeHead(answer.status, answer.headers).end(JSON.stringify(answer.json ?? {}));
      });
    });
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  });
  afterEach(() => new Promise((resolve) => server.close(resolve)));

  it('a new one names the lead events and wants certificates checked', async () => {
    answer = { status: 201, json: { id: 'whsub_1', signature_key: 'ab' } };
    await closeWebhooks(baseUrl(), apiKey).create('https://hooks.example.org/webhooks/close');
    expect(asked[0]).toMatchObject({
      method: 'POST',
      url: '/api/v1/webhook/',
      authorization: `Basic ${Buffer.from(`${apiKey}:`).toString('base64')}`,
    });
    expect(JSON.parse(asked[0]?.body ?? '')).toEqual({
      url: 'https://hooks.example.org/webhooks/close',
      events: [
        { object_type: 'lead', action: 'created' },
        { object_type: 'lead', action: 'updated' },
        { object_type: 'lead', action: 'deleted' },
        { object_type: 'lead', action: 'merged' },
      ],
      verify_ssl: true,
    });
  });

  it('a paused one is made active', async () => {
    answer = { status: 200 };
    await closeWebhooks(baseUrl(), apiKey).activate('whsub_1');
    expect(asked[0]).toMatchObject({ method: 'PUT', url: '/api/v1/webhook/whsub_1/', body: '{"status":"active"}' });
  });

  it.each([
    [401, 'Close refuses the API key (401)'],
    [403, 'The API key may not manage webhooks (403)'],
    [429, 'try again in 7 s'],
    [503, 'Close has a problem of its own (503)'],
    [400, 'Close refuses the request (400)'],
  ])('an answer of %d is a sentence', async (status, sentence) => {
    answer = { status, headers: { 'retry-after': '7' } };
    await expect(closeWebhooks(baseUrl(), apiKey).list()).rejects.toThrow(sentence);
  });

  it('a Close that can not be reached is a sentence', async () => {
    await expect(closeWebhooks('http://127.0.0.1:1/api/v1', apiKey).list()).rejects.toThrow('Close can not be reached');
  });

  it('an answer of another form is a sentence', async () => {
    answer = { status: 200, json: { webhooks: [] } };
    await expect(closeWebhooks(baseUrl(), apiKey).list()).rejects.toThrow('does not understand');
  });
});
