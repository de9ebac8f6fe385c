import { randomBytes } from 'node:crypto';
import { createServer, type IncomingMessage, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { text } from 'node:stream/consumers';
import { GetSecretValueCommand, PutSecretValueCommand } from '@aws-sdk/client-secrets-manager';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it, jest } from '@jest/globals';
import { closeWebhooks } from '../../bin/close-webhooks.ts';
import { runCommand } from './command.ts';
import { type LocalRun, startLocal } from './local-run.ts';

jest.setTimeout(120_000);

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

  it('asks which stage is meant', async () => {
    const { code, said } = await runCommand('connect', { args: ['close'] });
    expect(said).toContain('Which stage? Add --stage or --local.');
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
