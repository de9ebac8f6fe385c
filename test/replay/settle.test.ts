import { expect, it } from '@jest/globals';
import { replay } from '../../lambdas/replay/replay.ts';
import { ReplayWorld } from '../fixtures/replay-world.ts';

/** A job whose deliveries are all sent. */
function sentWorld(left: number[]) {
  const world = new ReplayWorld();
  const message = { ...world.order({}), sent: { at: '2026-03-06T11:59:00.000Z', calm: 0 } };
  world.left = left;
  return { world, message };
}

it('a job ends when its lanes were found empty twice, since they know only about how much they have', async () => {
  const { world, message } = sentWorld([3, 0, 1, 0, 0]);
  let next = message;
  const outcomes: string[] = [];
  for (let looks = 0; looks < 5; looks += 1) {
    outcomes.push((await replay(next, world.ports())).outcome);
    next = (world.again.pop() ?? next) as typeof message;
  }
  expect(outcomes).toEqual(['settling', 'settling', 'settling', 'settling', 'done']);
  expect(world.job).toMatchObject({ state: 'done', counts: { left: 0, untold: 0 }, listed: [] });
  expect(world.job?.said).toBe('');
});

it('a job does not wait for ever for lanes that others use too', async () => {
  const { world, message } = sentWorld([7]);
  world.now += 15 * 60_000;
  expect(await replay(message, world.ports())).toEqual({ outcome: 'done' });
  expect(world.job).toMatchObject({ state: 'done', counts: { left: 7 } });
  expect(world.job?.said).toContain('7 messages are still in the lanes');
});

it('a job lists the leads that people may never have been told of', async () => {
  const { world, message } = sentWorld([0]);
  world.untold = [{ lead_id: '9001' }];
  await replay({ ...message, sent: { ...message.sent, calm: 1 } }, world.ports());
  expect(world.job).toMatchObject({ state: 'done', counts: { untold: 1 }, listed: [{ lead_id: '9001' }] });
  expect(world.job?.said).toContain('may never have been told');
});
