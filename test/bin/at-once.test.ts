import { setTimeout as sleep } from 'node:timers/promises';
import { describe, expect, it } from '@jest/globals';
import { atOnce } from '../../bin/at-once.ts';

/** Numbers from 1, and how far they were asked for. */
function numbers(count: number) {
  const asked = { count: 0, ended: false };
  async function* things() {
    try {
      for (let number = 1; number <= count; number += 1) {
        asked.count = number;
        yield number;
      }
    } finally {
      asked.ended = true;
    }
  }
  return { asked, things: things() };
}

describe('work on many things', () => {
  it.each([
    ['a list', () => [1, 2, 3, 4, 5]],
    ['what comes bit by bit', () => numbers(5).things],
  ])('is done on each thing of %s, never on more than a few at once', async (_, things) => {
    const done: number[] = [];
    let [busy, most] = [0, 0];
    await atOnce(2, things(), async (thing) => {
      most = Math.max(most, ++busy);
      await sleep(1);
      busy -= 1;
      done.push(thing);
    });
    expect(done.toSorted()).toEqual([1, 2, 3, 4, 5]);
    expect(most).toBe(2);
  });

  it('asks for no more than it works on', async () => {
    const { asked, things } = numbers(1000);
    let done = 0;
    await atOnce(3, things, async () => {
      await sleep(0);
      expect(asked.count).toBeLessThanOrEqual((done += 1) + 3);
    });
    expect(done).toBe(1000);
  });

  it('ends with the first failure, and begins nothing more', async () => {
    const { asked, things } = numbers(1000);
    const failing = atOnce(3, things, async (number) => {
      await sleep(1);
      if (number === 5) throw new Error('the table is gone');
    });
    await expect(failing).rejects.toThrow('the table is gone');
    await sleep(20);
    expect(asked.count).toBeLessThan(12);
    expect(asked.ended).toBe(true);
  });
});
