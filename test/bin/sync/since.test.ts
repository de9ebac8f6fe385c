import { expect, it } from '@jest/globals';
import { sinceIn } from '../../../bin/sync/since.ts';

const NOW = Date.parse('2026-11-30T12:00:00Z');

it('understands days back and a day', () => {
  expect(sinceIn('90d', NOW)).toBe(Date.parse('2026-09-01T12:00:00Z'));
  expect(sinceIn('2026-09-01', NOW)).toBe(Date.parse('2026-09-01T00:00:00Z'));
});

it.each(['90', 'd', '-3d', '2026-02-31', '2026-12-01', '1.5d', '9999d', 'yesterday'])(
  'refuses %s with a sentence',
  (text) => {
    expect(() => sinceIn(text, NOW)).toThrow(`--since is "${text}"; it must be a number of days`);
  },
);
