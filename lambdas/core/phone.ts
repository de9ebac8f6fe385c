import { type CountryCode, parsePhoneNumberFromString } from 'libphonenumber-js/min';

/** A number as people read it, and its WhatsApp address where the number is valid with its country code (https://faq.whatsapp.com/5913398998672934). */
export function phoneLinks(phone: string): { shown: string; whatsApp?: string } {
  const number = validNumber(phone);
  if (!number) return { shown: phone };
  return { shown: number.formatInternational(), whatsApp: `https://wa.me/${number.number.slice(1)}` };
}

/** Where a click calls a number that is valid with its country code (RFC 3966). */
export function callLink(phone: string): string | null {
  const number = validNumber(phone);
  return number ? number.getURI() : null;
}

function validNumber(phone: string) {
  const number = parsePhoneNumberFromString(phone);
  return number?.isValid() ? number : undefined;
}

/** A number in E.164 (`+4930123456`), read with the country where it comes without one; as it was given where it is no valid number or has an extension. */
export function internationalPhone(phone: string, country?: string): string {
  const number = parsePhoneNumberFromString(phone, country as CountryCode | undefined);
  return number?.isValid() && !number.ext ? number.number : phone;
}
