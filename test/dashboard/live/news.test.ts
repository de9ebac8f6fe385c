import { expect, it } from '@jest/globals';
import { newsOf } from '../../../dashboard/src/live/news.ts';
import { row } from '../row.ts';

it('says who came in, or how many', () => {
  expect(newsOf([row('a', 1, { name: 'Zoë Müller' })])).toBe('New lead received: Zoë Müller');
  expect(newsOf([row('a', 1, { name: null, email: 'zoe@example.com' })])).toBe('New lead received: zoe@example.com');
  expect(newsOf([row('a', 1, { name: null })])).toBe('New lead received: Lead without a name');
  expect(newsOf([row('a', 1), row('b', 2), row('c', 3)])).toBe('3 new leads');
  expect(newsOf([row('a', 1, { is_test: true, name: 'Test' })])).toBe('New test lead received: Test');
});
