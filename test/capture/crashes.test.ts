import { describe, expect, it } from '@jest/globals';
import * as fc from 'fast-check';
import { takeMessage } from '../../lambdas/capture/take-message.ts';
import { Later } from '../../lambdas/core/failures.ts';
import type { CrashPoint } from '../fixtures/crashing.ts';
import { CaptureWorld, gone, leadgen, leadgens, page } from '../fixtures/capture-world.ts';

const different = (world: CaptureWorld) => new Set(world.started.map((message) => JSON.stringify(message)));
/** Each category that the topic was told of, however often: `north/9001/1 pending`. */
const announced = (world: CaptureWorld) => [...new Set(world.announced)].sort();
const both = (call: number): CrashPoint[] => [false, true].map((carriedOut) => ({ call, carriedOut }));

/** How many calls the first message takes when nothing goes wrong. */
async function callsOf(world: CaptureWorld): Promise<number> {
  const { ports, calls } = world.ports();
  await takeMessage(world.queue[0]?.body ?? '', 1, ports);
  return calls();
}

describe('a crash while a lead of Meta is captured', () => {
  const oneLead = () => {
    const world = new CaptureWorld(page);
    world.records.set('9001', '{"name":"Zoë Müller"}');
    world.deliver([leadgen('9001')]);
    return world;
  };

  /**
   * The object, the page, the event and whether it was erased, the token, the record, its details, the list, the lead, the message,
   * its mark, the category, its announcement, that one’s mark, what it counts as, the event.
   */
  const CALLS = 16;

  it('that does not come ends in one wait and one category, announced once', async () => {
    const world = oneLead();
    expect(await callsOf(world)).toBe(CALLS);
    expect([world.started.length, world.queued]).toEqual([1, ['9001']]);
    expect(world.announced).toEqual(['north/9001/1 pending']);
  });

  it('before or after any call still ends in one wait, details that are kept and an event that is done', async () => {
    for (let call = 1; call <= CALLS; call += 1) {
      for (const point of both(call)) {
        const world = oneLead();
        expect(await world.work(world.now, [point])).toBe(1);
        await world.pass(3);
        expect([point, world.outcomeOf('9001')]).toEqual([point, 'done']);
        expect([point, different(world).size, world.queued]).toEqual([point, 1, ['9001']]);
        expect(world.details.get('north meta 9001')).toBe('{"name":"Zoë Müller"}');
        expect(world.leads.get('north 9001')).toMatchObject({ dueAt: '2026-03-05T13:40:01.000Z' });
        expect(world.lists).toHaveLength(1);
        expect(world.queue).toEqual([]);
      }
    }
  });

  it('before or after any call still ends in one category, announced under one id', async () => {
    for (let call = 1; call <= CALLS; call += 1) {
      for (const point of both(call)) {
        const world = oneLead();
        await world.work(world.now, [point]);
        await world.pass(3);
        expect([point, announced(world)]).toEqual([point, ['north/9001/1 pending']]);
        const { category, categoryVersion, announcements } = world.leads.get('north 9001') ?? {};
        expect([point, category, categoryVersion, announcements]).toEqual([point, 'pending', 1, {}]);
      }
    }
  });

  it('repeats a message, or an announcement, only where that was sent and not marked', async () => {
    const twice: (CrashPoint & { what: string })[] = [];
    for (let call = 1; call <= CALLS; call += 1) {
      for (const point of both(call)) {
        const world = oneLead();
        await world.work(world.now, [point]);
        await world.pass(3);
        if (world.started.length > 1) twice.push({ ...point, what: 'message' });
        if (world.announced.length > 1) twice.push({ ...point, what: 'announcement' });
      }
    }
    expect(twice).toEqual([
      { call: 10, carriedOut: true, what: 'message' },
      { call: 11, carriedOut: false, what: 'message' },
      { call: 13, carriedOut: true, what: 'announcement' },
      { call: 14, carriedOut: false, what: 'announcement' },
    ]);
  });

  it('after its details were kept tells the lead, though the vendor loses it meanwhile', async () => {
    const behind = Array.from({ length: CALLS - 7 }, (_, index) => both(index + 8)).flat();
    for (const point of [{ call: 7, carriedOut: true }, ...behind]) {
      const world = oneLead();
      await world.work(world.now, [point]);
      world.records.set('9001', gone());
      await world.pass(3);
      expect([point, world.outcomeOf('9001'), different(world).size]).toEqual([point, 'done', 1]);
      expect(world.leads.get('north 9001')?.facts.display_name).toBe('Zoë Müller');
    }
  });

  it('five times over parks its message, and nothing of it is lost: put back, it is told', async () => {
    const world = oneLead();
    const points = Array.from({ length: 5 }, () => ({ call: 6, carriedOut: true }));
    expect(await world.work(world.now + 20 * 60_000, points)).toBe(5);
    expect(world.dlq).toHaveLength(1);
    world.queue.push({ body: world.dlq[0]?.body ?? '', visibleAt: world.now, receives: 0 });
    await world.pass(1);
    expect(world.outcomeOf('9001')).toBe('done');
    expect(world.started).toHaveLength(1);
  });

  it('while its vendor can’t give it ends in one wait all the same, once it can', async () => {
    const waiting = () => {
      const world = oneLead();
      world.records.set('9001', new Later('Graph API: 503'));
      return world;
    };
    const calls = await callsOf(waiting());
    for (let call = 1; call <= calls; call += 1) {
      for (const point of both(call)) {
        const world = waiting();
        expect(await world.work(world.now, [point])).toBe(1);
        await world.pass(30);
        world.records.clear();
        await world.pass(30);
        expect([point, world.outcomeOf('9001'), different(world).size]).toEqual([point, 'done', 1]);
        expect([point, announced(world), world.queue]).toEqual([point, ['north/9001/1 pending'], []]);
      }
    }
  });
});

describe('a crash while a delivery of many leads is cut into slices', () => {
  const many = (count: number) => {
    const world = new CaptureWorld(page);
    world.deliver(leadgens(count));
    return world;
  };
  const check = (world: CaptureWorld, count: number, point?: unknown) => {
    const done = leadgens(count).filter(({ id }) => world.outcomeOf(id) === 'done');
    expect([point, done.length]).toEqual([point, count]);
    expect([point, different(world).size]).toEqual([point, count]);
    expect([point, world.leads.size, world.details.size]).toEqual([point, count, count]);
    expect([point, announced(world)]).toEqual([
      point,
      leadgens(count)
        .map(({ id }) => `north/${id}/1 pending`)
        .sort(),
    ]);
    expect([point, world.queue, world.dlq]).toEqual([point, [], []]);
  };

  it('that does not come begins each wait and announces each category once', async () => {
    const world = many(60);
    await world.pass(1);
    check(world, 60);
    expect([world.started.length, world.announced.length]).toEqual([60, 60]);
  });

  it('after each slice that was sent loses no lead, begins no second wait and announces nothing twice', async () => {
    const calls = await callsOf(many(60));
    // The object, and three slices.
    expect(calls).toBe(4);
    for (let call = 1; call <= calls; call += 1) {
      for (const point of both(call)) {
        const world = many(60);
        expect(await world.work(world.now, [point])).toBe(1);
        await world.pass(3);
        check(world, 60, point);
        expect([point, world.started.length, world.announced.length]).toEqual([point, 60, 60]);
      }
    }
  });

  it('at any call of the first slice loses no lead, and sends and announces at most four twice', async () => {
    // Two slices, of 25 and of one.
    const count = 26;
    const calls = 1 + 1 + 25 * 14;
    // To die right before a call leaves the same as to die right after the one before it.
    const points = Array.from({ length: calls }, (_, index) => ({ call: index + 1, carriedOut: true }));
    const none = many(count);
    expect(await none.work(none.now, [undefined, { call: calls + 1, carriedOut: false }])).toBe(0);
    for (const point of [{ call: 1, carriedOut: false }, ...points]) {
      const world = many(count);
      expect([point, await world.work(world.now, [undefined, point])]).toEqual([point, 1]);
      await world.pass(3);
      check(world, count, point);
      expect(world.started.length).toBeLessThanOrEqual(count + 4);
      expect(world.announced.length).toBeLessThanOrEqual(count + 4);
    }
  });

  it('again and again, wherever it is, loses no lead', async () => {
    const point = fc.option(fc.record({ call: fc.integer({ min: 1, max: 330 }), carriedOut: fc.boolean() }), {
      nil: undefined,
    });
    await fc.assert(
      fc.asyncProperty(fc.array(point, { maxLength: 8 }), async (points) => {
        const world = many(60);
        await world.pass(60, [...points]);
        // What died five times is parked, and comes back whole.
        for (const { body } of world.dlq.splice(0)) world.queue.push({ body, visibleAt: world.now, receives: 0 });
        await world.pass(10);
        check(world, 60, points);
      }),
      { numRuns: 100 },
    );
  });
});
