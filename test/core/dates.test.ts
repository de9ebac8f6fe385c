import { describe, expect, it } from '@jest/globals';
import * as fc from 'fast-check';
import * as z from 'zod';
import { isoUtc } from '../../lambdas/core/dates.ts';

describe('a vendor’s time', () => {
  it.each([
    ['2026-01-12T21:05:46.478000', '2026-01-12T21:05:46.478Z'],
    ['2026-01-12T21:05:46', '2026-01-12T21:05:46.000Z'],
  ])('without a zone is UTC: %s', (text, time) => expect(isoUtc(text)).toBe(time));

  it.each([
    ['2026-01-12T21:05:46.477000+00:00', '2026-01-12T21:05:46.477Z'],
    ['2026-01-12T21:05:46+02:00', '2026-01-12T19:05:46.000Z'],
    ['2026-01-12T21:05:46-0500', '2026-01-13T02:05:46.000Z'],
    ['2026-01-12T21:05:46Z', '2026-01-12T21:05:46.000Z'],
  ])('with a zone is converted: %s', (text, time) => expect(isoUtc(text)).toBe(time));

  it.each([
    ['2026-01-12', '2026-01-12T00:00:00.000Z'],
    ['2026-01-12 21:05:46', '2026-01-12T21:05:46.000Z'],
  ])('as other systems write it: %s', (text, time) => expect(isoUtc(text)).toBe(time));

  it.each([
    [''],
    ['yesterday'],
    ['banana 1'],
    ['5'],
    ['2026'],
    ['12345'],
    ['2026-13-01T00:00:00'],
    ['+275760-09-13T00:00:00Z'],
    [1768251946],
    [null],
    [undefined],
    [{}],
  ])('is nothing where it is no time: %j', (value) => expect(isoUtc(value)).toBeNull());

  it('is always a date that the public schema accepts, or nothing', () => {
    const schema = z.iso.datetime().nullable();
    const pieces = fc.constantFrom('2026', '9', '-', '+', '0', '01', 'T', ':', '.', 'Z', ' ', '59', 'a', '12');
    fc.assert(
      fc.property(
        fc.oneof(
          fc.string(),
          fc.array(pieces).map((some) => some.join('')),
        ),
        (text) => {
          expect(schema.safeParse(isoUtc(text)).success).toBe(true);
        },
      ),
      { numRuns: 1000 },
    );
  });
});
