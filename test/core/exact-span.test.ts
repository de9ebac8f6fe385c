import { expect, it } from '@jest/globals';
import { exactSpan } from '../../lambdas/core/exact-span.ts';

it.each([
  [-5, '0 ms'],
  [340, '340 ms'],
  [2150, '2.1 s'],
  [9999, '9.9 s'],
  [12_400, '12 s'],
  [180_000, '3 min'],
  [185_000, '3 min 5 s'],
  [7_800_000, '2 h 10 min'],
  [273_600_000, '3 d 4 h'],
])('%d ms are read as %s', (milliseconds, text) => expect(exactSpan(milliseconds)).toBe(text));
