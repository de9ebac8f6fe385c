import { describe, expect, it } from '@jest/globals';
import * as fc from 'fast-check';
import { type Contact, type ContactChange, join, nobodyYet, valueOf } from '../../lambdas/core/contact.ts';
import { Broken } from '../../lambdas/core/failures.ts';

const said = (
  at: number,
  by: string,
  properties: Record<string, string> = {},
  life?: ContactChange['life'],
): ContactChange => ({
  at,
  by,
  properties,
  ...(life && { life }),
});
const all = (...words: ContactChange[]): Contact => words.reduce(join, nobodyYet);

describe('a contact', () => {
  it('has of each property what was said last, whatever came last', () => {
    const contact = all(said(2, 'b', { email: 'new' }), said(1, 'a', { email: 'old', phone: '1' }));
    expect([valueOf(contact, 'email'), valueOf(contact, 'phone')]).toEqual(['new', '1']);
  });

  it('of two words of one moment has that of the greater identity, and an event’s before a record’s', () => {
    expect(valueOf(all(said(1, 'b', { email: 'b' }), said(1, 'a', { email: 'a' })), 'email')).toBe('b');
    expect(valueOf(all(said(1, 'a', { email: 'event' }), said(1, '', { email: 'record' })), 'email')).toBe('event');
  });

  it('has no value of a property that was cleared, nor of one that only an object has', () => {
    expect(valueOf(all(said(1, 'a', { email: 'x' }), said(2, 'b', { email: '' })), 'email')).toBeUndefined();
    expect(valueOf(all(said(1, 'a')), 'constructor')).toBeUndefined();
    expect(valueOf(all(said(1, 'a', { ['__proto__']: 'x' })), '__proto__')).toBe('x');
  });

  it('that was deleted before it is known to be made is deleted, and one that was restored later is there', () => {
    const [made, gone, back] = [
      said(1, 'a', {}, { state: 'created' }),
      said(5, 'b', {}, { state: 'deleted' }),
      said(9, 'c', {}, { state: 'restored' }),
    ];
    expect(all(gone, made).life?.state).toBe('deleted');
    expect(all(back, gone, made).life?.state).toBe('restored');
  });

  it('remembers of a very long value its beginning, and refuses to become larger than a row', () => {
    expect(valueOf(all(said(1, 'a', { note: 'x'.repeat(65_536) })), 'note')).toHaveLength(4000);
    const large = Object.fromEntries(Array.from({ length: 100 }, (_, n) => [`p${n}`, 'x'.repeat(4000)]));
    expect(() => all(said(1, 'a', large))).toThrow(Broken);
  });
});

const word = fc.record({
  at: fc.integer({ min: 0, max: 4 }),
  by: fc.constantFrom('', 'a', 'b', 'c'),
  properties: fc.dictionary(
    fc.constantFrom('email', 'phone', 'stage', '__proto__'),
    fc.constantFrom('', '1', '2', 'é'),
  ),
  life: fc.option(
    fc.record({
      state: fc.constantFrom('created' as const, 'deleted' as const, 'restored' as const, 'merged' as const),
      into: fc.constantFrom(undefined, '1_2'),
    }),
    { nil: undefined },
  ),
});

describe('any words', () => {
  it('in any order, each any number of times, end in the same contact', () => {
    fc.assert(
      fc.property(fc.array(word, { maxLength: 8 }), fc.infiniteStream(fc.nat()), (words, randoms) => {
        const once = all(...words);
        const shuffled = [...words, ...words, ...words]
          .map((one) => ({ one, key: randoms.next().value }))
          .sort((a, b) => a.key - b.key)
          .map(({ one }) => one);
        expect(all(...shuffled)).toEqual(once);
      }),
      { numRuns: 1000 },
    );
  });

  it('a word more changes nothing where it was said already', () => {
    fc.assert(
      fc.property(fc.array(word, { minLength: 1, maxLength: 6 }), fc.nat(), (words, which) => {
        const contact = all(...words);
        expect(join(contact, words[which % words.length] ?? said(0, ''))).toEqual(contact);
      }),
    );
  });
});
