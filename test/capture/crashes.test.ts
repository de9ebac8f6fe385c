import { describe, expect, it } from '@jest/globals';
import * as fc from 'fast-check';
import { takeMessage } from '../../lambdas/capture/take-message.ts';
import { Later } from '../../lambdas/core/failures.ts';
import type { CrashPoint } from '../fixtures/crashing.ts';
import { CaptureWorld, gone, leadgen, leadgens, page } from '../fixtures/capture-world.ts';

const different = (world: CaptureWorld) => new Set(world.started.map((message) => JSON.stringify(message)));
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

  it('before or after any call still ends in one wait, details that are kept and an event that is done', async () => {
    const calls = await callsOf(oneLead());
    // The object, the page, the event, the token, the record, its details, the list, the lead, the message, its mark, the event.
    expect(calls).toBe(11);
    for (let call = 1; call <= calls; call += 1) {
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

  it('repeats a message only where that was sent and not marked', async () => {
    const twice: CrashPoint[] = [];
    for (let call = 1; call <= 11; call += 1) {
      for (const point of both(call)) {
        const world = oneLead();
        await world.work(world.now, [point]);
        await world.pass(3);
        if (world.started.length > 1) twice.push(point);
      }
    }
    expect(twice).toEqual([
      { call: 9, carriedOut: true },
      { call: 10, carriedOut: false },
    ]);
  });

  it('after its details were kept tells the lead, though the vendor loses it meanwhile', async () => {
    for (const point of [{ call: 6, carriedOut: true }, ...both(7), ...both(8), ...both(9), ...both(10), ...both(11)]) {
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
    const points = Array.from({ length: 5 }, () => ({ call: 5, carriedOut: true }));
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
        expect([point, world.queue]).toEqual([point, []]);
      }
    }
  });
});

describe('a crash while a delivery of 60 leads is cut into slices', () => {
  const sixty = () => {
    const world = new CaptureWorld(page);
    world.deliver(leadgens(60));
    return world;
  };
  const check = (world: CaptureWorld, point: unknown) => {
    const done = leadgens(60).filter(({ id }) => world.outcomeOf(id) === 'done');
    expect([point, done.length]).toEqual([point, 60]);
    expect([point, different(world).size]).toEqual([point, 60]);
    expect([point, world.leads.size, world.details.size]).toEqual([point, 60, 60]);
    expect([point, world.queue, world.dlq]).toEqual([point, [], []]);
  };

  it('after each slice that was sent loses no lead, and begins no second wait', async () => {
    const calls = await callsOf(sixty());
    // The object, and three slices.
    expect(calls).toBe(4);
    for (let call = 1; call <= calls; call += 1) {
      for (const point of both(call)) {
        const world = sixty();
        expect(await world.work(world.now, [point])).toBe(1);
        await world.pass(3);
        check(world, point);
        expect([point, world.started.length]).toEqual([point, 60]);
      }
    }
  });

  it('at any call of the first slice loses no lead, and sends at most four messages twice', async () => {
    const calls = 1 + 1 + 25 * 9;
    for (let call = 1; call <= calls; call += 1) {
      for (const point of both(call)) {
        const world = sixty();
        expect([point, await world.work(world.now, [undefined, point])]).toEqual([point, 1]);
        await world.pass(3);
        check(world, point);
        expect(world.started.length).toBeLessThanOrEqual(64);
      }
    }
  }, 30_000);

  it('again and again, wherever it is, loses no lead', async () => {
    const point = fc.option(fc.record({ call: fc.integer({ min: 1, max: 230 }), carriedOut: fc.boolean() }), {
      nil: undefined,
    });
    await fc.assert(
      fc.asyncProperty(fc.array(point, { maxLength: 8 }), async (points) => {
        const world = sixty();
        await world.pass(60, [...points]);
        // What died five times is parked, and comes back whole.
        for (const { body } of world.dlq.splice(0)) world.queue.push({ body, visibleAt: world.now, receives: 0 });
        await world.pass(10);
        check(world, points);
      }),
      { numRuns: 100 },
    );
  }, 30_000);
});
