import { expect, it } from '@jest/globals';
import { inColumns } from '../../bin/columns.ts';

it('puts cells below each other, with nothing behind the last one', () => {
  const rows = [
    ['PAGE', 'NAME', 'WAITING'],
    ['1', 'Harbour Language School', '0'],
    ['604000000000001', '-', '12'],
  ];
  expect(inColumns(rows)).toBe(
    [
      'PAGE             NAME                     WAITING',
      '1                Harbour Language School  0',
      '604000000000001  -                        12',
    ].join('\n'),
  );
});

it('is the header alone where there is no row', () => expect(inColumns([['PAGE', 'NAME']])).toBe('PAGE  NAME'));
