import * as z from 'zod';
import { Later, Refused } from '../core/failures.ts';
import { given } from '../core/given.ts';
import { isUsableId } from '../core/id.ts';
import type { Lead } from '../core/lead.ts';
import type { OwnerAnswer, OwnerDirectory } from '../core/owner.ts';
import { retryAfterIn } from '../core/retry-after.ts';

const Contact = z.object({ properties: z.object({ hubspot_owner_id: z.unknown() }) });
const Owner = z.object({
  firstName: z.string().nullish(),
  lastName: z.string().nullish(),
  email: z.string().nullish(),
});

export interface HubspotApiPorts {
  /** Without a slash at its end. */
  baseUrl: string;
  /** The token of a portal; `undefined` where there is none, and the directory is not asked. */
  tokenOf: (portal: { tenant: string; id: string }) => Promise<string | undefined>;
  /** Must end by itself, cap what it reads and follow no redirect. */
  fetch: typeof fetch;
  /** Remembers for a while what was read: many leads have the same owner. */
  remembered: <T>(what: string, read: () => Promise<T>) => Promise<T>;
}

/** HubSpot's own word on who owns a contact, as of now: its `hubspot_owner_id`, and the name behind it (https://developers.hubspot.com/docs/api-reference/crm-crm-owners-v3/guide). */
export const hubspotApi = (ports: HubspotApiPorts): OwnerDirectory => ({
  id: 'hubspot',
  // HubSpot knows nothing of a lead that a test made up.
  isFor: ({ source, isTest }) => source === 'hubspot' && !isTest,
  async lookUp(lead) {
    const { tenant, source, account: portal } = lead;
    // HubSpot knows nothing of a lead that a test made up.
    if (source !== 'hubspot' || portal === undefined || lead.isTest || !isUsableId(lead.lead_id)) return undefined;
    const token = await ports.tokenOf({ tenant, id: portal });
    if (token === undefined) return undefined;
    const ownerId = await ownerIdOf(lead, token, ports);
    if (!isUsableId(ownerId)) return undefined;
    return ports.remembered(`owner ${portal} ${ownerId}`, () => ownerBy(ownerId, token, ports));
  },
});

/** What the contact says now, else what it said when it last told us. */
async function ownerIdOf({ lead_id, ownerId }: Lead, token: string, ports: HubspotApiPorts): Promise<string | null> {
  const [, objectId = ''] = lead_id.split('_');
  const { data } = Contact.safeParse(
    await get(`crm/v3/objects/contacts/${objectId}?properties=hubspot_owner_id`, token, ports),
  );
  return data ? given(data.properties.hubspot_owner_id) : (ownerId ?? null);
}

async function ownerBy(id: string, token: string, ports: HubspotApiPorts): Promise<OwnerAnswer | undefined> {
  const { data } = Owner.safeParse(await get(`crm/v3/owners/${id}`, token, ports));
  const name = given([data?.firstName, data?.lastName].map(given).filter(Boolean).join(' '));
  return data && { lead_owner: name ?? given(data.email), lead_owner_email: given(data.email), lead_owner_id: id };
}

/** `undefined` where there is nothing. */
async function get(path: string, token: string, ports: HubspotApiPorts): Promise<unknown> {
  const headers = { authorization: `Bearer ${token}` };
  const response = await ports.fetch(`${ports.baseUrl}/${path}`, { headers }).catch(() => {
    throw new Later('HubSpot did not answer');
  });
  const { status } = response;
  if (status === 404) return undefined;
  if (status === 429 || status >= 500) throw new Later(`HubSpot answered ${status}`, retryAfterIn(response.headers));
  if (!response.ok) throw new Refused(`HubSpot answered ${status}`);
  return response.json().catch(() => {
    throw new Later('HubSpot answered with something else than JSON');
  });
}
