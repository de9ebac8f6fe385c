import { createHash, timingSafeEqual } from 'node:crypto';
import type { SigningKey, WebhookRequest } from '../../core/source.ts';

/**
 * Meta's test of the address: the challenge for whoever knows a verify token, and only if it is digits, so that nobody can make us
 * say anything else (https://developers.facebook.com/docs/graph-api/webhooks/getting-started#verification-requests).
 */
export function handshake({ query }: WebhookRequest, tokens: SigningKey[]): string | undefined {
  const given = digest(query['hub.verify_token'] ?? '');
  const known = tokens.filter(({ value }) => timingSafeEqual(digest(value), given) && value.length > 0);
  const challenge = query['hub.challenge'] ?? '';
  const isMeant = query['hub.mode'] === 'subscribe' && /^\d{1,64}$/.test(challenge);
  return known.length > 0 && isMeant ? challenge : undefined;
}

/** Texts of any length, as bytes of one. */
const digest = (text: string) => createHash('sha256').update(text).digest();
