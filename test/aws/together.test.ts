import { setImmediate as settled } from 'node:timers/promises';
import { describe, expect, it } from '@jest/globals';
import * as fc from 'fast-check';
import { forEachNamed, together } from '../../lambdas/aws/together.ts';

/** What is called, and each call as long as the test lets it be under way. */
function calls(most: number, answerOf: (asked: number) => string | Error = (asked) => `answer ${asked}`) {
  const made: (readonly number[])[] = [];
  const underWay: (() => void)[] = [];
  const ask = together<number, string>(most, async (asked) => {
    made.push(asked);
    await new Promise<void>((end) => void underWay.push(end));
    return asked.map(answerOf);
  });
  /** Ends the call that is under way, and lets the next one begin. */
  const end = async () => {
    underWay.shift()?.();
    await settled();
    await settled();
  };
  return { ask, made, underWay, end };
}

/** A call that fails as long as any of these is asked, and every call that was tried. */
function failing(...bad: number[]) {
  const made: (readonly number[])[] = [];
  const ask = together<number, string>(10, async (asked) => {
    made.push(asked);
    await settled();
    if (asked.some((one) => bad.includes(one))) throw new Error(`can’t do ${asked.join(' ')}`);
    return asked.map((one) => `answer ${one}`);
  });
  return { ask, made };
}

describe('what is asked', () => {
  it('alone is called at once, by itself', async () => {
    const { ask, made, end } = calls(10);
    const one = ask(1);
    await settled();
    expect(made).toEqual([[1]]);
    await end();
    expect(await one).toBe('answer 1');
    const two = ask(2);
    await settled();
    expect(made).toEqual([[1], [2]]);
    await end();
    expect(await two).toBe('answer 2');
  });

  it('in the same moment is one call', async () => {
    const { ask, made, end } = calls(10);
    const all = Promise.all([ask(1), ask(2), ask(3)]);
    await settled();
    expect(made).toEqual([[1, 2, 3]]);
    await end();
    expect(await all).toEqual(['answer 1', 'answer 2', 'answer 3']);
  });

  it('while a call is under way waits for its end, and then goes together', async () => {
    const { ask, made, underWay, end } = calls(10);
    const all = [ask(1)];
    await settled();
    for (const asked of [2, 3, 4]) {
      all.push(ask(asked));
      await settled();
    }
    expect([made, underWay.length]).toEqual([[[1]], 1]);
    await end();
    expect(made).toEqual([[1], [2, 3, 4]]);
    await end();
    expect(await Promise.all(all)).toEqual(['answer 1', 'answer 2', 'answer 3', 'answer 4']);
  });

  it('goes together only so many at once, one call after the other', async () => {
    const { ask, made, underWay, end } = calls(3);
    const all = Promise.all(Array.from({ length: 8 }, (_, n) => ask(n)));
    await settled();
    for (const expected of [
      [[0, 1, 2]],
      [
        [0, 1, 2],
        [3, 4, 5],
      ],
      [
        [0, 1, 2],
        [3, 4, 5],
        [6, 7],
      ],
    ]) {
      expect([made, underWay.length]).toEqual([expected, 1]);
      await end();
    }
    expect(await all).toEqual(Array.from({ length: 8 }, (_, n) => `answer ${n}`));
    expect(made).toHaveLength(3);
  });

  it('twice is asked twice: nothing is remembered', async () => {
    const { ask, made, end } = calls(10);
    const both = Promise.all([ask(1), ask(1)]);
    await settled();
    await end();
    expect(await both).toEqual(['answer 1', 'answer 1']);
    expect(made).toEqual([[1, 1]]);
  });

  it('gets its own answer, once, whenever it is asked', async () => {
    const moment = fc.array(fc.nat(99), { maxLength: 6 });
    await fc.assert(
      fc.asyncProperty(fc.integer({ min: 1, max: 4 }), fc.array(moment, { maxLength: 6 }), async (most, moments) => {
        const made: number[] = [];
        let underWay = 0;
        const ask = together<number, number>(most, async (asked) => {
          underWay += 1;
          expect([underWay, asked.length > 0, asked.length <= most]).toEqual([1, true, true]);
          made.push(...asked);
          await settled();
          await settled();
          underWay -= 1;
          return asked.map((one) => one * 2);
        });
        const answers: Promise<number>[] = [];
        for (const some of moments) {
          answers.push(...some.map((one) => ask(one)));
          await settled();
        }
        expect(await Promise.all(answers)).toEqual(moments.flat().map((one) => one * 2));
        expect(made).toEqual(moments.flat());
      }),
      { numRuns: 50 },
    );
  });
});

describe('what fails', () => {
  it('by an error among the answers fails whom it belongs to, and nobody else', async () => {
    const { ask, made, end } = calls(10, (asked) => (asked === 2 ? new Error('not this one') : `answer ${asked}`));
    const all = Promise.allSettled([ask(1), ask(2), ask(3)]);
    await settled();
    await end();
    expect(await all).toEqual([
      { status: 'fulfilled', value: 'answer 1' },
      { status: 'rejected', reason: new Error('not this one') },
      { status: 'fulfilled', value: 'answer 3' },
    ]);
    expect(made).toEqual([[1, 2, 3]]);
  });

  it('with all of its call is tried by itself, so that only that fails which can’t be done', async () => {
    const { ask, made } = failing(2);
    expect(await Promise.allSettled([ask(1), ask(2), ask(3)])).toEqual([
      { status: 'fulfilled', value: 'answer 1' },
      { status: 'rejected', reason: new Error('can’t do 2') },
      { status: 'fulfilled', value: 'answer 3' },
    ]);
    expect(made).toEqual([[1, 2, 3], [1], [2], [3]]);
  });

  it('by an error among the answers when it is tried by itself fails it', async () => {
    const ask = together<number, string>(10, async (asked) => {
      if (asked.length > 1) throw new Error('too many');
      return asked.map((one) => (one === 2 ? new Error('not this one') : `answer ${one}`));
    });
    expect(await Promise.allSettled([ask(1), ask(2)])).toEqual([
      { status: 'fulfilled', value: 'answer 1' },
      { status: 'rejected', reason: new Error('not this one') },
    ]);
  });

  it('alone fails without a second try', async () => {
    const { ask, made } = failing(1);
    await expect(ask(1)).rejects.toThrow('can’t do 1');
    expect(made).toEqual([[1]]);
  });

  it('with something that is no error fails with an error', async () => {
    const ask = together<number, string>(10, async () => Promise.reject('down'));
    await expect(ask(1)).rejects.toThrow(/^down$/);
  });

  it('holds up nothing that is asked later, or meanwhile', async () => {
    const { ask, made } = failing(1, 2);
    const first = ask(1);
    await settled();
    const second = Promise.allSettled([ask(2), ask(3)]);
    await expect(first).rejects.toThrow('can’t do 1');
    expect(await second).toMatchObject([{ status: 'rejected' }, { value: 'answer 3' }]);
    expect(await ask(4)).toBe('answer 4');
    expect(await Promise.all([ask(5), ask(6)])).toEqual(['answer 5', 'answer 6']);
    expect(made).toEqual([[1], [2, 3], [2], [3], [4], [5, 6]]);
  });
});

it('there is one of its kind for each name', () => {
  const made: string[] = [];
  const of = forEachNamed((name) => {
    made.push(name);
    return { name };
  });
  expect(of('leads')).toBe(of('leads'));
  expect(of('leads')).not.toBe(of('others'));
  expect(made).toEqual(['leads', 'others']);
});
