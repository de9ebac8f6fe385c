import { Rejected } from './failures.ts';

/** Deeper than any vendor nests; parsing goes on far beyond, walking or writing it again does not. */
const MAX_DEPTH = 32;

/** A number of 16 digits or more: beyond 2^53 parsing would change it, and it is an id. */
const mayBeInexact = /\d{16}/;

/** The content of a body that must be JSON in UTF-8; a whole number too large to be exact comes as its digits. Throws `Rejected(400)` where it is not, or nests too deep. */
export function parseJson(body: Buffer): unknown {
  let value: unknown;
  let text: string;
  try {
    text = new TextDecoder('utf-8', { fatal: true }).decode(body);
    value = JSON.parse(text);
  } catch {
    throw new Rejected(400, 'body is not JSON');
  }
  if (isDeeperThan(value, MAX_DEPTH)) throw new Rejected(400, 'body nests too deep');
  return mayBeInexact.test(text) ? JSON.parse(text, exactly as Reviver) : value;
}

/** The same of a text; `undefined` where it is no such thing. */
export function jsonIn(text: string): unknown {
  try {
    return parseJson(Buffer.from(text));
  } catch {
    return undefined;
  }
}

type Reviver = (key: string, value: unknown) => unknown;

/** The third argument is what stands in the text (https://github.com/tc39/proposal-json-parse-with-source); TypeScript does not know it yet. */
const exactly = (_key: string, value: unknown, { source }: { source?: string }): unknown =>
  typeof value === 'number' && !Number.isSafeInteger(value) && /^-?\d+$/.test(source ?? '') ? source : value;

/** Level by level rather than by recursion, so that a hostile depth can't overflow the stack. */
function isDeeperThan(value: unknown, depth: number): boolean {
  let level = [value];
  for (let at = 0; level.length > 0; at += 1) {
    if (at > depth) return true;
    level = level.flatMap((item) => (typeof item === 'object' && item !== null ? Object.values(item) : []));
  }
  return false;
}
