import { createHmac, timingSafeEqual } from 'node:crypto';
import type { SigningKey, Tolerance, WebhookRequest } from '../../core/source.ts';

/**
 * HMAC-SHA256 with the hex-decoded key over timestamp and raw body, without a separator, as 64 hex digits in `close-sig-hash`;
 * the timestamp, in seconds, is in `close-sig-timestamp` (https://developer.close.com/topics/webhooks).
 */
export function verify(
  { headers, body }: WebhookRequest,
  keys: SigningKey[],
  { now, tolerance }: { now: number; tolerance: Tolerance },
): SigningKey | undefined {
  const timestamp = headers['close-sig-timestamp'] ?? '';
  const signature = headers['close-sig-hash'] ?? '';
  if (!/^\d{10}$/.test(timestamp) || !/^[0-9a-f]{64}$/.test(signature)) return undefined;
  const age = now / 1000 - Number(timestamp);
  const given = Buffer.from(signature, 'hex');
  const signers = keys.filter(({ value }) => {
    const key = Buffer.from(value, 'hex');
    const expected = createHmac('sha256', key).update(timestamp).update(body).digest();
    // Anybody can sign with a key that decodes to nothing.
    return timingSafeEqual(expected, given) && key.length > 0;
  });
  return age <= tolerance.past && age >= -tolerance.future ? signers[0] : undefined;
}
