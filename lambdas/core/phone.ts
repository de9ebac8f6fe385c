import { parsePhoneNumberFromString } from 'libphonenumber-js/min';

/** A number as people read it, and its WhatsApp address where the number is valid with its country code (https://faq.whatsapp.com/5913398998672934). */
export function phoneLinks(phone: string): { shown: string; whatsApp?: string } {
  const number = parsePhoneNumberFromString(phone);
  if (!number?.isValid()) return { shown: phone };
  return { shown: number.formatInternational(), whatsApp: `https://wa.me/${number.number.slice(1)}` };
}
