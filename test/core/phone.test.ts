import { describe, expect, it } from '@jest/globals';
import * as fc from 'fast-check';
import { phoneLinks } from '../../lambdas/core/phone.ts';

describe('a phone number', () => {
  it.each([
    ['+14155550100', '+1 415 555 0100', 'https://wa.me/14155550100'],
    ['+1 (415) 555-0100', '+1 415 555 0100', 'https://wa.me/14155550100'],
    ['+49 30 901820', '+49 30 901820', 'https://wa.me/4930901820'],
  ])('with its country code has a WhatsApp address: %s', (phone, shown, whatsApp) => {
    expect(phoneLinks(phone)).toEqual({ shown, whatsApp });
  });

  it.each([['4155550100'], ['+1 415'], ['call me'], ['+999999999999'], ['javascript:alert(1)'], ['']])(
    'that is not valid with its country code is shown as it came: %j',
    (phone) => expect(phoneLinks(phone)).toEqual({ shown: phone }),
  );

  it('can’t make an address other than WhatsApp’s with digits', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary' }), fc.constantFrom('+14155550100', '+4930901820', ''), (text, number) => {
        expect(phoneLinks(number + text).whatsApp ?? 'https://wa.me/1').toMatch(/^https:\/\/wa\.me\/\d+$/);
      }),
    );
  });
});
