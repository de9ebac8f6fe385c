import { describe, expect, it } from '@jest/globals';
import type { WebhookRequest } from '../../../lambdas/core/source.ts';
import { verify } from '../../../lambdas/sources/close/signature.ts';

/** Made with `openssl dgst -sha256 -mac HMAC -macopt hexkey:…` over timestamp and body. */
const vectors = [
  {
    name: 'a body with escapes, as Python writes it',
    key: '058bfb6a3d8cfdc4da7c3be5901b16ae11da982b46a25fb2cd7016e97a140a1c',
    timestamp: '1544271440',
    body: '{"subscription_id": "whsub_test", "event": {"id": "ev_test", "object_type": "lead", "action": "created", "lead_id": "lead_test", "data": {"display_name": "Jos\\u00e9 & Zo\\u00eb <x>"}}}',
    signature: 'e59c4a2750c028d57e8059808baeb45f12873d6ed81839bdc7724dd46883b0a3',
  },
  {
    name: 'a body with letters outside of ASCII and a line break at the end',
    key: '7f3c1a9be0d24685a1b2c3d4e5f60718293a4b5c6d7e8f90a1b2c3d4e5f60718',
    timestamp: '1770797731',
    body: '{"event": {"object_type": "lead", "action": "created", "lead_id": "lead_Rt5", "id": "ev_77", "date_created": "2026-02-11T08:15:30.250000", "data": {"name": "", "display_name": "Søren Ågård"}}, "subscription_id": "whsub_3"}\n',
    signature: 'a82ad2c166c3896939a9c9311a3a6cdb2229bf294f7724420789e720ea567d52',
  },
] as const;
const [vector] = vectors;
const signed = Number(vector.timestamp);
const tolerance = { past: 72 * 3600, future: 300 };

const request = (headers: Record<string, string>, body: string = vector.body): WebhookRequest => ({
  method: 'POST',
  url: 'https://relay.example/prod/webhooks/close',
  headers,
  query: {},
  body: Buffer.from(body),
});
const headersOf = ({ timestamp, signature }: { timestamp: string; signature: string }) => ({
  'close-sig-timestamp': timestamp,
  'close-sig-hash': signature,
});
const key = (value: string, tenant = 'north') => ({ tenant, value });

/** Who signed the first vector, given these keys at this second. */
const signer = (headers: Record<string, string>, keys = [key(vector.key)], second = signed) =>
  verify(request(headers), keys, { now: second * 1000, tolerance })?.tenant;

describe('a signature of Close', () => {
  it.each(vectors)('is known: $name', ({ key: value, body, ...rest }) => {
    const now = Number(rest.timestamp) * 1000;
    expect(verify(request(headersOf(rest), body), [key(value)], { now, tolerance })).toEqual(key(value));
  });

  it.each([
    ['the key as text', '4a1063fa8da61b3baad176604b963ab01b708782d319853ab81f4b94581698df'],
    ['an empty key', 'afed4b18a31ae78e80dfbd5a92eb5aa290f7b7bce33eaa69cb0f64fffbeb398f'],
    ['the body written anew', '1a063a76e16d24680312607cfb89b5c04624f3740b0dcf016af998aba7e364e5'],
    ['a dot between timestamp and body', '4d6abe7f370ecc73b997dcec752e18808cdb69428cbc8e8d201046753fc9bf72'],
  ])('is not one made with %s', (_, signature) => {
    expect(signer(headersOf({ timestamp: vector.timestamp, signature }))).toBeUndefined();
  });

  it('is not one made with an empty key, even where the only key is empty', () => {
    const empty = 'afed4b18a31ae78e80dfbd5a92eb5aa290f7b7bce33eaa69cb0f64fffbeb398f';
    expect(signer(headersOf({ timestamp: vector.timestamp, signature: empty }), [key('')])).toBeUndefined();
    expect(signer(headersOf({ timestamp: vector.timestamp, signature: empty }), [key('not hex')])).toBeUndefined();
  });

  it.each([
    ['its hash is in capitals', { signature: vector.signature.toUpperCase() }],
    ['its hash is cut', { signature: vector.signature.slice(0, 62) }],
    ['its hash is longer', { signature: `${vector.signature}00` }],
    ['its hash came twice', { signature: `${vector.signature}, ${vector.signature}` }],
    ['its hash says how it was made', { signature: `sha256=${vector.signature}` }],
    ['its hash is empty', { signature: '' }],
    ['its time is empty', { timestamp: '' }],
    ['its time is in milliseconds', { timestamp: `${vector.timestamp}000` }],
    ['its time is no number', { timestamp: '15442714ab' }],
    ['its time has a sign', { timestamp: '+154427144' }],
    ['its time has a fraction', { timestamp: '1544271440.5' }],
    ['its time has a line break', { timestamp: `${vector.timestamp}\n` }],
  ])('is not one where %s', (_, change) => expect(signer(headersOf({ ...vector, ...change }))).toBeUndefined());

  it('is none without its headers', () => {
    expect(signer({})).toBeUndefined();
    expect(signer({ 'close-sig-hash': vector.signature })).toBeUndefined();
    expect(signer({ 'close-sig-timestamp': vector.timestamp })).toBeUndefined();
  });
});

describe('the time of a signature', () => {
  it.each([
    ['72 hours ago', 72 * 3600, 'north'],
    ['a second more', 72 * 3600 + 1, undefined],
    ['a second less', 72 * 3600 - 1, 'north'],
    ['now', 0, 'north'],
    ['5 minutes ahead', -300, 'north'],
    ['a second more ahead', -301, undefined],
    ['a second less ahead', -299, 'north'],
  ])('may be: %s', (_, age, tenant) => expect(signer(headersOf(vector), [key(vector.key)], signed + age)).toBe(tenant));
});

describe('of several keys', () => {
  const other = '7f3c1a9be0d24685a1b2c3d4e5f60718293a4b5c6d7e8f90a1b2c3d4e5f60718';

  it('the current and the previous one of a tenant both count', () => {
    expect(signer(headersOf(vector), [key(vector.key), key(other)])).toBe('north');
    expect(signer(headersOf(vector), [key(other), key(vector.key)])).toBe('north');
  });

  it('the one that signed names the tenant', () => {
    expect(signer(headersOf(vector), [key(other, 'north'), key(vector.key, 'south')])).toBe('south');
    expect(signer(headersOf(vector), [key(vector.key, 'north'), key(other, 'south')])).toBe('north');
  });

  it('none may have signed', () => {
    expect(signer(headersOf(vector), [key(other, 'north'), key(`${other.slice(0, 62)}00`, 'south')])).toBeUndefined();
    expect(signer(headersOf(vector), [])).toBeUndefined();
  });
});
