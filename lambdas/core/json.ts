import { Rejected } from './failures.ts';

/** Deeper than any vendor nests; parsing goes on far beyond, walking or writing it again does not. */
const MAX_DEPTH = 32;

/** The content of a body that must be JSON in UTF-8. Throws `Rejected(400)` where it is not, or nests too deep. */
export function parseJson(body: Buffer): unknown {
  let value: unknown;
  try {
    value = JSON.parse(new TextDecoder('utf-8', { fatal: true }).decode(body));
  } catch {
    throw new Rejected(400, 'body is not JSON');
  }
  if (isDeeperThan(value, MAX_DEPTH)) throw new Rejected(400, 'body nests too deep');
  return value;
}

/** Level by level rather than by recursion, so that a hostile depth can't overflow the stack. */
function isDeeperThan(value: unknown, depth: number): boolean {
  let level = [value];
  for (let at = 0; level.length > 0; at += 1) {
    if (at > depth) return true;
    level = level.flatMap((item) => (typeof item === 'object' && item !== null ? Object.values(item) : []));
  }
  return false;
}
