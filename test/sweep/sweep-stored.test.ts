import { beforeEach, describe, expect, it } from '@jest/globals';
import type { SourceEvent } from '../../lambdas/core/event.ts';
import { sweepStored } from '../../lambdas/sweep/sweep-stored.ts';
import { ago, at, created, dueLead, minute, NIGHT, nobodys, SweepWorld } from '../fixtures/sweep-world.ts';

let world: SweepWorld;
beforeEach(() => {
  world = new SweepWorld();
});
const list = { v: 1, sweep: 'stored' } as const;
const now = at(NIGHT);
const done = { outcome: 'done' } as const;
/** A delivery of Meta's page 1001, which north has. */
const ofPage = (name: string, ...events: SourceEvent[]) => {
  world.accounts.set('1001', { source: 'meta', id: '1001', tenant: 'north' });
  const { tenant: _, ...from } = { tenant: '', source: 'meta', receivedAt: ago(60) };
  const key = `source/${name}.json`;
  world.deliveries.set(key, { events, from, storedAt: NIGHT - 60 * minute });
  return key;
};
const lead = (id: string) => created(id, { account: '1001' });

describe('a delivery that nobody read', () => {
  it('is read now, in the lane of what comes in bulk, and says why', async () => {
    const key = world.store('one', [created('a')]);
    await world.sweep(list);
    expect(world.toCapture).toEqual([{ v: 1, key, from: 0, to: 1, bulk: true, rescuedAt: now }]);
    expect(world.found).toEqual([`rescued not_captured ${key} 1`]);
    expect(world.deliveryRescues.get(key)).toEqual({ count: 1, lastAt: now });
  });

  it('is read as far as it was not: each event that is missing, in stretches as long as a message takes', async () => {
    const events = Array.from({ length: 60 }, (_, index) => lead(`m${index}`));
    const key = ofPage('batch', ...events);
    for (const index of [0, 1, 30]) world.events.set(`north ev_m${index}`, done);
    await world.sweep(list);
    expect(world.toCapture.map(({ from, to }) => [from, to])).toEqual([
      [2, 27],
      [27, 30],
      [31, 56],
      [56, 60],
    ]);
    expect(world.found).toEqual([`rescued not_captured ${key} 57`]);
  });

  it('is read although it can not be understood, so that somebody hears of it', async () => {
    const keys = [world.store('broken', 'broken'), world.store('unknown', [], 60, { source: 'another' })];
    await world.sweep(list);
    expect(world.toCapture.map(({ key, from, to }) => [key, from, to])).toEqual(keys.map((key) => [key, 0, 1]));
    world.events.set('north delivery', { outcome: 'broken' });
    world.now += 60 * minute;
    await world.sweep(list);
    expect(world.toCapture).toHaveLength(2);
  });

  it('is not read once more before that had its time, and after three times only named', async () => {
    const key = world.store('one', [created('a')]);
    for (const minutes of [0, 10, 20, 30, 30, 30]) {
      world.now += minutes * minute;
      await world.sweep(list);
    }
    expect(world.toCapture).toHaveLength(3);
    expect(world.found.slice(3)).toEqual([`in_vain not_captured ${key} 1`, `in_vain not_captured ${key} 1`]);
  });

  it('is only named where nothing shall be done, and the listing does not count', async () => {
    world.isDry = true;
    const before = world.listing;
    const key = world.store('one', [created('a')]);
    await world.sweep(list);
    expect(world.found).toEqual([`found not_captured ${key} 1`]);
    expect([world.toCapture.length, world.deliveryRescues.size]).toEqual([0, 0]);
    expect(world.listing).toBe(before);
  });
});

describe('nothing is missing of a delivery', () => {
  it.each(['done', 'duplicate', 'not_for_us', 'broken', 'no_route', 'parked'] as const)(
    'whose event is %s',
    async (outcome) => {
      world.store('one', [created('a')]);
      world.events.set('north ev_a', { outcome });
      await world.sweep(list);
      expect(world.found).toEqual([]);
    },
  );

  it('whose event was first received in another one, or twice in this one', async () => {
    world.store('one', [created('a'), created('a')]);
    world.store('two', [created('a')]);
    world.events.set('north ev_a', done);
    await world.sweep(list);
    expect(world.found).toEqual([]);
  });

  it('of a page that nobody has, that had another tenant, or that had none when it came', async () => {
    ofPage('one', lead('a'), created('b', { account: '2002' }), lead('c'), created('d', { account: '2002' }));
    world.events.set('south ev_a', done);
    world.events.set(nobodys('ev_b'), { outcome: 'no_route' });
    world.events.set(nobodys('ev_c'), { outcome: 'no_route' });
    world.events.set('south ev_d', done);
    await world.sweep(list);
    expect(world.found).toEqual([]);
  });

  it('whose lead was kept and never put into its wait: that is found by the other look', async () => {
    const { queuedAt: _, ...unqueued } = dueLead('a', 30);
    world.due(unqueued, dueLead('b', 30));
    world.store('one', [created('a')]);
    const key = world.store('two', [created('b')]);
    await world.sweep(list);
    expect(world.found).toEqual([`rescued not_captured ${key} 1`]);
  });

  it('whose person was erased', async () => {
    ofPage('one', lead('a'));
    world.erased.add('north a');
    await world.sweep(list);
    expect(world.found).toEqual([]);
  });

  it('that holds no event, or that is gone', async () => {
    world.store('empty', []);
    const key = world.store('gone', [created('a')]);
    const { listStored, ...ports } = world.ports().ports;
    await sweepStored(list, {
      ...ports,
      listStored: async (after) => {
        const page = await listStored(after);
        world.deliveries.delete(key);
        return page;
      },
    });
    expect(world.found).toEqual([]);
  });
});

describe('an event that waits for its vendor', () => {
  it.each([
    ['is left alone while it does', ago(-10), 0],
    ['is left alone while its tries may go on', ago(10), 0],
    ['is lost when nothing came of it', ago(21), 1],
  ])('%s', async (_, waitingUntil, count) => {
    ofPage('one', lead('a'));
    world.events.set('north ev_a', { outcome: 'parked', waitingUntil });
    await world.sweep(list);
    expect(world.toCapture).toHaveLength(count);
  });
});

describe('a listing', () => {
  it('looks at what came in since two days before the last one, and not at what may still be tried', async () => {
    for (const minutes of [19, 20, 3 * 1440, 3 * 1440 + 1]) world.store(`m${minutes}`, [created('a')], minutes);
    await world.sweep(list);
    expect(world.read.toSorted()).toEqual(['source/m20.json', 'source/m4320.json']);
    expect(world.listing).toEqual({ firstAt: ago(9 * 1440), startedAt: now });
  });

  it('never looks at what came in before the stage was first swept', async () => {
    world.listing = { firstAt: ago(100), startedAt: ago(100) };
    world.store('before', [created('a')], 101);
    const key = world.store('since', [created('b')], 99);
    await world.sweep(list);
    expect(world.read).toEqual([key]);
  });

  it('starts nothing where nothing is known of an earlier one, since the table may be lost', async () => {
    world.listing = undefined;
    world.store('one', [created('a')]);
    await world.sweep(list);
    expect(world.read).toEqual([]);
    expect(world.listing).toEqual({ firstAt: now, startedAt: now });
  });

  it('has its beginning noted by the first look at the table, and by no later one', async () => {
    world.listing = undefined;
    await world.sweep({ v: 1, sweep: 'due' });
    world.now += minute;
    await world.sweep({ v: 1, sweep: 'due' });
    expect(world.listing).toEqual({ firstAt: now, startedAt: now });
  });

  it.each([1, 7, 8, 9, 60])('sees every delivery once in answers of %i', async (page) => {
    world.page = page;
    for (let index = 0; index < 60; index += 1) world.store(`d${index}`, [created(`a${index}`)], 30 + index);
    await world.sweep(list);
    expect(new Set(world.read).size).toBe(60);
    expect(world.read).toHaveLength(60);
    expect(world.toCapture).toHaveLength(60);
  });

  it('goes on in another message where there is no time left, as of when it began', async () => {
    for (let index = 10; index < 40; index += 1) world.store(`d${index}`, [created(`a${index}`)]);
    const times = [120_000, 10_000];
    world.timeLeft = () => times.shift() ?? 120_000;
    const before = world.listing;
    const rest = await sweepStored(list, world.ports().ports);
    expect(rest).toEqual({ ...list, listing: { startedAt: now, since: ago(3 * 1440), after: 'source/d17.json' } });
    expect(world.listing).toBe(before);
    world.now += 10 * minute;
    await world.sweep(rest ?? list);
    expect(world.read).toHaveLength(30);
    expect(world.listing?.startedAt).toBe(now);
  });

  it('of nothing but old deliveries goes on in another message too', async () => {
    world.page = 2;
    for (let index = 0; index < 6; index += 1) world.store(`d${index}`, [created('a')], 9 * 1440);
    const times = [10_000];
    world.timeLeft = () => times.shift() ?? 120_000;
    const rest = await sweepStored(list, world.ports().ports);
    expect(rest?.listing?.after).toBe('source/d1.json');
  });

  it('waits while many deliveries wait for their turn, but not into the next night', async () => {
    world.waiting.capture = 101;
    const key = world.store('one', [created('a')]);
    const later = await sweepStored(list, world.ports().ports);
    expect(later).toMatchObject({ listing: { startedAt: now }, notBefore: ago(-15) });
    expect(await sweepStored(later ?? list, world.ports().ports)).toEqual(later);
    world.now += 20 * 60 * minute;
    expect(await sweepStored(later ?? list, world.ports().ports)).toBeUndefined();
    world.now = NIGHT + 15 * minute;
    world.waiting.capture = 0;
    await world.sweep(later ?? list);
    expect(world.found).toEqual([`rescued not_captured ${key} 1`]);
    expect(world.listing?.startedAt).toBe(now);
  });

  it('beside another one starts nothing twice', async () => {
    for (let index = 0; index < 20; index += 1) world.store(`d${index}`, [created(`a${index}`)]);
    await Promise.all([1, 2].map(() => sweepStored(list, world.ports().ports)));
    expect(world.toCapture).toHaveLength(20);
  });
});
