import { expect, it } from '@jest/globals';
import { isUsableId } from '../../lambdas/core/id.ts';

it.each([['lead_UXCDbmKA817'], ['242711451_101'], ['a'], ['-'], ['x'.repeat(128)]])('%s may be part of a key', (id) => {
  expect(isUsableId(id)).toBe(true);
});

it.each([
  [''],
  ['x'.repeat(129)],
  ['../../etc/passwd'],
  ['a/b'],
  ['a.json'],
  ['a b'],
  ['a\n'],
  ['a%2Fb'],
  ['a?x=1'],
  ['lead_é'],
  ['lead_\u0000'],
  [12],
  [null],
  [undefined],
  [['lead_a']],
])('%j may not', (id) => expect(isUsableId(id)).toBe(false));
