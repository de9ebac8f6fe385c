import { expect, it } from '@jest/globals';
import * as fc from 'fast-check';
import { contactLinks } from '../../lambdas/core/contact-links.ts';

it('a valid number is called and written to, a valid address too', () => {
  expect(contactLinks({ phone: '+49 30 901820', email: "o'brien+x@example.org" })).toEqual({
    phone: 'tel:+4930901820',
    whatsapp: 'https://wa.me/4930901820',
    email: "mailto:o'brien%2Bx@example.org",
  });
});

it.each([[null], ['030 901820'], ['call me'], ['']])('a number that nobody could call has no link: %j', (phone) => {
  expect(contactLinks({ phone, email: null })).toEqual({ phone: null, whatsapp: null, email: null });
});

it.each([
  ['zoe@example.org?bcc=all@example.org'],
  ['zoe@example.org,eve@example.org'],
  ['zoe@example.org\nBcc: eve@example.org'],
  ['javascript:alert(1)'],
  ['zoe'],
  [`${'z'.repeat(300)}@example.org`],
])('an address that is more or less than one has no link: %j', (email) => {
  expect(contactLinks({ phone: null, email }).email).toBeNull();
});

it('no text makes a link that does more than call or write', () => {
  fc.assert(
    fc.property(fc.string({ unit: 'binary' }), fc.constantFrom('+14155550100', 'zoe@example.org', ''), (text, real) => {
      const links = contactLinks({ phone: real + text, email: text + real });
      expect(links.phone ?? 'tel:+1').toMatch(/^tel:\+\d+(;ext=\d+)?$/);
      expect(links.whatsapp ?? 'https://wa.me/1').toMatch(/^https:\/\/wa\.me\/\d+$/);
      expect(links.email ?? 'mailto:a@b').toMatch(/^mailto:[^?&,;:\s]+@[^?&,;:\s@]+$/);
    }),
  );
});
