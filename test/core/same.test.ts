import { expect, it } from '@jest/globals';
import { isSame } from '../../lambdas/core/same.ts';

it('the order of names and what is absent make no difference', () => {
  expect(isSame({ a: 1, b: { c: [1, 2], d: undefined } }, { b: { c: [1, 2] }, a: 1 })).toBe(true);
});

it.each([
  [{ a: 1 }, { a: 2 }],
  [{ a: [1, 2] }, { a: [2, 1] }],
  [{ a: null }, {}],
])('%j is not %j', (one, other) => expect(isSame(one, other)).toBe(false));
