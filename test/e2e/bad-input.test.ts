import { ListObjectsV2Command } from '@aws-sdk/client-s3';
import { PutSecretValueCommand } from '@aws-sdk/client-secrets-manager';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { createHmac } from 'node:crypto';
import { closeLead, postLead, signed } from './close-lead.ts';
import { expectDiscretion } from './discretion.ts';
import { type LocalRun, startLocal } from './local-run.ts';
import { until } from './until.ts';

let run: LocalRun;
beforeAll(async () => {
  run = await startLocal();
});
afterAll(async () => {
  await expectDiscretion(run);
  await run.stop();
});

const key = () => run.settings.secrets.close.signatureKey;
const stored = async () =>
  (await run.s3.send(new ListObjectsV2Command({ Bucket: run.settings.bucket, Prefix: 'source/' }))).KeyCount;
const hour = 3600_000;

describe('a request that Close did not sign is answered 401 and leaves nothing', () => {
  const lead = closeLead('forged');
  const withHash = (hash: string, timestamp = String(Math.floor(Date.now() / 1000))) => ({
    'close-sig-timestamp': timestamp,
    'close-sig-hash': hash,
  });
  const hmac = (secret: Buffer, timestamp: string) =>
    createHmac('sha256', secret)
      .update(timestamp + lead.body)
      .digest('hex');
  const now = String(Math.floor(Date.now() / 1000));

  it.each<[string, () => Record<string, string>]>([
    ['without headers', () => ({})],
    ['with an empty signature', () => withHash('')],
    ['with a truncated signature', () => withHash(signed(lead.body, key())['Close-Sig-Hash']?.slice(0, 62) ?? '')],
    ['with a signature in upper case', () => withHash(signed(lead.body, key())['Close-Sig-Hash']?.toUpperCase() ?? '')],
    ['with the key read as text', () => withHash(hmac(Buffer.from(key(), 'utf8'), now), now)],
    ['with an empty key', () => withHash(hmac(Buffer.alloc(0), now), now)],
    ['for another body', () => signed(`${lead.body} `, key())],
    ['more than 72 hours ago', () => signed(lead.body, key(), Date.now() - 72 * hour - 60_000)],
    ['more than 5 minutes ahead', () => signed(lead.body, key(), Date.now() + 6 * 60_000)],
    ['with milliseconds for a time', () => withHash(hmac(Buffer.from(key(), 'hex'), `${now}000`), `${now}000`)],
  ])('%s', async (_, headers) => {
    const answer = await run.post('/webhooks/close', lead.body, headers());
    expect([answer.status, await answer.text()]).toEqual([401, 'bad signature']);
    expect(await stored()).toBe(0);
  });
});

describe('a signed body that is not an event of Close is answered with a short reason and leaves nothing', () => {
  it.each<[string, string, number, string]>([
    ['not JSON', 'lead=1', 400, 'body is not JSON'],
    ['empty', '', 400, 'body is not JSON'],
    ['another envelope', '{"object": "page", "entry": []}', 400, 'not a Close event'],
    ['a list', '[]', 400, 'not a Close event'],
    ['an id that is a path', closeLead('x', { event: { lead_id: '../../etc/passwd' } }).body, 400, 'no usable lead_id'],
    ['an id that is too long', closeLead('x', { event: { lead_id: 'l'.repeat(129) } }).body, 400, 'no usable lead_id'],
    ['no id at all', closeLead('x', { event: { lead_id: null, object_id: null } }).body, 400, 'no usable lead_id'],
    ['nested 33 deep', `${'['.repeat(40)}${']'.repeat(40)}`, 400, 'body nests too deep'],
    ['nested half a million deep', `${'['.repeat(500_000)}${']'.repeat(500_000)}`, 400, 'body nests too deep'],
    ['over 1 MB', `"${'x'.repeat(1024 * 1024)}"`, 413, 'body is larger than 1 MB'],
  ])('%s', async (_, body, status, reason) => {
    const answer = await run.post('/webhooks/close', body, signed(body, key()));
    expect([answer.status, await answer.text()]).toEqual([status, reason]);
    expect(await stored()).toBe(0);
  });
});

it.each([
  ['POST', '/webhooks/pipedrive'],
  ['POST', '/webhooks/__proto__'],
  ['POST', '/elsewhere'],
  ['PUT', '/webhooks/close'],
  ['GET', '/webhooks/close'],
])('answers %s %s with 404', async (method, path) => {
  expect((await fetch(`${run.url}${path}`, { method })).status).toBe(404);
});

it('verifies with the current and the previous key after a rotation, and with no older one', async () => {
  await using own = await startLocal();
  const rotated = 'ab'.repeat(32);
  const name = 'lead-relay/local/south/close-signature-key';
  const old = own.settings.tenants[1]?.closeKey ?? '';
  await own.secrets.send(new PutSecretValueCommand({ SecretId: name, SecretString: rotated }));
  const [before, after] = [closeLead('before'), closeLead('after')];
  expect((await own.post('/webhooks/close', before.body, signed(before.body, old))).status).toBe(200);
  const taken = await until('the new key is read', async () => {
    const answer = await own.post('/webhooks/close', after.body, signed(after.body, rotated));
    return answer.status === 200;
  });
  expect(taken).toBe(true);

  const newest = 'ef'.repeat(32);
  await own.secrets.send(new PutSecretValueCommand({ SecretId: name, SecretString: newest }));
  await until('the newest key is read', async () => {
    const answer = await own.post('/webhooks/close', after.body, signed(after.body, newest));
    return answer.status === 200;
  });
  expect((await own.post('/webhooks/close', after.body, signed(after.body, rotated))).status).toBe(200);
  expect((await own.post('/webhooks/close', after.body, signed(after.body, old))).status).toBe(401);
});

it('answers 503 with Retry-After and raises an alarm where a key is not of its form, and says the same of any bad request then', async () => {
  const name = 'lead-relay/local/north/close-signature-key';
  const lead = closeLead('unusable');
  for (const SecretString of ['REPLACE_ME', 'REPLACE_ME_TOO'])
    await run.secrets.send(new PutSecretValueCommand({ SecretId: name, SecretString }));
  const answer = await until('the broken key is noticed', async () => {
    const response = await run.post('/webhooks/close', lead.body, signed(lead.body, 'cd'.repeat(32)));
    return response.status === 503 && response;
  });
  expect(answer.headers.get('retry-after')).toBe('30');
  expect(await answer.text()).toBe('try again later');
  const south = closeLead('good');
  expect((await postLead(run, south, 1)).status).toBe(200);
  await until('alarm', async () =>
    (await run.alarms()).some((alarm) => /signing-key/.test(alarm.name) && alarm.state === 'ALARM'),
  );
});

it('answers 503 within 4 s and stores nothing while S3 is down, slow or silent; the same request is taken afterwards', async () => {
  const lead = closeLead('s3');
  for (const fault of [{ status: 503 }, { status: 500 }, { hang: true }, { delayMs: 10_000 }]) {
    await run.fault('s3', fault);
    const answer = await postLead(run, lead, 1);
    expect([answer.status, answer.headers.get('retry-after')]).toEqual([503, '30']);
    await run.endFault('s3');
  }
  expect((await postLead(run, lead, 1)).status).toBe(200);
});
