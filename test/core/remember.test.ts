import { describe, expect, it } from '@jest/globals';
import { remember } from '../../lambdas/core/remember.ts';

const minute = 60_000;

/** What is remembered on a clock of its own, and how often it was read. */
function memory() {
  const clock = { now: 0 };
  const reads: string[] = [];
  const remembered = remember(() => clock.now);
  const ask = (what: string, answer: string | null | Error = `${what}!`) =>
    remembered(what, async () => {
      reads.push(what);
      if (answer instanceof Error) throw answer;
      return answer;
    });
  return { clock, reads, ask };
}

describe('what many leads share', () => {
  it('is read once in ten minutes', async () => {
    const { clock, reads, ask } = memory();
    expect(await ask('form 7')).toBe('form 7!');
    clock.now = 10 * minute - 1;
    expect(await ask('form 7', 'another name')).toBe('form 7!');
    expect(reads).toEqual(['form 7']);
    clock.now = 10 * minute;
    expect(await ask('form 7', 'another name')).toBe('another name');
    expect(reads).toEqual(['form 7', 'form 7']);
  });

  it('is read once by all who ask at the same time', async () => {
    const { reads, ask } = memory();
    expect(await Promise.all([ask('form 7'), ask('form 7'), ask('form 8')])).toEqual(['form 7!', 'form 7!', 'form 8!']);
    expect(reads).toEqual(['form 7', 'form 8']);
  });

  it('is remembered too where there is none: it is not looked for with each lead', async () => {
    const { reads, ask } = memory();
    expect(await ask('form 7', null)).toBeNull();
    expect(await ask('form 7')).toBeNull();
    expect(reads).toEqual(['form 7']);
  });

  it('is read again after a failure, by the next who asks', async () => {
    const { reads, ask } = memory();
    await expect(ask('form 7', new Error('no answer'))).rejects.toThrow('no answer');
    expect(await ask('form 7')).toBe('form 7!');
    expect(reads).toEqual(['form 7', 'form 7']);
  });

  it('is forgotten before it fills the function: a thousand things are remembered at most', async () => {
    const { reads, ask } = memory();
    for (let n = 0; n < 1000; n += 1) await ask(`form ${n}`);
    await ask('form 0');
    expect(reads).toHaveLength(1000);
    await ask('form 1000');
    await ask('form 0');
    expect(reads.slice(1000)).toEqual(['form 1000', 'form 0']);
  });
});
