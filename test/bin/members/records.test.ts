import { describe, expect, it } from '@jest/globals';
import * as fc from 'fast-check';
import { linesOf, LONGEST_LINE } from '../../../bin/members/lines.ts';
import { recordsOf } from '../../../bin/members/records.ts';
import { allOf, pieces } from './pieces.ts';

const records = (text: string, { separator = ',', width = 2 } = {}) =>
  allOf(recordsOf(linesOf(pieces(text)), { separator, width }, 2));

describe('the rows of a list', () => {
  it('are known by the line at which they begin', async () => {
    expect(await records('a,b\nc,d\n')).toEqual([
      { line: 2, cells: ['a', 'b'] },
      { line: 3, cells: ['c', 'd'] },
    ]);
  });

  it.each([
    [',', '"a,1", b '],
    [';', '"a,1";b'],
    ['\t', 'a,1\tb'],
  ])('have cells between %j, with quotes or without', async (separator, row) =>
    expect(await records(row, { separator })).toEqual([{ line: 2, cells: ['a,1', 'b'] }]),
  );

  it('may have quotes and ends of lines within quotes', async () => {
    expect(await records('"say ""hi""","one\n\ntwo"\nc,d')).toEqual([
      { line: 2, cells: ['say "hi"', 'one\n\ntwo'] },
      { line: 5, cells: ['c', 'd'] },
    ]);
  });

  it('are none where nothing stands', async () => {
    expect(await records('\n   \n,\n"",""\na,b\n\n')).toEqual([{ line: 6, cells: ['a', 'b'] }]);
  });

  it.each([
    ['a,b,c', '3 cells where the header has 2'],
    ['a', '1 cells where the header has 2'],
    ['a"b,c', 'broken quotes'],
    ['"a"b,c', 'broken quotes'],
    ['"a,b', 'broken quotes'],
    [`${'x'.repeat(LONGEST_LINE)},b`, 'longer than 100,000 characters'],
  ])('%.20s is bad, and the one after it is not', async (row, reason) => {
    expect(await records(`${row}\nc,d\ne,f`)).toEqual([
      { line: 2, reason },
      { line: 3, cells: ['c', 'd'] },
      { line: 4, cells: ['e', 'f'] },
    ]);
  });

  it('that lost a quote cost that row alone, however many follow', async () => {
    const rest = Array.from({ length: 200 }, (_, index) => `a${index},"b"`);
    const found = await records(['x,"y', ...rest].join('\n'));
    expect(found[0]).toEqual({ line: 2, reason: 'broken quotes' });
    expect(found.slice(1)).toEqual(rest.map((_, index) => ({ line: 3 + index, cells: [`a${index}`, 'b'] })));
  });

  it('come back as they were written, whatever stands in them', async () => {
    const cell = fc.string({
      unit: fc.constantFrom('a', '"', ',', ';', '\t', '\n', '=', '@', ' b', '\u2028', '💶'),
      maxLength: 12,
    });
    const rows = fc.array(fc.tuple(cell, cell, cell), { maxLength: 20 });
    await fc.assert(
      fc.asyncProperty(rows, fc.constantFrom(',', ';', '\t'), async (written, separator) => {
        const text = written
          .map((row) => row.map((one) => `"${one.replaceAll('"', '""')}"`).join(separator))
          .join('\r\n');
        const read = await records(text, { separator, width: 3 });
        const anything = written.filter((row) => row.some((one) => one !== ''));
        expect(read.map((record) => 'cells' in record && record.cells)).toEqual(anything);
      }),
    );
  });

  it('are each said or bad whatever is thrown at them', async () => {
    const text = fc.string({ unit: fc.constantFrom('a', '"', ',', '\n', '\r', '\0', '\uFFFD', ' '), maxLength: 300 });
    await fc.assert(
      fc.asyncProperty(text, async (junk) => {
        const found = await records(`${junk}\nlast,one`);
        const lines = found.map(({ line }) => line);
        expect(lines).toEqual([...new Set(lines)].sort((a, b) => a - b));
        for (const record of found) expect('reason' in record || record.cells.length === 2).toBe(true);
      }),
    );
  });
});
