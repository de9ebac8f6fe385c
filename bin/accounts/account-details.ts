import * as z from 'zod';
import type { Account } from '../../lambdas/core/account.ts';
import { CommandError } from '../command.ts';
import { countryIn } from '../country.ts';
import type { AccountKind, Detail } from './account-kind.ts';

/** What is known of a page or portal beside whose it is; an empty text stands for nothing. */
export type AccountDetails = Pick<Account, 'name' | 'owner' | 'ownerEmail' | 'country'>;

/** What is asked of a command about pages or portals. */
export interface AccountRequest {
  id: string;
  details: AccountDetails;
  /** Whether the token comes from standard input, and whether it is kept without asking the vendor. */
  piped: boolean;
  unchecked: boolean;
  /** Whether a tenant was named. */
  isOfOneTenant: boolean;
}

/** The id of a page or portal on the command line. Throws a sentence where it is none. */
export function idIn(text: string, { noun, idIs }: AccountKind, usage: string): string {
  if (text === '') throw new CommandError(`Which ${noun}? Give its id.\n\n${usage}`);
  if (/^\d{1,32}$/.test(text)) return text;
  throw new CommandError(`"${text}" is no id of a ${noun}; an id is ${idIs}.`);
}

/** What the command line says of a page or portal. Throws a sentence where it can't be so. */
export function detailsIn({
  owner,
  'owner-email': ownerEmail,
  name,
  country,
}: Partial<Record<Detail, string | undefined>>): AccountDetails {
  for (const [option, text] of Object.entries({ owner, name }))
    if (text && !/^[^\p{Cc}]{1,200}$/u.test(text))
      throw new CommandError(`--${option} must be 1 to 200 characters on one line.`);
  if (ownerEmail && !z.email().safeParse(ownerEmail).success)
    throw new CommandError(`--owner-email is "${ownerEmail}"; it must be an e-mail address.`);
  return { name: name?.trim(), owner: owner?.trim(), ownerEmail, country: countryIn(country) };
}
