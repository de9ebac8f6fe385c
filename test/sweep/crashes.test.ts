import { describe, expect, it } from '@jest/globals';
import type { SweepMessage } from '../../lambdas/core/sweep-message.ts';
import { sweep } from '../../lambdas/sweep/sweep.ts';
import { ago, created, dueLead, LOST_AFTER, SweepWorld } from '../fixtures/sweep-world.ts';

/** Everything that can get lost, once. */
function lost(): SweepWorld {
  const world = new SweepWorld();
  const { queuedAt: _, ...unqueued } = dueLead('unqueued', 40);
  world.due(dueLead('untold', 30), unqueued, dueLead('in_digest', 50, { enrichedAt: ago(45) }));
  const window = Math.floor(Date.parse(ago(45)) / 60_000);
  world.channels.set('north in_digest', [{ channel: 'slack', state: 'digest', window, attempts: 0 }]);
  world.store('crm_event_unqueued', [created('unqueued')], 50);
  world.store('unread', [created('unread')]);
  world.events.set('north ev_unqueued', { outcome: 'done' });
  return world;
}

/** What was started again, in the order of the alphabet: a lead by `capture` or, the second time, at once. */
const started = (world: SweepWorld) =>
  [
    ...world.toCapture.map(({ key }) => (key.includes('unread') ? 'unread' : 'unqueued')),
    ...world.toOwner.map(({ lead_id }) => lead_id),
    ...world.digests.map(({ digest }) => `digest of ${digest.channel}`),
  ].toSorted();

/** What `capture` and `process` make of it. */
function work(world: SweepWorld) {
  // One in a digest stays in it until that is told.
  const told = world.toOwner
    .map(({ lead_id }) => lead_id)
    .filter((id) => id !== 'in_digest' || world.digests.length > 0);
  const captured = world.toCapture.map(({ key }) => (key.includes('unread') ? 'unread' : 'unqueued'));
  for (const id of captured) world.events.set(`north ev_${id}`, { outcome: 'done' });
  for (const id of [...told, ...captured]) {
    const lead = world.leads.get(`north ${id}`);
    if (lead) world.due({ ...lead, toldAt: ago(0) });
  }
}

describe.each<[string, SweepMessage, string[]]>([
  ['due', { v: 1, sweep: 'due' }, ['digest of slack', 'in_digest', 'unqueued', 'untold']],
  ['stored', { v: 1, sweep: 'stored' }, ['unread']],
])('a sweep (%s) that dies', (_, message, all) => {
  const calls = async () => {
    const { ports, calls: count } = lost().ports();
    await sweep(message, ports);
    return count();
  };

  it('anywhere starts everything again in the end', async () => {
    const most = await calls();
    expect(most).toBeGreaterThan(5);
    for (let call = 1; call <= most; call += 1) {
      for (const carriedOut of [false, true]) {
        const world = lost();
        await world.sweep(message, [{ call, carriedOut }]);
        // What was noted and not sent counts as started, and has its turn when that had its time.
        work(world);
        world.now += LOST_AFTER;
        await world.sweep(message);
        expect([...new Set(started(world))]).toEqual(all);
      }
    }
  });

  it('and is tried again at once starts nothing twice', async () => {
    const most = await calls();
    for (let call = 1; call <= most; call += 1) {
      const world = lost();
      await world.sweep(message, [{ call, carriedOut: true }]);
      const again = started(world);
      expect(again).toEqual([...new Set(again)]);
    }
  });
});
