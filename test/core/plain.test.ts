import { describe, expect, it } from '@jest/globals';
import * as fc from 'fast-check';
import { ascii, plain } from '../../lambdas/core/plain.ts';

const segmenter = new Intl.Segmenter('en', { granularity: 'grapheme' });
const isolates = /[\u2068\u2069]/g;
const graphemesOf = (text: string) => [...segmenter.segment(text.replace(isolates, ''))].length;
/** Any text at all, halves of surrogate pairs among it. */
const anyText = fc.oneof(
  fc.string({ unit: 'grapheme', maxLength: 400 }),
  fc.string({ unit: 'binary', maxLength: 400 }),
  fc.array(fc.integer({ min: 0, max: 0xffff }), { maxLength: 400 }).map((codes) => String.fromCharCode(...codes)),
  fc
    .array(fc.constantFrom('\n', '\r\n', '\u2028', '\u0007', 'a', '👩‍👩‍👧', 'é', 'ש', '\u202E', '\u200B', ' '), {
      maxLength: 400,
    })
    .map((some) => some.join('')),
);

describe('a stranger’s text on a line', () => {
  it.each([
    ['one\ntwo\r\nthree', 'one two three'],
    ['one\u2028two\u2029three\u0085four', 'one two three four'],
    ['a\tb\u0000c\u001b[31md\u007f', 'a b c [31md'],
    ['  many    spaces  ', 'many spaces'],
  ])('stays on it: %j', (text, line) => expect(plain(text)).toBe(line));

  it.each([
    ['invoice\u202Egpj.exe', 'invoicegpj.exe'],
    ['\u2066a\u2069\u200Eb\u061C', 'ab'],
    ['a\u200Bb\uFEFF', 'ab'],
  ])('can’t hide or turn what follows: %j', (text, line) => expect(plain(text)).toBe(line));

  it.each([['שלום עולם'], ['مرحبا'], ['ܫܠܡܐ'], ['ދިވެހި'], ['ߒߞߏ'], ['𞤀𞤣𞤤𞤢𞤥'], ['ࠔࠌࠓࠉ']])(
    'is isolated where it runs from right to left: %s',
    (text) => {
      expect(plain(text)).toBe(`\u2068${text}\u2069`);
    },
  );

  it('keeps the joiners that an emoji needs', () => expect(plain('👩‍👩‍👧 hi')).toBe('👩‍👩‍👧 hi'));

  it('is cut with a mark, in characters as a reader counts them', () => {
    expect(plain('abcdef', 6)).toBe('abcdef');
    expect(plain('abcdefg', 6)).toBe('abcde…');
    expect(plain('👍🏽👍🏽👍🏽', 3)).toBe('👍🏽👍🏽👍🏽');
    expect(plain('👍🏽👍🏽👍🏽👍🏽', 3)).toBe('👍🏽👍🏽…');
    expect(plain('👩‍👩‍👧👨‍👩‍👦🏳️‍🌈', 3)).toBe('👩‍👩‍👧…');
    expect(plain('e\u0301'.repeat(10), 3)).toBe('e\u0301e\u0301…');
  });

  it('can’t make a line endless with marks over one letter', () => {
    expect(plain(`Z${'\u0300'.repeat(100_000)}`, 80).length).toBeLessThanOrEqual(320);
    expect(plain(`Zoe${'\u0300'.repeat(100_000)}`, 80)).toMatch(/^Zo.*…$/);
  });

  it('has no halves of characters', () => {
    expect(plain('a\uD800b\uDC00c')).toBe('a\uFFFDb\uFFFDc');
  });

  it('is never longer than asked, never breaks the line and is always well formed', () => {
    fc.assert(
      fc.property(anyText, fc.integer({ min: 1, max: 120 }), (text, length) => {
        const line = plain(text, length);
        expect(graphemesOf(line)).toBeLessThanOrEqual(length);
        expect(line.length).toBeLessThanOrEqual(4 * length + 2);
        expect(line).not.toMatch(/[\p{Cc}\p{Zl}\p{Zp}]|^ | $/u);
        expect(line.isWellFormed()).toBe(true);
      }),
      { numRuns: 500 },
    );
  });
});

describe('a subject’s text', () => {
  it.each([
    ['Zoë Müller', 'Zoe Muller'],
    ['Łukasz Øst Straße Æsop œuvre', 'Lukasz Ost Strasse AEsop oeuvre'],
    ['a · b – c — d…', 'a - b - c - d...'],
    ['王小明', ''],
    ['Ana 👍 Ruiz', 'Ana Ruiz'],
    ['one\ntwo', 'onetwo'],
  ])('%j is %j in ASCII', (text, expected) => expect(ascii(text)).toBe(expected));

  it('is always printable ASCII', () => {
    fc.assert(fc.property(anyText, (text) => expect(ascii(text)).toMatch(/^[\x20-\x7e]*$/)));
  });
});
