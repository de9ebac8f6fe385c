import { createHmac } from 'node:crypto';

/**
 * The headers of a delivery as Close sends them: HMAC-SHA256 with the hex-decoded key over timestamp and raw body, without a
 * separator, the timestamp in seconds (https://developer.close.com/topics/webhooks).
 */
export function signedHeaders(body: Buffer, key: string, now: number): Record<string, string> {
  const timestamp = String(Math.floor(now / 1000));
  const hash = createHmac('sha256', Buffer.from(key, 'hex')).update(timestamp).update(body).digest('hex');
  return {
    'content-type': 'application/json',
    'User-Agent': 'Close Webhooks 2.0',
    'Close-Sig-Hash': hash,
    'Close-Sig-Timestamp': timestamp,
  };
}
