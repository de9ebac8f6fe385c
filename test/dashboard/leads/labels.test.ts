import { expect, it } from '@jest/globals';
import { categoryLabels, sourceLabels } from '../../../dashboard/src/leads/labels.ts';
import { categoryLabel } from '../../../lambdas/core/category.ts';
import { sources } from '../../../lambdas/sources/registry.ts';

it('categories are called as in alerts', () => expect(categoryLabels).toEqual(categoryLabel));

it('each source has its name in the filter', () => {
  const { manual, ...vendors } = sourceLabels;
  expect(manual).toBe('Added by hand');
  expect(vendors).toEqual(Object.fromEntries(Object.values(sources).map(({ id, label }) => [id, label])));
});
