import { describe, expect, it } from '@jest/globals';
import { Rejected } from '../../lambdas/core/failures.ts';
import { parseJson } from '../../lambdas/core/json.ts';

const parse = (text: string) => parseJson(Buffer.from(text));
const nested = (depth: number) => '['.repeat(depth) + '1' + ']'.repeat(depth);

describe('a body', () => {
  it('is read as JSON', () =>
    expect(parse('{"name": "Zo\\u00eb", "n": [1, null]}')).toEqual({ name: 'Zoë', n: [1, null] }));

  it('may begin with a byte order mark', () => expect(parse('\uFEFF{"a":1}')).toEqual({ a: 1 }));

  it.each([[''], ['{'], ['{"a":1}x'], ["{'a':1}"], ['undefined']])('that is not JSON is refused: %j', (text) => {
    expect(() => parse(text)).toThrow(new Rejected(400, 'body is not JSON'));
  });

  it('that is not UTF-8 is refused', () => {
    expect(() => parseJson(Buffer.from([0x22, 0xff, 0xfe, 0x22]))).toThrow('body is not JSON');
  });

  it('may nest 32 levels', () => expect(() => parse(nested(32))).not.toThrow());

  it('of 33 levels is refused', () => {
    expect(() => parse(nested(33))).toThrow('body nests too deep');
    expect(() => parse('{"a":'.repeat(33) + '1' + '}'.repeat(33))).toThrow('body nests too deep');
  });

  it('of 500,000 brackets is refused rather than overflowing the stack', () => {
    expect(() => parse(nested(500_000))).toThrow('body nests too deep');
    expect(() => parse('['.repeat(500_000))).toThrow('body is not JSON');
  });

  it('that is wide is read', () => {
    expect(parse(JSON.stringify(Array.from({ length: 100_000 }, () => ({ a: 1 }))))).toHaveLength(100_000);
  });

  it('can’t change the prototype of anything', () => {
    const value = parse('{"__proto__": {"admin": true}, "constructor": {"prototype": {"admin": true}}}');
    expect(Object.getPrototypeOf(value)).toBe(Object.prototype);
    expect(({} as Record<string, unknown>)['admin']).toBeUndefined();
  });

  it('may hold numbers that are too large for us', () => {
    expect(() => parse('{"n": 123456789012345678901234567890, "m": 1e999}')).not.toThrow();
  });
});
