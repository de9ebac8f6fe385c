import * as z from 'zod';
import { callLink, phoneLinks } from './phone.ts';

const Address = z.email().max(254);

/** Where a click calls or writes to a lead; nothing where the number or the address is not valid. */
export const contactLinks = ({ phone, email }: { phone: string | null; email: string | null }) => ({
  phone: phone === null ? null : callLink(phone),
  whatsapp: phone === null ? null : (phoneLinks(phone).whatsApp ?? null),
  email: Address.safeParse(email).success ? `mailto:${encodeURIComponent(email ?? '').replace('%40', '@')}` : null,
});
