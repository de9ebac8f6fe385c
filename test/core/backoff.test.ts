import { expect, it } from '@jest/globals';
import { backoff } from '../../lambdas/core/backoff.ts';

it.each([
  [0, 10],
  [1, 10],
  [2, 30],
  [3, 60],
  [4, 120],
  [5, 300],
  [6, 600],
  [7, 900],
  [100, 900],
])('after %i failures it waits %i seconds', (attempts, seconds) => expect(backoff(attempts)).toBe(seconds));
