import { describe, expect, it } from '@jest/globals';
import * as fc from 'fast-check';
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

describe('a number', () => {
  it.each([
    ['120212669955550254', '120212669955550254'],
    ['9007199254740993', '9007199254740993'],
    ['9007199254740992', '9007199254740992'],
    ['-9007199254740993', '-9007199254740993'],
    ['123456789012345678901234567890', '123456789012345678901234567890'],
  ])('that is too large to be exact comes as its digits: %s', (text, digits) => {
    expect(parse(text)).toBe(digits);
    expect(parse(`{"id":${text},"ids":[1,{"id": ${text} }]}`)).toEqual({ id: digits, ids: [1, { id: digits }] });
  });

  it.each([
    ['9007199254740991', Number.MAX_SAFE_INTEGER],
    ['-9007199254740991', Number.MIN_SAFE_INTEGER],
    ['0', 0],
    ['1772717400', 1_772_717_400],
    ['1234567890123456.5', 1234567890123456.5],
    ['0.1234567890123456', 0.1234567890123456],
    ['1e3', 1000],
    ['1e30', 1e30],
    ['1e999', Infinity],
  ])('that is exact, or no whole one, stays a number: %s', (text, value) => {
    expect(parse(text)).toBe(value);
    // Also beside one that does not.
    expect(parse(`[${text}, 120212669955550254]`)).toEqual([value, '120212669955550254']);
  });

  it('is not looked for inside of text', () => {
    expect(parse('{"a":"120212669955550254","120212669955550254":"b","c":"[1]"}')).toEqual({
      a: '120212669955550254',
      '120212669955550254': 'b',
      c: '[1]',
    });
  });

  it('comes exactly wherever it stands, whatever stands around it', () => {
    const big = fc.bigInt({ min: 2n ** 53n, max: 2n ** 80n });
    fc.assert(
      fc.property(big, fc.jsonValue({ maxDepth: 3 }), (id, value) => {
        expect(parse(`{"id":${id},"rest":[${JSON.stringify(value)}]}`)).toMatchObject({ id: String(id) });
      }),
    );
  });

  it('too large beside a name of an object’s own parts changes nothing', () => {
    const value = parse('{"__proto__":{"admin":120212669955550254},"id":120212669955550254}') as object;
    expect(Object.getPrototypeOf(value)).toBe(Object.prototype);
    expect(Object.hasOwn(value, '__proto__')).toBe(true);
    expect(({} as Record<string, unknown>)['admin']).toBeUndefined();
  });

  it('of 1,000 leads is read in no time', () => {
    const many = `[${Array.from({ length: 20_000 }, () => '120212669955550254').join(',')}]`;
    const started = performance.now();
    expect(parse(many)).toHaveLength(20_000);
    expect(performance.now() - started).toBeLessThan(2000);
  });
});
