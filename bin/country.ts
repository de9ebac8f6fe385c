import { isSupportedCountry } from 'libphonenumber-js/min';
import { CommandError } from './command.ts';

/** The country of phone numbers as a command line says it, in capitals; an empty text stays one. Throws a sentence where there is no such country. */
export function countryIn(code: string | undefined): string | undefined {
  const country = code?.toUpperCase();
  if (!country || isSupportedCountry(country)) return country;
  throw new CommandError(`--country is "${code}"; it must be two letters of ISO 3166, such as DE.`);
}
