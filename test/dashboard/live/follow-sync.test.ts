import { describe, expect, it } from '@jest/globals';
import { ApiFailure } from '../../../dashboard/src/api/failure.ts';
import { followSync } from '../../../dashboard/src/live/follow-sync.ts';
import type { SyncJob } from '../../../lambdas/api/schemas/sync.ts';

const job = (state: SyncJob['state'], changes: Partial<SyncJob> = {}): SyncJob => ({
  id: 'a-job',
  state,
  vendor: 0,
  ours: 0,
  missing: 0,
  fetched: 0,
  said: null,
  ...changes,
});
const away = new ApiFailure('unreachable', 'away');

/** Follows a job through these answers, the last of which stays; tells the pauses, and what it came to. */
async function follow(answers: (SyncJob | ApiFailure)[], end = new AbortController()) {
  let now = 0;
  const pauses: number[] = [];
  const heard: number[] = [];
  const followed = await followSync(
    {
      start: async () => job('waiting'),
      look: async () => {
        const answer = answers.length > 1 ? answers.shift() : answers[0];
        if (!answer || answer instanceof ApiFailure) throw answer ?? new Error('no answer left');
        return answer;
      },
      pause: async (milliseconds) => {
        pauses.push(milliseconds);
        now += milliseconds;
      },
      now: () => now,
      heard: (_, runs) => {
        heard.push(runs);
        if (runs >= 10_000) end.abort();
      },
    },
    end.signal,
  );
  return { followed, pauses, heard };
}
const patient = Object.assign(new AbortController(), { abort: () => undefined });

describe('a comparison that is followed', () => {
  it('that has nothing to compare is told within a moment', async () => {
    const nothing = job('done', { said: 'there is nothing to compare' });
    const { followed, pauses } = await follow([nothing]);
    expect(followed).toEqual({ job: nothing, hasEnded: true });
    expect(pauses).toEqual([300]);
  });

  it('is looked after each second until it ends, well or not', async () => {
    const running = job('running');
    const { followed, pauses, heard } = await follow([running, running, running, running, job('failed')]);
    expect(followed).toEqual({ job: job('failed'), hasEnded: true });
    expect(pauses).toEqual([300, 400, 600, 1000, 1000]);
    expect(heard).toEqual([0, 300, 700, 1300, 2300]);
  });

  it('is not given up when the connection is away for a while', async () => {
    const { followed, pauses } = await follow([away, away, away, job('running'), job('done')], patient);
    expect(followed.hasEnded).toBe(true);
    expect(pauses).toEqual([300, 1000, 2000, 4000, 1000]);
  });

  it('is left to itself after two minutes', async () => {
    const { followed, heard } = await follow([job('running')], patient);
    expect(followed).toEqual({ job: job('running'), hasEnded: false });
    expect(heard.at(-1)).toBeGreaterThanOrEqual(120_000);
    expect(heard.at(-2)).toBeLessThan(120_000);
  });

  it('is left to itself by who goes away', async () => {
    const { followed, heard } = await follow([job('running')]);
    expect(followed.hasEnded).toBe(false);
    expect(heard.at(-1)).toBeLessThan(12_000);
  });

  it('ends at once where it is not there', async () => {
    await expect(follow([new ApiFailure('not_found', 'there is no such comparison')])).rejects.toThrow('no such');
  });
});
