import { isSupportedCountry } from 'libphonenumber-js/min';
import * as z from 'zod';
import type { Account } from '../../lambdas/core/account.ts';
import { CommandError } from '../command.ts';

/** What is known of a page beside whose it is; an empty text stands for nothing. */
export type PageDetails = Pick<Account, 'name' | 'owner' | 'ownerEmail' | 'country'>;

/** What is asked of a command about pages. */
export interface PageRequest {
  page: string;
  details: PageDetails;
  /** Whether the token comes from standard input, and whether it is kept without asking Meta. */
  piped: boolean;
  unchecked: boolean;
  /** Whether a tenant was named. */
  isOfOneTenant: boolean;
}

/** The id of a page on the command line. Throws a sentence where it is none. */
export function pageIdIn(text: string, usage: string): string {
  if (text === '') throw new CommandError(`Which page? Give its id.\n\n${usage}`);
  if (/^\d{1,32}$/.test(text)) return text;
  throw new CommandError(
    `"${text}" is no id of a page; an id is digits, as Meta shows it under About > Page transparency.`,
  );
}

interface Given {
  owner?: string | undefined;
  'owner-email'?: string | undefined;
  name?: string | undefined;
  country?: string | undefined;
}

/** What the command line says of a page. Throws a sentence where it can't be so. */
export function detailsIn({ owner, 'owner-email': ownerEmail, name, country: code }: Given): PageDetails {
  for (const [option, text] of Object.entries({ owner, name }))
    if (text && !/^[^\p{Cc}]{1,200}$/u.test(text))
      throw new CommandError(`--${option} must be 1 to 200 characters on one line.`);
  if (ownerEmail && !z.email().safeParse(ownerEmail).success)
    throw new CommandError(`--owner-email is "${ownerEmail}"; it must be an e-mail address.`);
  const country = code?.toUpperCase();
  if (country && !isSupportedCountry(country))
    throw new CommandError(`--country is "${code}"; it must be two letters of ISO 3166, such as DE.`);
  return { name: name?.trim(), owner: owner?.trim(), ownerEmail, country };
}
