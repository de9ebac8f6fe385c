import { describe, expect, it } from '@jest/globals';
import { ApiFailure } from '../../../dashboard/src/api/failure.ts';
import { keepAsking } from '../../../dashboard/src/live/keep-asking.ts';
import type { LeadPage } from '../../../lambdas/api/schemas/lead.ts';
import { page, row } from '../row.ts';

type Answer = LeadPage | ApiFailure;

/** Asks until the answers are used up, and tells what happened in its order. */
async function run(answers: Answer[]): Promise<string[]> {
  const log: string[] = [];
  const end = new AbortController();
  await keepAsking(
    {
      ask: async (since) => {
        log.push(`ask ${since ?? 'where to begin'}`);
        const answer = answers.shift();
        if (answers.length === 0) end.abort();
        if (!answer || answer instanceof ApiFailure) throw answer ?? new Error('no answer left');
        return answer;
      },
      hear: (rows, isFirst) => log.push(`hear ${rows.map(({ id }) => id).join('')}${isFirst ? ' of before' : ''}`),
      answered: () => log.push('answered'),
      failed: () => log.push('failed'),
      untilVisible: async () => undefined,
      pause: async (milliseconds) => void log.push(`pause ${milliseconds}`),
      random: () => 1,
    },
    end.signal,
  );
  return log;
}

const away = new ApiFailure('unreachable', 'away');

describe('asking for what changed', () => {
  it('begins at once, and tells what came before apart from what is new', async () => {
    const answers = [
      page([row('a', 1)], { since: 's1' }),
      page([row('a', 1)], { since: 's2' }),
      page([row('b', 2)], { since: 's3' }),
      page([]),
    ];
    expect(await run(answers)).toEqual([
      'ask where to begin',
      'answered',
      'ask s1',
      'hear a of before',
      'answered',
      'pause 3000',
      'ask s2',
      'hear b',
      'answered',
      'pause 3000',
      'ask s3',
    ]);
  });

  it('asks again at once where more changed than one answer holds', async () => {
    const answers = [page([], { since: 's1' }), page([row('a', 1)], { since: 's2', more: true }), page([])];
    expect(await run(answers)).toEqual([
      'ask where to begin',
      'answered',
      'ask s1',
      'hear a of before',
      'answered',
      'ask s2',
    ]);
  });

  it('waits longer after each failure, and goes on from where it was', async () => {
    const answers = [page([], { since: 's1' }), away, away, away, page([])];
    expect(await run(answers)).toEqual([
      'ask where to begin',
      'answered',
      'ask s1',
      'failed',
      'pause 3000',
      'ask s1',
      'failed',
      'pause 6000',
      'ask s1',
      'failed',
      'pause 10000',
      'ask s1',
    ]);
  });

  it('begins anew where the server no longer takes the place to go on from', async () => {
    const answers = [page([], { since: 's1' }), new ApiFailure('bad_request', 'since'), page([])];
    expect((await run(answers)).at(-1)).toBe('ask where to begin');
  });

  it('stops where the session is over', async () => {
    const answers = [page([], { since: 's1' }), new ApiFailure('not_signed_in', 'sign in'), page([])];
    expect((await run(answers)).at(-1)).toBe('ask s1');
  });
});
