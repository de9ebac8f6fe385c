import { describe, expect, it } from '@jest/globals';
import { identifiersOf } from '../../lambdas/core/person.ts';

const of = (lead_email: string | null, phone: string | null, country?: string) =>
  identifiersOf({ lead_email, phone }, country);

describe('an e-mail address', () => {
  it('is the same in any case of letters, with spaces around it, and in any form of its accents', () => {
    expect(of(' Zoe@Example.ORG ', null)).toEqual(['email:zoe@example.org']);
    expect(of('zoe\u0308@example.org', null)).toEqual(of('zo\u00eb@example.org', null));
  });

  it('with a tag is another one: it may be another person', () =>
    expect(of('zoe+news@example.org', null)).not.toEqual(of('zoe@example.org', null)));

  it.each([['None'], ['zoe'], ['zoe@'], ['@example.org'], ['a b@c.d'], [''], ['a@b@c']])('is none: %j', (text) =>
    expect(of(text, null)).toEqual([]),
  );
});

describe('a phone number', () => {
  it.each([['+49 30 901820'], ['+49 (0)30 / 901820'], ['+4930901820']])(
    'is the same however it is written: %s',
    (text) => expect(of(null, text)).toEqual(['phone:+4930901820']),
  );

  it('without its country is read with the country where that is known, else by its digits', () => {
    expect(of(null, '030 901820', 'DE')).toEqual(['phone:+4930901820']);
    expect(of(null, '030 / 90-18 20')).toEqual(['phone:030901820']);
  });

  it.each([['n/a'], ['12345'], ['---'], ['']])('is none: %j', (text) => expect(of(null, text)).toEqual([]));
});

it('a lead has both, one or none', () => {
  expect(of('a@b.c', '+4930901820')).toEqual(['email:a@b.c', 'phone:+4930901820']);
  expect(of(null, null)).toEqual([]);
  expect(identifiersOf({})).toEqual([]);
});
