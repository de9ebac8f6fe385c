import { describe, expect, it } from '@jest/globals';
import { Later, Refused } from '../../lambdas/core/failures.ts';
import type { OwnerAnswer } from '../../lambdas/core/owner.ts';
import { enrichedOf } from '../../lambdas/process/look-up.ts';
import { lead } from '../fixtures/lead.ts';
import { dueAt, ProcessWorld } from '../fixtures/process-world.ts';

/** A directory that gives this answer, and whom it was asked by. */
const directory = (id: string, answer: OwnerAnswer | undefined | Error, asked: string[] = []) => ({
  id,
  lookUp: async () => {
    asked.push(id);
    if (answer instanceof Error) throw answer;
    return answer;
  },
});

function worldWith(...directories: ProcessWorld['directories']) {
  const world = new ProcessWorld();
  world.directories = directories;
  return { world, look: (since?: string) => enrichedOf(lead, since, world.ports().ports) };
}

describe('owner directories', () => {
  it('are all asked, in their order, and the first that knows a thing is believed', async () => {
    const asked: string[] = [];
    const { look } = worldWith(
      directory('lookup', { lead_owner: 'Grace Hopper', lead_email: null }, asked),
      directory('close', { lead_owner: 'Alan Turing', lead_email: 'zoe@example.com' }, asked),
    );
    expect(await look()).toMatchObject({ lead_owner: 'Grace Hopper', lead_email: 'zoe@example.com' });
    expect(asked).toEqual(['lookup', 'close']);
  });

  it('that never heard of the lead leave it to the others', async () => {
    const { look } = worldWith(directory('lookup', undefined), directory('close', { lead_owner: 'Alan Turing' }));
    expect(await look()).toMatchObject({ lead_owner: 'Alan Turing' });
  });

  it('need not be any', async () => expect(await worldWith().look()).toMatchObject({ lead_owner: 'Unassigned' }));

  it('that refuse for good are reported, and keep no lead from people', async () => {
    const { world, look } = worldWith(
      directory('close', new Refused('Close answered 401')),
      directory('lookup', { lead_owner: 'Grace Hopper' }),
    );
    expect(await look()).toMatchObject({ lead_owner: 'Grace Hopper' });
    expect(world.refusedDirectories).toEqual(['close: Close answered 401']);
  });

  it.each([
    { asked: undefined, waited: undefined, seconds: 10 },
    { asked: undefined, waited: 0, seconds: 10 },
    { asked: undefined, waited: 10, seconds: 10 },
    { asked: undefined, waited: 20, seconds: 20 },
    { asked: undefined, waited: 610, seconds: 610 },
    { asked: undefined, waited: 900, seconds: 900 },
    { asked: undefined, waited: 86_399, seconds: 900 },
    { asked: 0, waited: 40, seconds: 40 },
    { asked: 12, waited: undefined, seconds: 12 },
    { asked: 3, waited: 610, seconds: 3 },
    { asked: 1800, waited: 610, seconds: 1800 },
  ])(
    'that can’t answer now make the lead wait as long as they ask for, else as long again as it waited (asked for $asked s, waited $waited s: $seconds s)',
    async ({ asked, waited, seconds }) => {
      const { world, look } = worldWith(
        directory('lookup', { lead_owner: 'Grace Hopper' }),
        directory('close', new Later('Close answered 503', asked)),
      );
      const since = waited === undefined ? undefined : new Date(dueAt - waited * 1000).toISOString();
      expect(await look(since)).toEqual({
        wait: { until: dueAt + seconds * 1000, reason: 'Close answered 503', failed: true },
      });
      expect(world.target.size).toBe(0);
    },
  );

  it('that fail fail the step, to be tried again', async () => {
    const { world, look } = worldWith(directory('lookup', new Error('NoSuchBucket')));
    await expect(look()).rejects.toThrow('NoSuchBucket');
    expect(world.target.size).toBe(0);
  });
});
