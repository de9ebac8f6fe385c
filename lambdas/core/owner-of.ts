import { given } from './given.ts';
import type { Lead } from './lead.ts';

/** Who owns a lead: whom our people gave it to, else whom the look at its owner found, before that the user of its page; `null` where nobody does. */
export function ownerOf(
  lead: Pick<Lead, 'assigned' | 'looked' | 'accountOwner'>,
  fallbackOwner: string,
): string | null {
  return lead.assigned?.name ?? crmOwnerOf(lead, fallbackOwner);
}

/** Who owns it as far as the CRM says. */
export function crmOwnerOf(
  { looked, accountOwner }: Pick<Lead, 'looked' | 'accountOwner'>,
  fallbackOwner: string,
): string | null {
  const owner = given(looked ? looked.lead_owner : accountOwner?.name);
  return owner === fallbackOwner ? null : owner;
}
