import { createHash, createHmac, timingSafeEqual } from 'node:crypto';
import type { SigningKey, Verification, WebhookRequest } from '../../core/source.ts';

/**
 * Version 3: HMAC-SHA256 with the client secret over method, address, raw body and timestamp in milliseconds, as base64 in
 * `x-hubspot-signature-v3`. Version 1, where the stage takes it and there is no version 3 beside it: SHA-256 over secret and body, as
 * hex in `x-hubspot-signature`; it signs neither address nor time
 * (https://developers.hubspot.com/docs/apps/legacy-apps/authentication/validating-requests).
 */
export function verify(
  request: WebhookRequest,
  keys: SigningKey[],
  { now, tolerance, schemes = ['v3'] }: Verification,
): SigningKey | undefined {
  if (request.headers['x-hubspot-signature-v3'] === undefined)
    return schemes.includes('v1') ? verifyV1(request, keys) : undefined;
  const timestamp = request.headers['x-hubspot-request-timestamp'] ?? '';
  const age = (now - Number(timestamp)) / 1000;
  const isTimely = /^\d{13}$/.test(timestamp) && age <= tolerance.past && age >= -tolerance.future;
  const signer = schemes.includes('v3') ? verifyV3(request, timestamp, keys) : undefined;
  return isTimely ? signer : undefined;
}

function verifyV3({ method, url, headers, body }: WebhookRequest, timestamp: string, keys: SigningKey[]) {
  const signature = headers['x-hubspot-signature-v3'] ?? '';
  const given = Buffer.from(signature, 'base64');
  // Base64 of one value can be written in several ways; HubSpot writes it in one.
  if (given.length !== 32 || given.toString('base64') !== signature) return undefined;
  const signed = Buffer.concat([Buffer.from(method + decoded(url)), body, Buffer.from(timestamp)]);
  return signerOf(keys, given, (key) => createHmac('sha256', key).update(signed).digest());
}

function verifyV1({ headers, body }: WebhookRequest, keys: SigningKey[]) {
  const signature = headers['x-hubspot-signature'] ?? '';
  if (headers['x-hubspot-signature-version'] !== 'v1' || !/^[0-9a-f]{64}$/.test(signature)) return undefined;
  const given = Buffer.from(signature, 'hex');
  return signerOf(keys, given, (key) => createHash('sha256').update(key).update(body).digest());
}

/** Every key is tried, so that the time taken says nothing; anybody can sign with a key that is empty. */
const signerOf = (keys: SigningKey[], given: Buffer, expected: (key: string) => Buffer): SigningKey | undefined =>
  keys.filter(({ value }) => timingSafeEqual(expected(value), given) && value.length > 0)[0];

const characters: Record<string, string> = {
  '3A': ':',
  '2F': '/',
  '3F': '?',
  '40': '@',
  '21': '!',
  '24': '$',
  '27': "'",
  '28': '(',
  '29': ')',
  '2A': '*',
  '2C': ',',
  '3B': ';',
};

/** The address as HubSpot signs it: these characters stand for themselves, all others stay as they were sent. */
const decoded = (url: string) =>
  url.replace(/%([0-9A-F]{2})/gi, (code, digits: string) => characters[digits.toUpperCase()] ?? code);
