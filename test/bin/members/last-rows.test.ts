import { expect, it } from '@jest/globals';
import * as fc from 'fast-check';
import { lastRows } from '../../../bin/members/last-rows.ts';

it('knows the last row of each, as a plain map would', () => {
  const identifiers = fc.array(fc.integer({ min: 0, max: 700 }), { minLength: 1000, maxLength: 1000 });
  fc.assert(
    fc.property(identifiers, (rows) => {
      const last = lastRows();
      const expected = new Map<number, number>();
      for (const [line, identifier] of rows.entries()) {
        last.note(`email:${identifier}@example.com`, line);
        expected.set(identifier, line);
      }
      for (const [line, identifier] of rows.entries())
        expect(last.isLast(`email:${identifier}@example.com`, line)).toBe(expected.get(identifier) === line);
    }),
    { numRuns: 10 },
  );
});

it('is right about each of 300,000, of whom some share their mark', () => {
  const last = lastRows();
  const all = Array.from({ length: 300_000 }, (_, line) => `phone:${line}`);
  for (const [line, identifier] of all.entries()) last.note(identifier, line);
  expect(all.every((identifier, line) => last.isLast(identifier, line))).toBe(true);
});
