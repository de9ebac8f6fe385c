import { expect, it } from '@jest/globals';
import { exportName } from '../../dashboard/src/leads/export-name.ts';

it.each([
  ['Europe/Berlin', '2026-11-25T22:59:00Z', 'leads-2026-11-25.csv'],
  ['Europe/Berlin', '2026-11-25T23:01:00Z', 'leads-2026-11-26.csv'],
  ['America/New_York', '2026-11-25T04:00:00Z', 'leads-2026-11-24.csv'],
])('an export in %s at %s is called %s', (zone, now, expected) =>
  expect(exportName(new Date(now), zone)).toBe(expected),
);
