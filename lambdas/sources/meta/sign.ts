import { createHmac } from 'node:crypto';

/**
 * The headers of a delivery as Meta sends them: HMAC-SHA256 with the app secret, as text, over the raw body
 * (https://developers.facebook.com/docs/graph-api/webhooks/getting-started#validate-payloads); the older SHA-1 stands beside it.
 */
export function signedHeaders(body: Buffer, appSecret: string): Record<string, string> {
  const hash = (algorithm: string) => createHmac(algorithm, appSecret).update(body).digest('hex');
  return {
    'content-type': 'application/json',
    'User-Agent': 'Webhooks/1.0 (https://fb.me/webhooks)',
    'X-Hub-Signature': `sha1=${hash('sha1')}`,
    'X-Hub-Signature-256': `sha256=${hash('sha256')}`,
  };
}
