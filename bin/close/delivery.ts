import { randomBytes, randomInt } from 'node:crypto';
import { owners, pick } from '../sample-people.ts';

/** An id as Close makes them: `lead_…`. */
export const closeId = (kind: string, length: number) => `${kind}_${letters(length)}`;

/** What a delivery tells of a new lead. */
interface NewLead {
  id: string;
  organization: string;
  created: Date;
  name: string;
  label: string;
  /** Custom fields by id: `cf_…`. */
  custom: Record<string, string>;
}

/** A delivery of Close's `lead.created`, with the keys in another order each time. Its times carry no zone, those inside `data` do. */
export function createdDelivery(subscription: string, lead: NewLead) {
  const data = leadData(lead);
  const event = shuffled({
    id: closeId('ev', 22),
    date_created: micros(lead.created),
    date_updated: micros(lead.created),
    organization_id: lead.organization,
    user_id: data.created_by,
    request_id: closeId('req', 22),
    api_key_id: null,
    oauth_client_id: closeId('oa2client', 22),
    oauth_scope: 'all.full_access offline_access',
    object_type: 'lead',
    object_id: lead.id,
    lead_id: lead.id,
    action: 'created',
    changed_fields: [],
    meta: { request_path: '/api/v1/lead/', request_method: 'POST' },
    data,
    previous_data: {},
  });
  return shuffled({ subscription_id: subscription, event });
}

/** A lead as an event shows it. `name` is a company's and empty without one; the person's is in `display_name`. */
function leadData({ id, organization, created, name, label, custom }: NewLead) {
  const user = closeId('user', 43);
  const creator = pick(owners, randomInt(owners.length));
  const at = `${micros(created)}+00:00`;
  const fields = {
    id,
    organization_id: organization,
    name: '',
    display_name: name,
    description: '',
    url: null,
    addresses: [],
    contact_ids: [closeId('cont', 43)],
    status_id: closeId('stat', 43),
    status_label: label,
    date_created: at,
    date_updated: at,
    created_by: user,
    created_by_name: creator,
    updated_by: user,
    updated_by_name: creator,
    source: 'api',
  };
  const flat = Object.entries(custom).map(([field, value]) => [`custom.${field}`, value]);
  return { ...shuffled(fields), ...(Object.fromEntries(flat) as Record<`custom.${string}`, string>) };
}

/** Close's times have six digits behind the second. */
const micros = (time: Date) => time.toISOString().replace('Z', '000');

const alphabet = '0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz';
const letters = (length: number) =>
  Array.from(randomBytes(length), (byte) => alphabet[byte % alphabet.length]).join('');

/** The same object with its keys in another order. */
function shuffled<T extends object>(content: T): T {
  const keyed = Object.entries(content).map((entry) => ({ entry, at: randomInt(2 ** 32) }));
  return Object.fromEntries(keyed.sort((a, b) => a.at - b.at).map(({ entry }) => entry)) as T;
}
