import * as z from 'zod';
import { Later, Refused } from '../core/failures.ts';
import { firstGiven, given } from '../core/given.ts';
import { isUsableId } from '../core/id.ts';
import type { OwnerAnswer, OwnerDirectory } from '../core/owner.ts';
import { retryAfterIn } from '../core/retry-after.ts';

/** An odd contact says nothing; it does not hide the owner. */
const Contact = z.object({
  emails: z.array(z.object({ email: z.string().nullish() })).catch([]),
  phones: z.array(z.object({ phone: z.string().nullish() })).catch([]),
});
/** `GET /lead/{id}/`: people are in `contacts`, custom fields flat as `custom.cf_…`. */
const CloseLead = z.object({ id: z.string(), contacts: z.array(Contact).catch([]) }).loose();
const CloseUser = z.object({
  first_name: z.string().nullish(),
  last_name: z.string().nullish(),
  email: z.string().nullish(),
});

export interface CloseApiPorts {
  baseUrl: string;
  /** Custom field of type user that names the owner: `cf_…`; empty where there is none. */
  ownerField: string;
  /** The tenant's API key; `undefined` where nobody filled it in, and the directory is not asked. */
  apiKeyOf: (tenant: string) => Promise<string | undefined>;
  /** Must end by itself, cap what it reads and follow no redirect. */
  fetch: typeof fetch;
}

/** The Close API, for e-mail, phone and owner of a lead (https://developer.close.com/resources/leads). */
export const closeApi = (ports: CloseApiPorts): OwnerDirectory => ({
  id: 'close',
  isFor: ({ source }) => source === 'close',
  async lookUp({ tenant, source, lead_id }) {
    const apiKey = source === 'close' && isUsableId(lead_id) ? await ports.apiKeyOf(tenant) : undefined;
    if (apiKey === undefined) return undefined;
    const lead = CloseLead.safeParse(await get(`lead/${lead_id}/`, apiKey, ports)).data;
    if (lead?.id !== lead_id) return undefined;
    return {
      ...(await ownerIn(lead[`custom.${ports.ownerField}`], apiKey, ports)),
      lead_email: firstGiven(...lead.contacts.flatMap(({ emails }) => emails.map(({ email }) => email))),
      phone: firstGiven(...lead.contacts.flatMap(({ phones }) => phones.map(({ phone }) => phone))),
      status_label: given(lead['status_label']),
      display_name: firstGiven(lead['display_name'], lead['name']),
    };
  },
});

/** The field holds a user's id, or several; a team that writes plain names into it is understood too. */
async function ownerIn(field: unknown, apiKey: string, ports: CloseApiPorts): Promise<OwnerAnswer> {
  const owner = given(Array.isArray(field) ? field[0] : field);
  if (owner === null || !/^user_\w+$/.test(owner)) return { lead_owner: owner };
  const user = CloseUser.safeParse(await get(`user/${owner}/`, apiKey, ports)).data;
  const name = given([user?.first_name, user?.last_name].map(given).filter(Boolean).join(' '));
  return { lead_owner: name ?? given(user?.email), lead_owner_email: given(user?.email), lead_owner_id: owner };
}

/** The API key is the user name, the password is empty (https://developer.close.com/topics/authentication). */
async function get(path: string, apiKey: string, ports: CloseApiPorts): Promise<unknown> {
  const authorization = `Basic ${Buffer.from(`${apiKey}:`).toString('base64')}`;
  const response = await ports.fetch(`${ports.baseUrl}/${path}`, { headers: { authorization } }).catch(() => {
    throw new Later('Close did not answer');
  });
  const { status } = response;
  if (status === 404) return undefined;
  if (status === 429 || status >= 500) throw new Later(`Close answered ${status}`, retryAfterIn(response.headers));
  if (!response.ok) throw new Refused(`Close answered ${status}`);
  return response.json().catch(() => {
    throw new Later('Close answered with something else than JSON');
  });
}
