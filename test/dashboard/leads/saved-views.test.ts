import { expect, it } from '@jest/globals';
import { savedViews, tabOf } from '../../../dashboard/src/leads/saved-views.ts';

const tabs = [{ name: 'All', view: {} }, { name: 'Meta Ads Leads', view: { list: 'Meta Ads Leads' } }, ...savedViews];

it('a view belongs to the tab that says most of it', () => {
  expect(tabOf({}, tabs)?.name).toBe('All');
  expect(tabOf({ status: 'won' }, tabs)?.name).toBe('All');
  expect(tabOf({ list: 'Meta Ads Leads', status: 'won' }, tabs)?.name).toBe('Meta Ads Leads');
  expect(tabOf({ mine: 'true' }, tabs)?.name).toBe('All');
  expect(tabOf({ mine: 'true', untouched: 'true', source: 'meta' }, tabs)?.name).toBe('Mine and untouched');
});
