import { describe, expect, it } from '@jest/globals';
import * as fc from 'fast-check';
import { internationalPhone, phoneLinks } from '../../lambdas/core/phone.ts';

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

describe('a phone number that somebody typed into a form', () => {
  it.each([
    ['030 901820', 'DE', '+4930901820'],
    ['(415) 555-2671', 'US', '+14155552671'],
    ['020 7946 0958', 'GB', '+442079460958'],
    ['+49 (0)30 901820', 'US', '+4930901820'],
    ['+49 30 901820', undefined, '+4930901820'],
    ['+14155552671', 'ZZ', '+14155552671'],
  ])('is international, read with a country where it needs one: %s in %s', (phone, country, expected) => {
    expect(internationalPhone(phone, country)).toBe(expected);
  });

  it.each([
    ['030 901820', undefined],
    ['030 901820', ''],
    ['030 901820', 'ZZ'],
    ['call me after 5', 'DE'],
    ['030 901820 or 0151 12345678', 'DE'],
    ['+1 415 555 2671 ext. 12', 'US'],
    ['12', 'DE'],
    ['', 'DE'],
    ['4'.repeat(100_000), 'DE'],
  ])('stays what it was where it is none, or more than one: %j in %s', (phone, country) => {
    expect(internationalPhone(phone, country)).toBe(phone);
  });

  it('is what it was or digits with a plus, and the same when it is read again', () => {
    const typed = fc.oneof(fc.string({ unit: 'binary' }), fc.stringMatching(/^[+0-9 ()/-]{0,20}$/));
    fc.assert(
      fc.property(typed, fc.constantFrom('DE', 'US', undefined), (phone, country) => {
        const read = internationalPhone(phone, country);
        if (read !== phone) expect(read).toMatch(/^\+\d{4,15}$/);
        expect(internationalPhone(read, country)).toBe(read);
      }),
    );
  });
});
