import type { NewLead } from '../../../lambdas/api/schemas/lead.ts';
import type * as z from 'zod';

export type NewLeadBody = z.input<typeof NewLead>;
/** What stands in the fields of the form. */
export type NewLeadFields = Record<'name' | 'email' | 'phone' | 'company' | 'notes', string> & { alert: boolean };
export type NewLeadErrors = Partial<Record<keyof NewLeadFields | 'form', string>>;

const longest = { name: 200, email: 254, phone: 50, company: 200, notes: 5000 } as const;
const looksLikeEmail = /^[^\s@]+@[^\s@]+\.[^\s@]{2,}$/;
const fewestDigits = 5;

/** What is wrong with the fields, in words; empty where nothing is. The API has the last word. */
export function errorsIn(fields: NewLeadFields): NewLeadErrors {
  const errors: NewLeadErrors = {};
  for (const [field, most] of Object.entries(longest) as [keyof typeof longest, number][])
    if (fields[field].trim().length > most) errors[field] = `At most ${most} characters.`;
  const { name, email, phone } = trimmed(fields);
  if (email !== undefined && !looksLikeEmail.test(email))
    errors.email = 'This is no e-mail address: it looks like anna@example.com.';
  if (phone !== undefined && phone.replaceAll(/\D/g, '').length < fewestDigits)
    errors.phone = 'This is too short for a phone number.';
  if (!(name ?? email ?? phone)) errors.form = 'Give a name, an e-mail address or a phone number.';
  return errors;
}

/** What is posted: only what was filled in, under the key that makes a second click the same lead. */
export function bodyOf(key: string, fields: NewLeadFields): NewLeadBody {
  return { key, ...trimmed(fields), alert: fields.alert };
}

function trimmed({ alert: _, ...texts }: NewLeadFields): Partial<Record<keyof typeof texts, string>> {
  return Object.fromEntries(
    Object.entries(texts)
      .map(([field, text]) => [field, text.trim()] as const)
      .filter(([, text]) => text !== ''),
  );
}
