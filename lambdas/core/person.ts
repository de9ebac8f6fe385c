import type { CountryCode } from 'libphonenumber-js/min';
import { parsePhoneNumberFromString } from 'libphonenumber-js/min';
import type { Category } from './category.ts';

/** A lead of a person, as others of the same person see it. */
export interface SeenLead {
  lead_id: string;
  source: string;
  /** ISO 8601, UTC. */
  receivedAt: string;
  /** Whom it was told for. */
  owner?: string | undefined;
}

/** Who says it, a lead's id or `LIST`, and what; `pending` is nothing. */
export interface Said {
  by: string;
  membership: Category;
}

/** Who says what a list of members says. */
export const LIST = 'list';

/** What is remembered under one e-mail address or phone number. */
export interface Person {
  /** The newest ones, at most as many as one look sees. */
  leads: SeenLead[];
  /** What is said of their membership; news until everybody whom it concerns was told. */
  memberships: (Said & { isNews?: boolean })[];
}

/** Fewer digits than this are no number of anybody. */
const FEWEST_DIGITS = 6;

/** What makes two leads of a tenant the same person: an address in any case of letters, a number however it is written. */
export function identifiersOf(
  { lead_email, phone }: { lead_email?: string | null | undefined; phone?: string | null | undefined },
  country?: string,
): string[] {
  const address = (lead_email ?? '').normalize('NFC').trim().toLowerCase();
  const number = numberOf(phone ?? '', country);
  return [
    ...(/^[^\s@]+@[^\s@]+$/.test(address) ? [`email:${address}`] : []),
    ...(number.length > FEWEST_DIGITS ? [`phone:${number}`] : []),
  ];
}

/** In E.164 where it is valid, else its digits. */
function numberOf(phone: string, country: string | undefined): string {
  const number = parsePhoneNumberFromString(phone, country as CountryCode | undefined);
  return number?.isValid() ? number.number : `${phone.trim().startsWith('+') ? '+' : ''}${phone.replace(/\D/g, '')}`;
}
