import { createHash, createHmac } from 'node:crypto';

/**
 * The headers of a delivery as HubSpot sends them. Version 3: HMAC-SHA256 with the app's client secret over method, address, raw
 * body and timestamp in milliseconds; beside it version 1, a plain SHA-256 over secret and body
 * (https://developers.hubspot.com/docs/apps/legacy-apps/authentication/validating-requests).
 */
export function signedHeaders(body: Buffer, clientSecret: string, now: number, url: string): Record<string, string> {
  const timestamp = String(now);
  const v3 = createHmac('sha256', clientSecret).update(`POST${url}`).update(body).update(timestamp).digest('base64');
  return {
    'content-type': 'application/json',
    'User-Agent':
      'HubSpot Connect 2.0 (http://dev.hubspot.com/) (namespace: webhooks-nio-http-client) - WebhooksExecutorDaemon-executor',
    'X-HubSpot-Timeout-Millis': '10000',
    'X-HubSpot-Request-Timestamp': timestamp,
    'X-HubSpot-Signature': createHash('sha256').update(clientSecret).update(body).digest('hex'),
    'X-HubSpot-Signature-Version': 'v1',
    'X-HubSpot-Signature-v3': v3,
  };
}
