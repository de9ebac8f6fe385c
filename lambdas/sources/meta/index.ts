import type { Source } from '../../core/source.ts';
import { handshake } from './handshake.ts';
import { events, nameOf, parts, without } from './payload.ts';
import { verify } from './signature.ts';

/**
 * Meta Lead Ads, from Facebook and Instagram. Up to 1,000 leads a delivery, each as ids only; what people answered is read at the
 * Graph API. What is not answered with 200 comes again for 36 h
 * (https://developers.facebook.com/docs/graph-api/webhooks/getting-started/webhooks-for-leadgen).
 */
export const meta = {
  id: 'meta',
  label: 'Meta',
  aliases: ['/webhook', '/api/meta/webhook'],
  keyForm: /^[0-9a-f]{32}$/,
  signatureHeaders: ['x-hub-signature-256'],
  reply: 'EVENT_RECEIVED',
  account: {
    noun: 'page',
    id: 'page_id',
    token: 'Meta Page Access Token',
    command: 'npm run pages',
    provesApp: true,
  },
  list: {
    name: 'Meta Ads Leads',
    description: 'Leads automatically imported from Meta Ads',
    nameless: 'Meta Lead',
    companyless: 'Meta Ads',
  },
  remarkOf: (leadId) => `Meta Lead ID: ${leadId}`,
  platforms: { fb: 'Facebook', ig: 'Instagram' },
  // Meta has no address of a single lead.
  linkTo: () => 'https://business.facebook.com/latest/leads_center',
  handshake,
  verify,
  nameOf,
  events,
  parts,
  without,
} satisfies Source;
