import type { Source } from '../../core/source.ts';
import { events, nameOf, parts, without } from './payload.ts';
import { verify } from './signature.ts';

/**
 * HubSpot's contacts. Up to 100 events a delivery, in any order and more than once, of properties one by one; what a new contact is
 * like is read at its API. Expects an answer within 5 s and tries ten times over 24 h
 * (https://developers.hubspot.com/docs/api-reference/webhooks-webhooks-v3/guide).
 */
export const hubspot = {
  id: 'hubspot',
  label: 'HubSpot',
  aliases: [],
  keyForm: /^[A-Za-z0-9-]{20,128}$/,
  signatureHeaders: ['x-hubspot-signature-v3', 'x-hubspot-signature'],
  reply: 'received',
  account: {
    noun: 'portal',
    id: 'portal_id',
    token: 'HubSpot access token',
    command: 'npm run portals',
  },
  linkTo(leadId) {
    const [portal = '', ...object] = leadId.split('_');
    return `https://app.hubspot.com/contacts/${encodeURIComponent(portal)}/record/0-1/${encodeURIComponent(object.join('_'))}`;
  },
  verify,
  nameOf,
  events,
  parts,
  without,
} satisfies Source;
