import { describe, expect, it } from '@jest/globals';
import * as fc from 'fast-check';
import { categories, categoryOf, membershipIn, wordsFor } from '../../lambdas/core/category.ts';

const words = {
  lifecycleStages: { customer: 'subscribed', 'former customer': 'terminated' },
  statusLabels: { Customer: 'subscribed', Canceled: 'terminated' },
} as const;

describe('what a lead says of its membership', () => {
  it.each([
    [null, null, undefined],
    ['customer', null, 'subscribed'],
    ['CUSTOMER ', null, 'subscribed'],
    [null, 'canceled', 'terminated'],
    ['Former Customer', 'Customer', 'subscribed'],
    ['lead', 'Potential', undefined],
    ['constructor', '__proto__', undefined],
    [undefined, 'Customer', 'subscribed'],
  ])('with the stage %j and the label %j is %j', (lifecycle_stage, status_label, expected) =>
    expect(membershipIn({ status_label, ...(lifecycle_stage !== undefined && { lifecycle_stage }) }, words)).toBe(
      expected,
    ),
  );
});

describe('the category of a lead', () => {
  it.each([
    [[], 'pending'],
    [[undefined], 'pending'],
    [['pending'], 'pending'],
    [['terminated', undefined], 'terminated'],
    [['terminated', 'subscribed', 'pending'], 'subscribed'],
  ] as const)('of whom %j is said is %s', (said, expected) => expect(categoryOf([...said])).toBe(expected));

  it('does not depend on who says it first', () => {
    fc.assert(
      fc.property(fc.array(fc.constantFrom(...categories, undefined)), (said) => {
        expect(categoryOf(said.toReversed())).toBe(categoryOf(said));
        expect(categoryOf([...said, ...said])).toBe(categoryOf(said));
      }),
    );
  });
});

it('a tenant without words of its own has those of most', () => {
  const none = { lifecycleStages: {}, statusLabels: {} };
  expect(wordsFor({ '*': words, north: none }, 'north')).toBe(none);
  expect(wordsFor({ '*': words }, 'south')).toBe(words);
  expect(wordsFor({ '*': words }, 'constructor')).toBe(words);
  expect(wordsFor({}, 'north')).toEqual(none);
});
