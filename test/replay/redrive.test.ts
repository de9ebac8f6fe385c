import { describe, expect, it } from '@jest/globals';
import type { DeadLetter } from '../../lambdas/core/dead-letter.ts';
import { redrive } from '../../lambdas/replay/redrive.ts';
import { created, ReplayWorld } from '../fixtures/replay-world.ts';

const at = '2026-03-05T13:40:01.000Z';
const owner = (tenant: string, lead_id: string) => JSON.stringify({ v: 1, tenant, lead_id, notBefore: at });
const letter = (id: string, more: Partial<DeadLetter> = {}): DeadLetter => ({
  id,
  queue: 'owner',
  body: owner('north', `lead_${id}`),
  cause: 'slack: 503',
  sentAt: at,
  ...more,
});

async function run(world: ReplayWorld, order: Record<string, unknown>) {
  const message = world.order(order, 'redrive');
  if (!world.job) throw new Error('no job');
  return redrive(message, world.job, world.ports());
}

function worldWith(...letters: DeadLetter[]) {
  const world = new ReplayWorld();
  world.letters = letters;
  return world;
}

describe('messages that were given up', () => {
  it.each<[string, Record<string, unknown>, string[]]>([
    ['all', {}, ['a', 'b', 'c']],
    ['those of one cause', { cause: 'slack: 503' }, ['a', 'c']],
    ['those of one queue', { queue: 'capture' }, ['c']],
    ['one', { message: 'b' }, ['b']],
    ['those of one cause and queue', { cause: 'slack: 503', queue: 'owner' }, ['a']],
  ])('are sent back: %s', async (_, order, sentBack) => {
    const world = worldWith(letter('a'), letter('b', { cause: 'S3 is down' }), letter('c', { queue: 'capture' }));
    expect(await run(world, order)).toEqual({ outcome: 'done', reason: `${sentBack.length} messages` });
    expect(world.sentBack).toEqual(sentBack);
    expect(world.job).toMatchObject({ state: 'done', counts: { redriven: sentBack.length } });
  });

  it('are listed by their cause alone where that is asked for', async () => {
    const world = worldWith(letter('a'));
    await run(world, { isDryRun: true });
    expect([world.sentBack, world.job?.counts]).toEqual([[], { redriven: 1 }]);
    expect(world.job?.listed).toEqual([
      {
        queue: 'owner',
        cause: 'slack: 503',
        count: 1,
        oldest: at,
        messages: [{ id: 'a', sent_at: at, lead_id: 'lead_a', keys: [] }],
      },
    ]);
  });

  it('of another tenant stay where they are, also those that only their delivery tells apart', async () => {
    const world = worldWith(
      letter('a', { body: owner('south', 'x') }),
      letter('b', { body: '{"v":1,"key":"source/crm_event_0001.json","from":0,"to":1}' }),
      letter('c', { body: '{"Records":[{"s3":{"object":{"key":"source/crm_event_0002.json"}}}]}' }),
      letter('d', { body: 'not JSON' }),
    );
    const kept = { source: 'close', storedAt: at, events: [created('x')] };
    world.deliveries.set('source/crm_event_0001.json', { ...kept, tenant: 'south' });
    world.deliveries.set('source/crm_event_0002.json', { ...kept, tenant: 'north' });
    await run(world, {});
    expect(world.sentBack).toEqual(['c']);
  });

  it('are gone on with after a failure, and counted on', async () => {
    const world = worldWith(letter('a'), letter('b'));
    const message = world.order({}, 'redrive');
    const { eachDeadLetter } = world.ports();
    const broken = {
      ...world.ports(),
      eachDeadLetter: async (decide: Parameters<typeof eachDeadLetter>[0]) => {
        const [first] = world.letters;
        if (first && (await decide(first)) === 'send back') world.sentBack.push(world.letters.shift()?.id ?? '');
        throw new Error('SQS is down');
      },
    };
    if (!world.job) throw new Error('no job');
    await expect(redrive(message, world.job, broken)).rejects.toThrow('SQS is down');
    expect(world.job).toMatchObject({ state: 'failed', counts: { redriven: 1 } });
    await redrive(message, world.job, world.ports());
    expect(world.sentBack).toEqual(['a', 'b']);
    expect(world.job).toMatchObject({ state: 'done', counts: { redriven: 2 } });
  });
});
