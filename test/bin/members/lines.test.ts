import { describe, expect, it } from '@jest/globals';
import * as fc from 'fast-check';
import { linesOf, LONGEST_LINE } from '../../../bin/members/lines.ts';
import { allOf, pieces } from './pieces.ts';

const lines = (...text: string[]) => allOf(linesOf(pieces(...text)));

describe('the lines of a text', () => {
  it.each([
    ['LF', 'a\nb\n\nc\n'],
    ['CRLF', 'a\r\nb\r\n\r\nc\r\n'],
    ['CR', 'a\rb\r\rc\r'],
    ['LF without one at the end', 'a\nb\n\nc'],
  ])('end with %s', async (_, text) => expect(await lines(text)).toEqual(['a', 'b', '', 'c']));

  it('come without a byte order mark', async () =>
    expect(await lines('\uFEFFa', '\n\uFEFFb')).toEqual(['a', '\uFEFFb']));

  it('are none of an empty text', async () => expect(await lines('')).toEqual([]));

  it('are the same wherever the text is cut', async () => {
    const text = fc.array(fc.constantFrom('a', '\r', '\n', '"', '\u2028', 'é'), { maxLength: 30 });
    await fc.assert(
      fc.asyncProperty(text, fc.array(fc.nat(30), { maxLength: 5 }), async (characters, cuts) => {
        const whole = characters.join('');
        const places = [0, ...cuts.map((cut) => Math.min(cut, whole.length)).sort((a, b) => a - b), whole.length];
        const cut = places.slice(1).map((place, index) => whole.slice(places[index], place));
        const expected = whole.replace(/\r\n|\r/g, '\n').split('\n');
        expect(await lines(...cut)).toEqual(expected.at(-1) === '' ? expected.slice(0, -1) : expected);
      }),
    );
  });

  it('never fill the memory: of one that is too long only the beginning is kept', async () => {
    const long = await lines(...Array<string>(50).fill('x'.repeat(10_000)), '\nshort\n');
    expect(long.map(({ length }) => length)).toEqual([LONGEST_LINE + 1, 5]);
  });
});
