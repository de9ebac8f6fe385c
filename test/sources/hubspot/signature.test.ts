import { describe, expect, it } from '@jest/globals';
import type { SigningKey, WebhookRequest } from '../../../lambdas/core/source.ts';
import { verify } from '../../../lambdas/sources/hubspot/signature.ts';

const DOCS_SECRET = 'yyyyyyyy-yyyy-yyyy-yyyy-yyyyyyyyyyyy';
const DOCS_URL = 'https://www.example.com/webhook_uri';
const DOCS_BODY = "{'example_field':'example_value'}";

/** From the tests of HubSpot's own libraries for Python and Ruby; the third was made with `openssl dgst -sha256 -hmac … -binary | base64`. */
const vectors = [
  {
    name: 'of the library for Python',
    secret: DOCS_SECRET,
    url: DOCS_URL,
    body: DOCS_BODY,
    timestamp: 1693657560000,
    signature: 'K36dawei4A+QBNolUOqo7s91KQDWQ5MXZ/QufNYuk/Y=',
  },
  {
    name: 'of the library for Ruby',
    secret: DOCS_SECRET,
    url: DOCS_URL,
    body: DOCS_BODY,
    timestamp: 1700000300000,
    signature: 'RnbPH7+UMKVkbV32P8bz450N4M56aPmcru1+D3kSDtw=',
  },
  {
    name: 'of a batch to API Gateway',
    secret: 'test-client-secret',
    url: 'https://abcdefghij.execute-api.us-east-1.amazonaws.com/prod/webhooks/hubspot',
    body: '[{"eventId":1030198139,"subscriptionId":4578255,"portalId":242711451,"appId":19635961,"occurredAt":1769081993375,"subscriptionType":"deal.creation","attemptNumber":0,"objectId":267448862446,"changeFlag":"CREATED","changeSource":"CRM_UI","sourceId":"userId:52530071"}]',
    timestamp: 1769081994066,
    signature: 'nSdiTQK5mo3p0V4qKOXmLpa/a5KUPwrK9IWR/FT7BiE=',
  },
] as const;
const [first, , batch] = vectors;

const key = (value: string, tenant = 'north') => ({ tenant, value });
const tolerance = { past: 300, future: 300 };

interface Sent {
  url?: string;
  body?: string;
  headers: Record<string, string>;
}
const request = ({ url = first.url, body = first.body, headers }: Sent): WebhookRequest => ({
  method: 'POST',
  url,
  headers,
  query: {},
  body: Buffer.from(body),
});
const v3 = (signature: string, timestamp: number | string) => ({
  'x-hubspot-signature-v3': signature,
  'x-hubspot-request-timestamp': String(timestamp),
});
/** Who signed the first vector's request, read at its own time unless said otherwise. */
const signer = (
  change: Partial<Sent> = {},
  { now = first.timestamp, keys = [key(first.secret)] }: { now?: number; keys?: SigningKey[] } = {},
) => verify(request({ headers: v3(first.signature, first.timestamp), ...change }), keys, { now, tolerance })?.tenant;

describe('a signature of version 3', () => {
  it.each(vectors)('is known: $name', ({ secret, url, body, timestamp, signature }) => {
    const sent = request({ url, body, headers: v3(signature, timestamp) });
    expect(verify(sent, [key(secret)], { now: timestamp, tolerance })).toEqual(key(secret));
  });

  it.each([
    ['the address', { url: `${first.url}/` }],
    ['the host', { url: 'https://example.com/webhook_uri' }],
    ['the body', { body: first.body.replace('value', 'Value') }],
    ['the time', { headers: v3(first.signature, first.timestamp + 1) }],
  ])('is none of a request with another one of these: %s', (_, change) => expect(signer(change)).toBeUndefined());

  it('is none of a request made by another method', () => {
    const sent = { ...request({ headers: v3(first.signature, first.timestamp) }), method: 'PUT' };
    expect(verify(sent, [key(first.secret)], { now: first.timestamp, tolerance })).toBeUndefined();
  });

  it.each([
    [299, 'north'],
    [300, 'north'],
    [301, undefined],
    [-300, 'north'],
    [-301, undefined],
  ])('that is %i s old is from %s', (age, expected) =>
    expect(signer({}, { now: first.timestamp + age * 1000 })).toBe(expected),
  );

  it.each([
    ['in seconds', '1693657560'],
    ['with a fraction', '1693657560000.0'],
    ['with letters', '1693657560000abc'],
    ['that is no number', 'NaN'],
    ['twice', '1693657560000, 1693657560000'],
    ['empty', ''],
  ])('with a time %s is none', (_, timestamp) =>
    expect(signer({ headers: v3(first.signature, timestamp) })).toBeUndefined(),
  );

  it.each([
    ['as the same bytes written otherwise', 'K36dawei4A+QBNolUOqo7s91KQDWQ5MXZ/QufNYuk/Z='],
    ['for addresses', 'K36dawei4A-QBNolUOqo7s91KQDWQ5MXZ_QufNYuk_Y='],
    ['without its end', 'K36dawei4A+QBNolUOqo7s91KQDWQ5MXZ/QufNYuk/Y'],
    ['with more behind it', 'K36dawei4A+QBNolUOqo7s91KQDWQ5MXZ/QufNYuk/Y=AAAA'],
    ['with a line break', 'K36dawei4A+QBNolUOqo7s91KQDWQ5MXZ/QufNYuk/Y=\n'],
    ['in hex', '2b7e9d6b07a2e00f9004da2550eaa8eecf752900d643931767f42e7cd62e93f6'],
    ['empty', ''],
  ])('in base64 %s is none', (_, signature) =>
    expect(signer({ headers: v3(signature, first.timestamp) })).toBeUndefined(),
  );

  it('is none with an empty secret, even where the only secret is empty', () => {
    // printf … | openssl dgst -sha256 -hmac '' -binary | base64
    const headers = v3('Hver05K6S9P9hKbVzaHgGE9xJ4N+KSvhB2lyRf8FXSQ=', first.timestamp);
    expect(signer({ headers }, { keys: [key('')] })).toBeUndefined();
  });

  it('of the current and of the previous secret both count, and the one that signed says whose it is', () => {
    expect(signer({}, { keys: [key('another'), key(first.secret)] })).toBe('north');
    expect(signer({}, { keys: [key(first.secret, 'south'), key('another')] })).toBe('south');
  });
});

describe('an address with encoded characters', () => {
  /** Made with `openssl` over `POSThttps://relay.example/a:b/c?d=e@f!g$h'i(j)k*l,m;n&o=p%20q%2Br` and the rest. */
  const decoded = "https://relay.example/a:b/c?d=e@f!g$h'i(j)k*l,m;n&o=p%20q%2Br";
  const encoded = 'https://relay.example/a%3Ab%2Fc%3Fd=e%40f%21g%24h%27i%28j%29k%2Al%2Cm%3Bn&o=p%20q%2Br';
  const by = async (url: string) => {
    const { createHmac } = await import('node:crypto');
    const hash = createHmac('sha256', first.secret).update(`POST${decoded}${first.body}${first.timestamp}`);
    return signer({ url, headers: v3(hash.digest('base64'), first.timestamp) });
  };

  it('is signed with those of HubSpot’s table as themselves, and with all others as they are', async () => {
    expect(await by(encoded)).toBe('north');
    expect(await by(encoded.replaceAll(/%[0-9A-F]{2}/g, (code) => code.toLowerCase()))).toBeUndefined();
    expect(await by(encoded.replace('%3A', '%3a'))).toBe('north');
    expect(await by(decoded)).toBe('north');
    expect(await by(encoded.replace('%20', ' '))).toBeUndefined();
  });
});

describe('a signature of version 1', () => {
  /** The fixture of HubSpot's own library for Node. */
  const old = {
    secret: DOCS_SECRET,
    body: '[{"eventId":1,"subscriptionId":12345,"portalId":62515,"occurredAt":1564113600000,"subscriptionType":"contact.creation","attemptNumber":0,"objectId":123,"changeSource":"CRM","changeFlag":"NEW","appId":54321}]',
    signature: '232db2615f3d666fe21a8ec971ac7b5402d33b9a925784df3ca654d05f4817de',
  };
  const v1 = { 'x-hubspot-signature': old.signature, 'x-hubspot-signature-version': 'v1' };
  const oldSigner = (headers: Record<string, string>, schemes: string[] | undefined, body = old.body) =>
    verify(request({ body, headers }), [key(old.secret)], { now: first.timestamp, tolerance, schemes })?.tenant;

  it('counts where the stage takes it, and nowhere else', () => {
    expect(oldSigner(v1, ['v3', 'v1'])).toBe('north');
    expect(oldSigner(v1, ['v3'])).toBeUndefined();
    expect(oldSigner(v1, undefined)).toBeUndefined();
  });

  it('never stands in for one of version 3 that is wrong or too old', () => {
    expect(oldSigner({ ...v1, ...v3(first.signature, first.timestamp) }, ['v3', 'v1'])).toBeUndefined();
    expect(oldSigner({ ...v1, 'x-hubspot-signature-v3': '' }, ['v3', 'v1'])).toBeUndefined();
  });

  it('is of this very body, in small letters, and says that it is of version 1', () => {
    expect(oldSigner(v1, ['v1'], `${old.body} `)).toBeUndefined();
    expect(oldSigner({ ...v1, 'x-hubspot-signature': old.signature.toUpperCase() }, ['v1'])).toBeUndefined();
    expect(oldSigner({ 'x-hubspot-signature': old.signature }, ['v1'])).toBeUndefined();
    expect(oldSigner({ ...v1, 'x-hubspot-signature-version': 'v2' }, ['v1'])).toBeUndefined();
  });

  it('is the only one where the stage takes no other', () => {
    const sent = request({ body: batch.body, url: batch.url, headers: v3(batch.signature, batch.timestamp) });
    expect(verify(sent, [key(batch.secret)], { now: batch.timestamp, tolerance, schemes: ['v1'] })).toBeUndefined();
  });
});
