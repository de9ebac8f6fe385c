import type { Vendor } from '../vendors.ts';
import type { Asked } from './asked.ts';
import { contactSearch } from './contact-search.ts';
import { eventLog } from './event-log.ts';
import { leadForms, leadsOf } from './graph-lists.ts';
import type { Said } from './list-ports.ts';
import { subscribedApps, type SubscriptionPorts, webhooks } from './subscriptions.ts';

/** What a vendor says of more than one record, made of the records that were set; nothing where it has no such list. */
export function answerOfList(asked: Asked, ports: SubscriptionPorts): Said | undefined {
  return ofVendor[asked.vendor](asked, ports);
}

const ofVendor: Record<Vendor, typeof answerOfList> = {
  close(asked, ports) {
    const { method, path } = asked;
    if (/^webhook(\/\w+)?$/.test(path)) return webhooks(asked, ports);
    return path === 'event' && method === 'GET' ? eventLog(asked, ports) : undefined;
  },
  graph(asked, ports) {
    const [, id = '', edge = ''] = /^(\w+)\/(\w+)$/.exec(asked.path) ?? [];
    if (edge === 'subscribed_apps') return subscribedApps(id, asked, ports);
    if (asked.method !== 'GET') return undefined;
    if (edge === 'leadgen_forms') return leadForms(id, asked, ports);
    return edge === 'leads' ? leadsOf(id, asked, ports) : undefined;
  },
  hubspot: (asked, ports) =>
    asked.path === 'crm/v3/objects/contacts/search' && asked.method === 'POST'
      ? contactSearch(asked, ports)
      : undefined,
};
