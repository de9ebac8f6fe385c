import { describe, expect, it } from '@jest/globals';
import type { WebhookRequest } from '../../../lambdas/core/source.ts';
import { verify } from '../../../lambdas/sources/meta/signature.ts';

/** Made with `openssl dgst -sha256 -hmac …` over the body. */
const vectors = [
  {
    name: 'a body with escapes, as Meta writes it',
    secret: 'meta-app-secret',
    body: '{"object":"page","entry":[{"id":"1","time":1,"changes":[{"field":"leadgen","value":{"leadgen_id":"1","note":"\\u00e4\\u00f6\\u00e5 a\\/b \\u003C\\u0040"}}]}]}',
    signature: 'sha256=9fc39edf4e7bc223d1db0eee43902425809bbeef7d79b722b8bb11ac2f94c5d0',
  },
  {
    name: 'a body without any',
    secret: 'meta-app-secret',
    body: '{"object":"page","entry":[{"id":"153125381133","time":1438292065,"changes":[{"field":"leadgen","value":{"leadgen_id":"123123123123","page_id":"153125381133","form_id":"12312312312","created_time":1440120384}}]}]}',
    signature: 'sha256=5c331b683314720098bde1aaae876d2adac46c24b7ef81b1f331e9d81b9bcbb6',
  },
  {
    name: 'a body with letters outside of ASCII, and a secret of Meta’s form',
    secret: '3f9a0c5d7b1e4286a0d4c8f21b7e6935',
    body: '{"object":"page","entry":[{"id":"604180245791302","time":1772717402,"changes":[{"field":"leadgen","value":{"leadgen_id":"1480332907715264","page_id":"604180245791302","note":"Zoë Müller"}}]}]}',
    signature: 'sha256=8e98fa7403457e1e67af10219839eb05f8062b3bd0d724ddfcdecedad0d2eae3',
  },
] as const;
const [escaped, , hexSecret] = vectors;
const hex = escaped.signature.slice('sha256='.length);

const request = (headers: Record<string, string>, body: string = escaped.body): WebhookRequest => ({
  method: 'POST',
  url: 'https://relay.example/prod/webhooks/meta',
  headers,
  query: {},
  body: Buffer.from(body),
});
const key = (value: string, tenant = 'north') => ({ tenant, value });

/** Who signed the first vector's body with this signature, given these secrets. */
const signer = (signature: string, keys = [key(escaped.secret)]) =>
  verify(request({ 'x-hub-signature-256': signature }), keys)?.tenant;

describe('a signature of Meta', () => {
  it.each(vectors)('is known: $name', ({ secret, body, signature }) => {
    expect(verify(request({ 'x-hub-signature-256': signature }, body), [key(secret)])).toEqual(key(secret));
  });

  it.each([
    ['the body decoded', 'sha256=07f6ffceb425884d6134e330cb459775a4ed8c7b191978cca1f61f79fed416bb'],
    ['SHA-1', 'sha1=4549a1e692d6893b706647f31e13b785a4835bed'],
    ['no secret', 'sha256=35ee545067683a4143cf32885756b57a429956e1183482e983a38010b7d937ab'],
    ['an empty secret', 'sha256=6dbcb57c5cd834b52acdff1180d82b42386adf7d15cf066b62325a2b9f777565'],
    ['a plain hash over secret and body', 'sha256=d5b7d5755f991bb70c1a358f15cd60282d39ea2e3ababa16323e87a1350fcdd8'],
  ])('is not one made with %s', (_, signature) => expect(signer(signature)).toBeUndefined());

  it('is not one made with the secret’s bytes instead of its text', () => {
    const signature = 'sha256=131f9daaad1869e650a57daffcc749c58c3aa882cb48de14dc40d66c208a74b3';
    const signed = request({ 'x-hub-signature-256': signature }, hexSecret.body);
    expect(verify(signed, [key(hexSecret.secret)])).toBeUndefined();
  });

  it('is not one made with an empty secret, even where the only secret is empty', () => {
    expect(
      signer('sha256=6dbcb57c5cd834b52acdff1180d82b42386adf7d15cf066b62325a2b9f777565', [key('')]),
    ).toBeUndefined();
  });

  it.each([
    ['its hash is in capitals', `sha256=${hex.toUpperCase()}`],
    ['its kind is in capitals', `SHA256=${hex}`],
    ['it does not say how it was made', hex],
    ['it says that it was made otherwise', `sha512=${hex}`],
    ['its hash is cut', `sha256=${hex.slice(0, 62)}`],
    ['its hash is longer', `sha256=${hex}00`],
    ['it came twice', `sha256=${hex}, sha256=${hex}`],
    ['it ends with a line break', `sha256=${hex}\n`],
    ['it begins with a space', ` sha256=${hex}`],
    ['its hash is empty', 'sha256='],
    ['it is empty', ''],
  ])('is not one where %s', (_, signature) => expect(signer(signature)).toBeUndefined());

  it('is none without its header, whatever the old header says', () => {
    expect(verify(request({}), [key(escaped.secret)])).toBeUndefined();
    const old = request({ 'x-hub-signature': 'sha1=4549a1e692d6893b706647f31e13b785a4835bed' });
    expect(verify(old, [key(escaped.secret)])).toBeUndefined();
  });
});

describe('of several app secrets', () => {
  const other = '00112233445566778899aabbccddeeff';

  it('the current and the previous one of a tenant both count', () => {
    expect(signer(escaped.signature, [key(escaped.secret), key(other)])).toBe('north');
    expect(signer(escaped.signature, [key(other), key(escaped.secret)])).toBe('north');
  });

  it('the one that signed names whose app it was', () => {
    expect(signer(escaped.signature, [key(other, 'north'), key(escaped.secret, 'south')])).toBe('south');
    expect(signer(escaped.signature, [key(escaped.secret, 'north'), key(other, 'south')])).toBe('north');
  });

  it('none may have signed', () => {
    expect(signer(escaped.signature, [key(other), key(escaped.secret.slice(1), 'south')])).toBeUndefined();
    expect(signer(escaped.signature, [])).toBeUndefined();
  });
});
