import { beforeEach, describe, expect, it } from '@jest/globals';
import { sweepDue } from '../../lambdas/sweep/sweep-due.ts';
import { ago, created, dueLead, NIGHT, SweepWorld } from '../fixtures/sweep-world.ts';

let world: SweepWorld;
beforeEach(() => {
  world = new SweepWorld();
});
const look = { v: 1, sweep: 'due' } as const;
const now = new Date(NIGHT).toISOString();

describe('a lead that is due and not told', () => {
  it('gets its message once more, in the lane of what comes in bulk, and a note of that', async () => {
    world.due(dueLead('a', 30));
    await world.sweep(look);
    expect(world.toOwner).toEqual([
      { v: 1, tenant: 'north', lead_id: 'a', source: 'close', notBefore: now, bulk: true },
    ]);
    expect(world.leadNow('a').rescues).toEqual([{ at: now, what: 'not_told' }]);
    expect(world.found).toEqual(['rescued not_told a 1']);
  });

  it('of whatever tenant, and no other one', async () => {
    world.due(dueLead('a', 30, { tenant: 'south' }), dueLead('b', 10), dueLead('c', 30, { waitingUntil: ago(-5) }));
    await world.sweep(look);
    expect(world.found).toEqual(['rescued not_told a 1']);
    expect(world.toOwner).toMatchObject([{ tenant: 'south', lead_id: 'a' }]);
  });

  it('is not started again before the new start had its time', async () => {
    world.due(dueLead('a', 30));
    for (const minutes of [0, 15, 15]) {
      world.now += minutes * 60_000;
      await world.sweep(look);
    }
    expect(world.toOwner).toHaveLength(2);
  });

  it('is given up after three new starts, which every later look says', async () => {
    world.due(dueLead('a', 30));
    for (let times = 0; times < 5; times += 1) {
      await world.sweep(look);
      world.now += 30 * 60_000;
    }
    expect(world.toOwner).toHaveLength(3);
    expect(world.found.slice(3)).toEqual(['in_vain not_told a 1', 'in_vain not_told a 1']);
  });

  it('is only named where nothing shall be done', async () => {
    world.isDry = true;
    world.due(dueLead('a', 30));
    await world.sweep(look);
    expect(world.found).toEqual(['found not_told a 1']);
    expect(world.toOwner).toEqual([]);
    expect(world.leadNow('a').rescues).toBeUndefined();
  });

  it('is lost sooner where somebody says so', async () => {
    world.due(dueLead('a', 2));
    await world.sweep({ ...look, olderThan: 60 });
    expect(world.found).toEqual(['rescued not_told a 1']);
  });

  it('is left alone while many others wait for their turn', async () => {
    world.waiting.owner = 101;
    world.due(dueLead('a', 30));
    await world.sweep(look);
    expect(world.found).toEqual([]);
    world.waiting.owner = 100;
    await world.sweep(look);
    expect(world.found).toEqual(['rescued not_told a 1']);
  });

  it('is told of no more after two weeks', async () => {
    world.due(dueLead('a', 15 * 1440), dueLead('b', 13 * 1440));
    await world.sweep(look);
    expect(world.found).toEqual(['rescued not_told b 1']);
  });
});

describe('a lead in a digest', () => {
  const window = Math.floor((NIGHT - 40 * 60_000) / 60_000);
  beforeEach(() => {
    world.due(dueLead('a', 41, { enrichedAt: ago(40) }));
    world.channels.set('north a', [{ channel: 'slack', state: 'digest', window, attempts: 0 }]);
  });
  const digest = { tenant: 'north', channel: 'slack', window };

  it('is told with it: the digest gets its message, and the lead too, which may not be in it yet', async () => {
    await world.sweep(look);
    expect(world.digests).toEqual([{ v: 1, digest, notBefore: now, dueAt: ago(41) }]);
    expect(world.toOwner).toMatchObject([{ lead_id: 'a' }]);
    expect(world.found).toEqual(['rescued not_told a 1']);
  });

  it.each([
    ['waits for its channel', { waitingUntil: ago(-10) }],
    ['was given up', { gaveUp: { at: ago(5), reason: 'refused' } }],
  ])('waits while its digest %s', async (_, pause) => {
    const record = { channel: 'slack', state: 'waiting', attempts: 3, ...pause } as const;
    world.channels.set(`north digest_slack_${window}`, [record]);
    await world.sweep(look);
    expect(world.found).toEqual([]);
  });

  it('waits while the time of its digest is not over', async () => {
    world.channels.set('north a', [{ channel: 'slack', state: 'digest', window: window + 25, attempts: 0 }]);
    await world.sweep(look);
    expect(world.found).toEqual([]);
  });

  it('of an import waits longer', async () => {
    const stretch = Math.floor((NIGHT - 40 * 60_000) / 900_000);
    world.due(dueLead('a', 41, { isBulk: true }));
    world.channels.set('north a', [{ channel: 'slack', state: 'digest', window: stretch, attempts: 0 }]);
    await world.sweep(look);
    expect(world.found).toEqual([]);
    world.now += 30 * 60_000;
    await world.sweep(look);
    expect(world.digests).toMatchObject([{ digest: { window: stretch } }]);
  });
});

describe('a lead that was captured and not queued', () => {
  const unqueued = () => {
    const { queuedAt: _, ...lead } = dueLead('a', 30);
    return lead;
  };

  it('is captured once more, by the event that made it', async () => {
    world.due(unqueued());
    const key = world.store('crm_event_a', [created('b'), created('a')]);
    await world.sweep(look);
    expect(world.toCapture).toEqual([{ v: 1, key, from: 1, to: 2, bulk: true }]);
    expect(world.toOwner).toEqual([]);
    expect(world.found).toEqual(['rescued not_queued a 1']);
  });

  it('gets its message at once where that did not help, or where no delivery tells of it', async () => {
    world.due(unqueued());
    await world.sweep(look);
    expect(world.toOwner).toMatchObject([{ lead_id: 'a', notBefore: now }]);
    world.store('crm_event_a', [created('a')]);
    world.now += 30 * 60_000;
    await world.sweep(look);
    expect([world.toOwner.length, world.toCapture.length]).toEqual([2, 0]);
  });

  it('keeps the rest of its wait', async () => {
    world.due({ ...unqueued(), dueAt: ago(-5) });
    await world.sweep({ ...look, olderThan: 60 });
    expect(world.toOwner).toMatchObject([{ notBefore: ago(-5) }]);
  });

  it('is left alone while many deliveries wait for their turn', async () => {
    world.waiting.capture = 500;
    world.due(unqueued(), dueLead('b', 30));
    await world.sweep(look);
    expect(world.found).toEqual(['rescued not_told b 1']);
  });
});

describe('a look at many leads', () => {
  it.each([1, 7, 10, 11, 100])('sees each once in answers of %i', async (page) => {
    world.page = page;
    for (let index = 0; index < 60; index += 1) world.due(dueLead(`lead_${index}`, 30 + index));
    await world.sweep(look);
    expect(new Set(world.toOwner.map(({ lead_id }) => lead_id)).size).toBe(60);
    expect(world.toOwner).toHaveLength(60);
  });

  it('goes on in another message where there is no time left, behind the last one that it looked at', async () => {
    for (let index = 0; index < 25; index += 1) world.due(dueLead(`lead_${index}`, 30 + index));
    world.due(dueLead('of_south', 30, { tenant: 'south' }));
    let times = [120_000, 10_000];
    world.timeLeft = () => times.shift() ?? 120_000;
    const rest = await sweepDue(look, world.ports().ports);
    expect(rest).toEqual({ ...look, from: { tenant: 'north', after: `${ago(45)}#lead_15` } });
    times = [10_000];
    expect(await sweepDue(rest ?? look, world.ports().ports)).toEqual(rest);
    await world.sweep(rest ?? look);
    expect(world.toOwner).toHaveLength(26);
  });
});

it('of two sweeps at once one starts a lead again', async () => {
  world.due(dueLead('a', 30));
  await Promise.all([1, 2].map(() => sweepDue(look, world.ports().ports)));
  expect(world.toOwner).toHaveLength(1);
  expect(world.leadNow('a').rescues).toHaveLength(1);
});
