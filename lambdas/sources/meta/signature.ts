import { createHmac, timingSafeEqual } from 'node:crypto';
import type { SigningKey, WebhookRequest } from '../../core/source.ts';

/**
 * HMAC-SHA256 with the app secret, as text, over the raw body, as `sha256=` and 64 hex digits in `x-hub-signature-256`; no time is
 * signed (https://developers.facebook.com/docs/graph-api/webhooks/getting-started#validate-payloads).
 */
export function verify({ headers, body }: WebhookRequest, keys: SigningKey[]): SigningKey | undefined {
  const [, signature] = /^sha256=([0-9a-f]{64})$/.exec(headers['x-hub-signature-256'] ?? '') ?? [];
  if (signature === undefined) return undefined;
  const given = Buffer.from(signature, 'hex');
  const signers = keys.filter(({ value }) => {
    const expected = createHmac('sha256', value).update(body).digest();
    // Anybody can sign with a key that is empty.
    return timingSafeEqual(expected, given) && value.length > 0;
  });
  return signers[0];
}
