import type { Source } from '../../core/source.ts';
import { events, nameOf, parts, without } from './payload.ts';
import { verify } from './signature.ts';

/**
 * Close CRM. One event a delivery, of any type that the subscription names; expects an answer within 15 s, repeats a failed
 * delivery for up to 72 h, keeps no order (https://developer.close.com/topics/webhooks).
 */
export const close = {
  id: 'close',
  label: 'Close',
  aliases: ['/crm/webhook'],
  keyForm: /^[0-9a-f]{64}$/,
  signatureHeaders: ['close-sig-hash'],
  reply: 'received',
  linkTo: (leadId) => `https://app.close.com/lead/${encodeURIComponent(leadId)}/`,
  verify,
  nameOf,
  events,
  parts,
  without,
} satisfies Source;
