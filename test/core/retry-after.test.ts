import { expect, it } from '@jest/globals';
import { retryAfterIn } from '../../lambdas/core/retry-after.ts';

it.each([
  ['30', 30],
  ['0', 0],
  ['1.5', undefined],
  ['-1', undefined],
  ['9999999', undefined],
  ['Wed, 25 Nov 2026 10:00:00 GMT', undefined],
  ['', undefined],
])('of %j is %j seconds', (header, seconds) => {
  expect(retryAfterIn(new Headers({ 'retry-after': header }))).toBe(seconds);
});

it('is nothing where a vendor does not say', () => {
  expect(retryAfterIn(new Headers())).toBeUndefined();
});
