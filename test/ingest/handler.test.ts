import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { PutObjectCommand, S3Client, S3ServiceException } from '@aws-sdk/client-s3';
import {
  GetSecretValueCommand,
  ResourceNotFoundException,
  SecretsManagerClient,
} from '@aws-sdk/client-secrets-manager';
import { beforeEach, describe, expect, it } from '@jest/globals';
import type { APIGatewayProxyEvent } from 'aws-lambda';
import { mockClient } from 'aws-sdk-client-mock';
import type * as Handler from '../../lambdas/ingest/handler.ts';
import { apiEvent } from '../fixtures/api-event.ts';
import { signing } from '../fixtures/close/signing.ts';
import { signing as hubspotSigning } from '../fixtures/hubspot/signing.ts';
import { lineFields, logLines } from '../fixtures/log-lines.ts';
import { signing as metaSigning } from '../fixtures/meta/signing.ts';

Object.assign(process.env, {
  BUCKET_NAME: 'leads',
  PUBLIC_URL: 'https://relay.example/prod',
  SOURCES: '["close","meta","hubspot"]',
  TENANTS: '["north","south"]',
  SIGNATURE_SECRET_NAME: 'relay/{tenant}/{source}-signature-key',
  VERIFY_TOKEN_SECRET_NAME: 'relay/{tenant}/{source}-verify-token',
  TOLERANCE: '{"close":{"past":259200,"future":300}}',
  SIGNATURE_SCHEMES: '{"hubspot":["v3"]}',
  LOST_AFTER_SECONDS: '1200',
  METRICS_NAMESPACE: 'LeadRelay/test',
});

const s3 = mockClient(S3Client);
const secretsManager = mockClient(SecretsManagerClient);
const [northKey, southKey] = signing.keys;
const body = readFileSync(new URL('../fixtures/close/deliveries/lead-created.json', import.meta.url));
const s3Answer = (status: number) =>
  new S3ServiceException({ name: 'x', $fault: 'client', $metadata: { httpStatusCode: status } });

/** A function as it starts, with nothing cached: the module under another name. */
let starts = 0;
async function coldStart() {
  starts += 1;
  return ((await import(`../../lambdas/ingest/handler.ts?start=${starts}`)) as typeof Handler).handler;
}

let handler: typeof Handler.handler;
let lines: ReturnType<typeof logLines>;
beforeEach(async () => {
  s3.reset();
  secretsManager.reset();
  s3.on(PutObjectCommand).resolves({});
  secretsManager.on(GetSecretValueCommand).rejects(new ResourceNotFoundException({ message: 'none', $metadata: {} }));
  secretHolds('north', northKey);
  secretHolds('south', southKey);
  lines = logLines();
  handler = await coldStart();
});

function secretHolds(tenant: string, SecretString: string, VersionStage = 'AWSCURRENT', what = 'close-signature-key') {
  secretsManager
    .on(GetSecretValueCommand, { SecretId: `relay/${tenant}/${what}`, VersionStage })
    .resolves({ SecretString });
}
const tokenIs = (tenant: string, token: string, stage?: string) =>
  secretHolds(tenant, token, stage, 'meta-verify-token');
const appSecretIs = (tenant: string, secret: string, stage?: string) =>
  secretHolds(tenant, secret, stage, 'meta-signature-key');

/** Close's POST, signed now, as the REST API delivers it. */
function delivery(of: Buffer = body, key = northKey, at = Date.now()): APIGatewayProxyEvent {
  const { headers } = signing.sign(of, key, at);
  return apiEvent({
    headers: {
      'Close-Sig-Hash': headers['close-sig-hash'],
      'Close-Sig-Timestamp': headers['close-sig-timestamp'],
      'content-type': 'application/json',
    },
    multiValueHeaders: {
      'Close-Sig-Hash': [headers['close-sig-hash'] ?? ''],
      'Close-Sig-Timestamp': [headers['close-sig-timestamp'] ?? ''],
      'content-type': ['application/json'],
    },
    body: of.toString('base64'),
    isBase64Encoded: true,
  });
}
const hubspotKey = (of: Buffer) => `source/hubspot_event_${createHash('sha256').update(of).digest('hex')}.json`;
const puts = () => s3.commandCalls(PutObjectCommand).map(({ args: [{ input }] }) => input);

it('takes a signed delivery, and keeps its bytes', async () => {
  expect(await handler(delivery())).toEqual({
    statusCode: 200,
    headers: { 'content-type': 'text/plain; charset=utf-8' },
    body: 'received',
  });
  expect(puts()).toEqual([
    expect.objectContaining({
      Bucket: 'leads',
      Key: 'source/crm_event_lead_Zq3.json',
      Body: body,
      IfNoneMatch: '*',
      Metadata: expect.objectContaining({
        source: 'close',
        tenant: 'north',
        origin: 'webhook',
        'correlation-id': 'request-1',
      }),
    }),
  ]);
});

const lower = (headers: Record<string, unknown>) =>
  Object.fromEntries(Object.entries(headers).map(([name, value]) => [name.toLowerCase(), value])) as never;

describe('whatever shape the API delivers it in', () => {
  it.each<[string, (event: APIGatewayProxyEvent) => Partial<APIGatewayProxyEvent>]>([
    ['both kinds of headers', () => ({})],
    ['headers once only', () => ({ multiValueHeaders: null as never })],
    ['headers as lists only', () => ({ headers: null as never })],
    [
      'headers in lower case',
      ({ headers, multiValueHeaders }) => ({ headers: lower(headers), multiValueHeaders: lower(multiValueHeaders) }),
    ],
    ['a body as text', () => ({ body: body.toString(), isBase64Encoded: false })],
    ['the old route', () => ({ resource: '/crm/webhook', path: '/crm/webhook', pathParameters: null })],
  ])('the answer and what is kept are the same: %s', async (_, shape) => {
    const event = delivery();
    expect((await handler({ ...event, ...shape(event) })).statusCode).toBe(200);
    expect(puts()).toEqual([expect.objectContaining({ Key: 'source/crm_event_lead_Zq3.json', Body: body })]);
  });
});

describe('what is kept', () => {
  it('is of the tenant whose key signed', async () => {
    await handler(delivery(body, southKey));
    expect(puts()[0]?.Metadata).toMatchObject({ tenant: 'south' });
  });

  it('is kept once: what is there already is a duplicate, and answered in the same way', async () => {
    s3.on(PutObjectCommand).rejects(s3Answer(412));
    expect(await handler(delivery())).toMatchObject({ statusCode: 200, body: 'received' });
    expect(lines.at(-1)).toMatchObject({ outcome: 'duplicate', Duplicate: 1 });
  });

  it('is put again where another writer was under way', async () => {
    s3.on(PutObjectCommand).rejectsOnce(s3Answer(409)).resolves({});
    expect(await handler(delivery())).toMatchObject({ statusCode: 200 });
    expect(puts()).toHaveLength(2);
  });
});

describe('what is refused', () => {
  it.each<[number, string, () => APIGatewayProxyEvent]>([
    [401, 'bad signature', () => delivery(body, 'ab'.repeat(32))],
    [401, 'bad signature', () => delivery(body, '')],
    [401, 'bad signature', () => delivery(body, northKey, Date.now() - 73 * 3_600_000)],
    [401, 'bad signature', () => delivery(body, northKey, Date.now() + 10 * 60_000)],
    [401, 'bad signature', () => apiEvent({ body: body.toString() })],
    [401, 'bad signature', () => apiEvent({ body: null, headers: null as never, multiValueHeaders: null as never })],
    [400, 'body is not JSON', () => delivery(Buffer.from('{"event":'))],
    [400, 'not a Close event', () => delivery(Buffer.from('{"object":"page"}'))],
    [400, 'body nests too deep', () => delivery(Buffer.from('['.repeat(500_000) + ']'.repeat(500_000)))],
    [400, 'no usable lead_id', () => delivery(Buffer.from(body.toString().replaceAll('lead_Zq3', '../../x')))],
    [413, 'body is larger than 1 MB', () => delivery(Buffer.alloc(1024 * 1024 + 1, ' '))],
    [404, 'unknown source', () => ({ ...delivery(), pathParameters: { source: 'salesforce' } })],
    [404, 'unknown source', () => ({ ...delivery(), pathParameters: { source: '__proto__' } })],
    [404, 'unknown source', () => ({ ...delivery(), pathParameters: { source: 'constructor' } })],
    [404, 'this source has no handshake', () => apiEvent({ httpMethod: 'GET' })],
  ])('with %i is: %s', async (statusCode, reason, event) => {
    expect(await handler(event())).toEqual({
      statusCode,
      headers: { 'content-type': 'text/plain; charset=utf-8' },
      body: reason,
    });
    expect(s3.calls()).toEqual([]);
    expect(lines.at(-1)).toMatchObject({ step: 'ingest', outcome: String(statusCode), reason });
  });
});

describe('what can’t be taken now', () => {
  const tryAgain = {
    statusCode: 503,
    headers: { 'content-type': 'text/plain; charset=utf-8', 'retry-after': '30' },
    body: 'try again later',
  };

  it.each([500, 503, 403])('is answered with "try again" where S3 says %i', async (status) => {
    s3.on(PutObjectCommand).rejects(s3Answer(status));
    expect(await handler(delivery())).toEqual(tryAgain);
    expect(lines.at(-1)).toMatchObject({ outcome: '503', StoreUnavailable: 1 });
  });

  it('is answered so where the keys can’t be read', async () => {
    secretsManager.reset();
    secretsManager
      .on(GetSecretValueCommand)
      .rejects(new Error('AccessDenied to arn:aws:secretsmanager:eu-west-1:123456789012'));
    expect(await handler(delivery())).toEqual(tryAgain);
    expect(lines.at(-1)).toMatchObject({ outcome: '503', SecretUnusable: 1 });
    expect(JSON.stringify(lines)).not.toContain('123456789012');
  });

  it.each(['', 'changeme', northKey.slice(1)])('is answered so where the signing key is %j', async (value) => {
    secretHolds('north', value);
    expect(await handler(delivery())).toEqual(tryAgain);
    expect(lines.at(-1)).toMatchObject({ SecretUnusable: 1, reason: 'signing key missing or malformed' });
    expect(s3.calls()).toEqual([]);
  });

  it('is no delivery of another tenant, whose key is in order', async () => {
    secretHolds('north', 'changeme');
    expect(await handler(delivery(body, southKey))).toMatchObject({ statusCode: 200 });
  });
});

describe('keys', () => {
  it('are read once for many deliveries', async () => {
    await handler(delivery());
    const calls = secretsManager.calls().length;
    await handler(delivery());
    await handler(delivery(body, southKey));
    expect(secretsManager.calls()).toHaveLength(calls);
  });

  it('that were rotated a moment ago count at once, and the previous ones still', async () => {
    const next = 'cd'.repeat(32);
    await handler(delivery());
    secretHolds('north', next);
    secretHolds('north', northKey, 'AWSPREVIOUS');
    expect(await handler(delivery(body, next))).toMatchObject({ statusCode: 200 });
    expect(await handler(delivery(body, northKey))).toMatchObject({ statusCode: 200 });
  });

  it('are not read again and again for strangers', async () => {
    await handler(delivery(body, 'ab'.repeat(32)));
    const calls = secretsManager.calls().length;
    for (let count = 0; count < 10; count += 1) await handler(delivery(body, 'ab'.repeat(32)));
    expect(secretsManager.calls()).toHaveLength(calls);
  });
});

/** Meta’s test of the address, as its console makes it; `undefined` leaves a parameter out. */
function handshake(
  change: Record<string, string | undefined> = {},
  resource = '/webhooks/{source}',
): APIGatewayProxyEvent {
  const said = { ...metaSigning.shakeHands?.('blue-harbour-42', '1158201444').query, ...change };
  const query = Object.fromEntries(Object.entries(said).filter(([, value]) => value !== undefined));
  const lists = Object.entries(query).map(([name, value]) => [name, [value]]);
  return apiEvent({
    httpMethod: 'GET',
    resource,
    pathParameters: resource.includes('{') ? { source: 'meta' } : null,
    queryStringParameters: query,
    multiValueQueryStringParameters: Object.fromEntries(lists) as Record<string, string[]>,
  });
}
const plainText = { 'content-type': 'text/plain; charset=utf-8' };

describe('Meta’s test of the address', () => {
  it.each(['/webhooks/{source}', '/webhook', '/api/meta/webhook'])(
    'is answered at %s with the challenge as plain text',
    async (resource) => {
      tokenIs('north', 'blue-harbour-42');
      expect(await handler(handshake({}, resource))).toEqual({
        statusCode: 200,
        headers: plainText,
        body: '1158201444',
      });
      expect(s3.calls()).toEqual([]);
      expect(lines).toEqual([
        expect.objectContaining({ step: 'ingest', outcome: 'handshake', source: 'meta', correlation_id: 'request-1' }),
      ]);
      expect(lines[0]).not.toHaveProperty('_aws');
    },
  );

  it('is answered whoever’s token it is', async () => {
    tokenIs('south', 'blue-harbour-42');
    expect(await handler(handshake())).toMatchObject({ statusCode: 200 });
  });

  it.each<[string, Record<string, string | undefined>]>([
    ['a wrong token', { 'hub.verify_token': 'red-harbour-42' }],
    ['no token', { 'hub.verify_token': undefined }],
    ['an empty token', { 'hub.verify_token': '' }],
    ['another mode', { 'hub.mode': 'unsubscribe' }],
    ['no mode', { 'hub.mode': undefined }],
    ['a challenge that is a script', { 'hub.challenge': '<script>alert(1)</script>' }],
    ['no challenge', { 'hub.challenge': undefined }],
  ])('is forbidden with %s', async (_, change) => {
    tokenIs('north', 'blue-harbour-42');
    expect(await handler(handshake(change))).toEqual({
      statusCode: 403,
      headers: plainText,
      body: 'wrong verify token or challenge',
    });
    expect(lines.at(-1)).toMatchObject({ outcome: '403' });
    expect(lines.at(-1)).not.toHaveProperty('_aws');
  });

  it('is forbidden where the token came as several', async () => {
    tokenIs('north', 'blue-harbour-42');
    const event = handshake();
    const lists = { ...event.multiValueQueryStringParameters, 'hub.verify_token': ['blue-harbour-42', 'x'] };
    expect(await handler({ ...event, multiValueQueryStringParameters: lists })).toMatchObject({ statusCode: 403 });
  });

  it('knows a token that was changed a moment ago at once, and the one before still', async () => {
    tokenIs('north', 'blue-harbour-42');
    await handler(handshake());
    tokenIs('north', 'green-harbour-43');
    tokenIs('north', 'blue-harbour-42', 'AWSPREVIOUS');
    expect(await handler(handshake({ 'hub.verify_token': 'green-harbour-43' }))).toMatchObject({ statusCode: 200 });
    expect(await handler(handshake())).toMatchObject({ statusCode: 200 });
  });

  it('is answered by a function that starts after the first token was filled in', async () => {
    expect(await handler(handshake())).toMatchObject({ statusCode: 503 });
    tokenIs('north', 'blue-harbour-42');
    handler = await coldStart();
    expect(await handler(handshake())).toMatchObject({ statusCode: 200 });
  });

  it('has to come again where there is no token at all, which rings no alarm: anybody can ask', async () => {
    expect(await handler(handshake())).toEqual({
      statusCode: 503,
      headers: { ...plainText, 'retry-after': '30' },
      body: 'try again later',
    });
    expect(lines.at(-1)).toMatchObject({ outcome: '503', reason: 'no verify token is set' });
    expect(lines.at(-1)).not.toHaveProperty('_aws');
  });

  it('has to come again where the tokens can’t be read', async () => {
    secretsManager.reset();
    secretsManager.on(GetSecretValueCommand).rejects(new Error('down: blue-harbour-42'));
    expect(await handler(handshake())).toMatchObject({ statusCode: 503, body: 'try again later' });
    expect(JSON.stringify(lines)).not.toContain('harbour');
  });

  it('does not make us read the tokens again and again for strangers', async () => {
    tokenIs('north', 'blue-harbour-42');
    await handler(handshake({ 'hub.verify_token': 'wrong' }));
    const calls = secretsManager.calls().length;
    for (let count = 0; count < 10; count += 1) await handler(handshake({ 'hub.verify_token': 'wrong' }));
    expect(secretsManager.calls()).toHaveLength(calls);
  });

  it('leaves neither token nor challenge in the log', async () => {
    tokenIs('north', 'blue-harbour-42');
    await handler(handshake());
    await handler(handshake({ 'hub.verify_token': 'red-harbour-42' }));
    expect(JSON.stringify(lines)).not.toMatch(/harbour|1158201444/);
  });
});

describe('a delivery of Meta', () => {
  const batch = readFileSync(new URL('../fixtures/meta/deliveries/batch-two-pages.json', import.meta.url));
  const [northSecret, southSecret] = metaSigning.keys;

  /** Meta's POST, as the REST API delivers it. */
  const metaDelivery = (of: Buffer = batch, secret = northSecret, resource = '/webhooks/{source}') => {
    const { headers } = metaSigning.sign(of, secret, Date.now());
    return apiEvent({
      resource,
      pathParameters: resource.includes('{') ? { source: 'meta' } : null,
      headers: {
        'X-Hub-Signature': headers['x-hub-signature'],
        'X-Hub-Signature-256': headers['x-hub-signature-256'],
        'User-Agent': 'Webhooks/1.0 (https://fb.me/webhooks)',
      },
      body: of.toString('base64'),
      isBase64Encoded: true,
    });
  };
  beforeEach(() => {
    appSecretIs('north', northSecret);
    appSecretIs('south', southSecret);
  });

  it.each([
    ['/webhooks/{source}', northSecret],
    ['/webhook', northSecret],
    ['/api/meta/webhook', southSecret],
  ])('is taken at %s and kept whole, without a tenant: its pages say whose it is', async (resource, secret) => {
    expect(await handler(metaDelivery(batch, secret, resource))).toEqual({
      statusCode: 200,
      headers: plainText,
      body: 'EVENT_RECEIVED',
    });
    expect(puts()).toEqual([
      expect.objectContaining({
        // sha256 of the file, by sha256sum
        Key: 'source/meta_event_5cbfbdc5126e0f626f8678fa197da1b5f32f05afa05e29663e35a001dc083ed5.json',
        Body: batch,
        IfNoneMatch: '*',
      }),
    ]);
    const { Metadata = {} } = puts()[0] ?? {};
    expect(Object.keys(Metadata).toSorted()).toEqual(['correlation-id', 'digest', 'origin', 'received-at', 'source']);
    expect(Metadata['source']).toBe('meta');
    expect(lines.at(-1)).toMatchObject({ outcome: 'stored', metaSignatureVerified: 1, Stored: 1 });
    expect(lines.at(-1)).not.toHaveProperty('tenant');
  });

  it('of 1,000 leads is kept with one put', async () => {
    const value = { leadgen_id: '1480332907715264', page_id: '604180245791302', form_id: '911420387765013' };
    const changes = Array.from({ length: 1000 }, (_, index) => ({
      field: 'leadgen',
      value: { ...value, leadgen_id: String(1480332907715264 + index), created_time: 1772717400 },
    }));
    const large = Buffer.from(JSON.stringify({ object: 'page', entry: [{ id: '604180245791302', changes }] }));
    expect(await handler(metaDelivery(large))).toMatchObject({ statusCode: 200 });
    expect(puts()).toHaveLength(1);
  });

  it('is taken with the app secret that was rotated a moment ago, and with the one before', async () => {
    const next = 'cd'.repeat(16);
    await handler(metaDelivery());
    appSecretIs('north', next);
    appSecretIs('north', northSecret, 'AWSPREVIOUS');
    expect(await handler(metaDelivery(batch, next))).toMatchObject({ statusCode: 200 });
    expect(await handler(metaDelivery(batch, northSecret))).toMatchObject({ statusCode: 200 });
  });

  it.each<[number, string, () => APIGatewayProxyEvent]>([
    [401, 'bad signature', () => metaDelivery(batch, 'ab'.repeat(16))],
    [401, 'bad signature', () => ({ ...metaDelivery(), body: Buffer.from('{}').toString('base64') })],
    [401, 'bad signature', () => ({ ...metaDelivery(), headers: {} })],
    [400, 'body is not JSON', () => metaDelivery(Buffer.from('hub.mode=subscribe'))],
    [400, 'not a delivery of Meta', () => metaDelivery(Buffer.from('{"event":[]}'))],
    [413, 'body is larger than 1 MB', () => metaDelivery(Buffer.alloc(1024 * 1024 + 1, ' '))],
  ])('is refused with %i: %s', async (statusCode, reason, event) => {
    expect(await handler(event())).toMatchObject({ statusCode, body: reason });
    expect(s3.calls()).toEqual([]);
  });

  it('signed with a key of another source is no delivery', async () => {
    secretHolds('north', northSecret, 'AWSCURRENT', 'close-signature-key');
    appSecretIs('north', 'ab'.repeat(16));
    expect(await handler(metaDelivery(batch, northSecret))).toMatchObject({ statusCode: 401 });
  });

  it('has to come again where no app secret is filled in', async () => {
    appSecretIs('north', '');
    appSecretIs('south', 'changeme');
    expect(await handler(metaDelivery())).toMatchObject({ statusCode: 503, body: 'try again later' });
    expect(lines.at(-1)).toMatchObject({ outcome: '503', SecretUnusable: 1 });
  });
});

describe('a delivery of HubSpot', () => {
  const contacts = readFileSync(new URL('../fixtures/hubspot/deliveries/import-of-three.json', import.meta.url));
  const [northSecret, southSecret] = hubspotSigning.keys;

  /** HubSpot's POST with these of its headers, as the REST API delivers it. */
  const hubspotDelivery = (which = /./, of: Buffer = contacts, at = Date.now()) => {
    const { headers } = hubspotSigning.sign(of, northSecret, at);
    return apiEvent({
      pathParameters: { source: 'hubspot' },
      headers: Object.fromEntries(Object.entries(headers).filter(([name]) => which.test(name))),
      body: of.toString('base64'),
      isBase64Encoded: true,
    });
  };
  beforeEach(() => {
    secretHolds('north', northSecret, 'AWSCURRENT', 'hubspot-signature-key');
    secretHolds('south', southSecret, 'AWSCURRENT', 'hubspot-signature-key');
  });

  it('is kept as nobody’s, since each of its events says by its portal whose it is', async () => {
    expect(await handler(hubspotDelivery())).toMatchObject({ statusCode: 200, body: 'received' });
    expect(puts()).toHaveLength(1);
    expect(puts()[0]).toMatchObject({ Key: hubspotKey(contacts), Body: contacts, Metadata: { source: 'hubspot' } });
    expect(puts()[0]?.Metadata).not.toHaveProperty('tenant');
    expect(lines.at(-1)).toMatchObject({ outcome: 'stored', hubspotSignatureVerified: 1, Stored: 1, Captured: 0 });
  });

  it.each<[string, () => APIGatewayProxyEvent]>([
    ['signed in the old way, which the stage does not take', () => hubspotDelivery(/signature(-version)?$/)],
    ['signed six minutes ago', () => hubspotDelivery(/./, contacts, Date.now() - 6 * 60_000)],
  ])('%s is refused, and counts against the key: it is no stranger’s', async (_, event) => {
    expect(await handler(event())).toMatchObject({ statusCode: 401 });
    expect(puts()).toEqual([]);
    expect(lines.at(-1)).toMatchObject({ outcome: '401', hubspotSignatureVerified: 0 });
  });

  it('without any signature is a stranger’s, and counts as nothing', async () => {
    expect(await handler(hubspotDelivery(/content-type/))).toMatchObject({ statusCode: 401 });
    expect(lines.at(-1)).not.toHaveProperty('hubspotSignatureVerified');
  });
});

describe('the log', () => {
  it('counts what was stored, and that it is not captured yet', async () => {
    await handler(delivery());
    expect(lines).toEqual([
      expect.objectContaining({
        step: 'ingest',
        outcome: 'stored',
        source: 'close',
        tenant: 'north',
        correlation_id: 'request-1',
        closeSignatureVerified: 1,
        Stored: 1,
        Captured: 0,
      }),
    ]);
  });

  it('counts what was stored as of the moment by which it must have been read, and nothing else so', async () => {
    const counts: Record<string, unknown>[] = [];
    logLines(counts);
    await handler(delivery());
    s3.on(PutObjectCommand).rejects(s3Answer(412));
    await handler(delivery());
    await handler(delivery(body, 'ab'.repeat(32)));
    expect(counts).toEqual([{ time: expect.any(String), Awaited: 1, _aws: expect.anything() }]);
    const [put] = s3.commandCalls(PutObjectCommand);
    const receivedAt = Date.parse(put?.args[0].input.Metadata?.['received-at'] ?? '');
    expect(counts).toMatchObject([{ _aws: { Timestamp: receivedAt + 1_200_000 } }]);
  });

  it.each<[string, () => APIGatewayProxyEvent]>([
    ['that no key of ours made', () => delivery(body, 'ab'.repeat(32))],
    ['that is too old', () => delivery(body, northKey, Date.now() - 73 * 3_600_000)],
    [
      'whose header is in lower case',
      () => ({ ...delivery(), headers: { 'close-sig-hash': 'ab' }, multiValueHeaders: {} }),
    ],
  ])('counts a signature %s', async (_, event) => {
    expect(await handler(event())).toMatchObject({ statusCode: 401 });
    expect(lines.at(-1)).toMatchObject({ outcome: '401', closeSignatureVerified: 0 });
  });

  it.each<[string, number, () => APIGatewayProxyEvent]>([
    ['a stranger who signed nothing', 401, () => apiEvent({ body: body.toString() })],
    [
      'a stranger without any header',
      401,
      () => apiEvent({ headers: null as never, multiValueHeaders: null as never }),
    ],
    ['a signed delivery that is not the vendor’s', 400, () => delivery(Buffer.from('{"object":"page"}'))],
    ['a signed delivery that is too large', 413, () => delivery(Buffer.alloc(1024 * 1024 + 1, ' '))],
    ['a signed delivery to an unknown address', 404, () => ({ ...delivery(), pathParameters: { source: 'x' } })],
  ])('does not count %s as a signature that failed', async (_, statusCode, event) => {
    expect(await handler(event())).toMatchObject({ statusCode });
    expect(lines.at(-1)).toMatchObject({ outcome: String(statusCode) });
    expect(lines.at(-1)).not.toHaveProperty('closeSignatureVerified');
  });

  it('holds nothing of the sender, the body or the keys', async () => {
    await handler(delivery());
    await handler(delivery(body, 'ab'.repeat(32)));
    s3.on(PutObjectCommand).rejects(Object.assign(new Error('Zoë Müller'), { name: 'InternalError' }));
    await handler(delivery());
    const metrics = ['closeSignatureVerified', 'Stored', 'Captured', 'StoreUnavailable'];
    for (const line of lines) expect([...lineFields, ...metrics]).toEqual(expect.arrayContaining(Object.keys(line)));
    for (const secret of ['Zoë', 'Müller', northKey, signing.sign(body, northKey, 0).headers['close-sig-hash']]) {
      expect(JSON.stringify(lines)).not.toContain(secret);
    }
  });
});
