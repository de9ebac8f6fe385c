import { describe, expect, it } from '@jest/globals';
import { capture } from '../../lambdas/capture/capture.ts';
import type { Slice } from '../../lambdas/core/capture-message.ts';
import type { SourceEvent } from '../../lambdas/core/event.ts';
import { CaptureWorld, leadgen, leadgens, page, STARTED } from '../fixtures/capture-world.ts';
import { noFacts } from '../fixtures/lead.ts';

const key = 'source/meta_event_1.json';
const slice = (from: number, to: number, change: Partial<Slice> = {}): Slice => ({ v: 1, key, from, to, ...change });
const idsOf = (world: CaptureWorld) => world.started.map(({ lead_id }) => lead_id);

/** A world with a delivery of so many leads, of which nobody heard yet. */
function worldWith(count: number) {
  const world = new CaptureWorld(page);
  const events = leadgens(count);
  const delivery = world.deliver(events);
  world.queue = [];
  return { world, events, delivery };
}

describe('a delivery', () => {
  it('of 25 leads is worked through at once', async () => {
    const { world, delivery, events } = worldWith(25);
    const results = await capture(delivery, undefined, world.ports().ports);
    expect(results).toHaveLength(25);
    expect(idsOf(world).sort()).toEqual(events.map(({ id }) => id));
    expect(world.messages).toEqual([]);
  });

  it('of 26 is cut in two, which take the lane of what comes in bulk, and nothing is done yet', async () => {
    const { world, delivery } = worldWith(26);
    expect(await capture(delivery, undefined, world.ports().ports)).toMatchObject([
      { outcome: 'cut', reason: '2 slices' },
    ]);
    expect(world.messages).toEqual([slice(0, 25, { bulk: true }), slice(25, 26, { bulk: true })]);
    expect(world.writes).toEqual([]);
    expect(world.asked).toEqual([]);
  });

  it('of 1,000 is cut into 40 that leave no lead out and name none twice', async () => {
    const { world, delivery } = worldWith(1000);
    await capture(delivery, undefined, world.ports().ports);
    expect(world.slices).toHaveLength(40);
    expect(world.slices[0]?.from).toBe(0);
    expect(world.slices.at(-1)?.to).toBe(1000);
    for (const [index, { from, to, bulk }] of world.slices.entries()) {
      expect(to - from).toBe(25);
      expect(bulk).toBe(true);
      expect(from).toBe(world.slices[index - 1]?.to ?? 0);
    }
  });

  it('of 1,000 ends in 1,000 waits, each lead once', async () => {
    const world = new CaptureWorld(page);
    world.deliver(leadgens(1000));
    await world.pass(1);
    expect(new Set(idsOf(world)).size).toBe(1000);
    expect(world.started).toHaveLength(1000);
    expect(world.queue).toEqual([]);
  });

  it('with a bad lead among twenty loses only that one', async () => {
    const bad: SourceEvent = { id: '', type: 'page.leadgen', effect: 'new_lead' };
    const world = new CaptureWorld(page);
    world.deliver(leadgens(20).map((event, index) => (index === 7 ? bad : event)));
    await world.pass(1);
    expect(world.started).toHaveLength(19);
    expect(world.events.get('none unusable_7')).toEqual({ outcome: 'broken', reason: 'no usable id' });
    expect(world.queue).toEqual([]);
  });

  it('with two bad leads has each of them recorded', async () => {
    const bad: SourceEvent = { id: '', type: 'page.leadgen', effect: 'new_lead' };
    const world = new CaptureWorld(page);
    world.deliver([bad, leadgen('9001'), bad]);
    await world.pass(1);
    expect([...world.events.keys()].sort()).toEqual(['none unusable_0', 'none unusable_2', 'north 9001']);
  });
});

describe('a slice', () => {
  it('works on its part of the delivery and on no other lead', async () => {
    const { world, delivery } = worldWith(60);
    await capture(delivery, slice(25, 50), world.ports().ports);
    const expected = Array.from({ length: 25 }, (_, n) => String(9001 + 25 + n));
    expect(idsOf(world).sort()).toEqual(expected);
    expect([...world.events.keys()].sort()).toEqual(expected.map((id) => `north ${id}`));
  });

  it('is not cut again, though its delivery has many leads', async () => {
    const { world, delivery } = worldWith(1000);
    await capture(delivery, slice(999, 1000), world.ports().ports);
    expect(idsOf(world)).toEqual(['10000']);
    expect(world.messages).toEqual([]);
  });

  it('asks the vendor for four leads at once, and never for more', async () => {
    const { world, delivery } = worldWith(12);
    const { ports } = world.ports();
    let underWay = 0;
    let most = 0;
    await capture(delivery, undefined, {
      ...ports,
      async readRecord(...asked) {
        underWay += 1;
        most = Math.max(most, underWay);
        await new Promise((later) => void setImmediate(later));
        underWay -= 1;
        return ports.readRecord(...asked);
      },
    });
    expect(most).toBe(4);
    expect(world.started).toHaveLength(12);
  });

  it('that names a lead twice begins one wait, reads it once, and counts one repeat', async () => {
    const world = new CaptureWorld(page);
    const delivery = world.deliver([leadgen('9001'), leadgen('9002'), leadgen('9001')]);
    const results = await capture(delivery, undefined, world.ports().ports);
    expect(results.map(({ event, outcome, isRepeat }) => [event.id, outcome, isRepeat])).toEqual([
      ['9001', 'done', undefined],
      ['9002', 'done', undefined],
      ['9001', 'duplicate', true],
    ]);
    expect(world.asked).toEqual(['9001 with token-1', '9002 with token-1']);
    expect(idsOf(world)).toEqual(['9001', '9002']);
  });

  it('of a delivery that names a lead in two slices begins one wait all the same', async () => {
    const world = new CaptureWorld(page);
    world.deliver([...leadgens(30), leadgen('9001')]);
    await world.pass(1);
    expect(idsOf(world).filter((id) => id === '9001')).toEqual(['9001']);
    expect(world.lines.filter(({ event_id }) => event_id === '9001').map(({ outcome }) => outcome)).toEqual([
      'done',
      'duplicate',
    ]);
  });
});

describe('when the time of the function runs out', () => {
  /** Enough for so many looks, and a moment too little for the others. */
  const enoughFor = (most: number) => {
    let looks = 0;
    return () => ((looks += 1) <= most ? 13_000 : 12_999);
  };

  it('what is not begun yet goes into messages of its own, one a lead', async () => {
    // Leads that came whole, whose vendor is not asked.
    const events = leadgens(14).map((event) => ({ ...event, facts: noFacts, isTest: false }));
    const world = new CaptureWorld(page);
    const delivery = world.deliver(events);
    world.queue = [];
    const results = await capture(delivery, undefined, { ...world.ports().ports, timeLeft: enoughFor(10) });
    expect(results.map(({ event, outcome }) => [event.id, outcome])).toEqual(
      events.slice(0, 10).map(({ id }) => [id, 'done']),
    );
    expect(idsOf(world)).toEqual(events.slice(0, 10).map(({ id }) => id));
    expect(world.messages).toEqual([slice(10, 11), slice(11, 12), slice(12, 13), slice(13, 14)]);
  });

  it('what waits for its turn at the vendor does too, and nothing is noted as failed', async () => {
    const { world, delivery, events } = worldWith(12);
    // Ten are begun, of which six have their turn at the vendor in time.
    const results = await capture(delivery, undefined, { ...world.ports().ports, timeLeft: enoughFor(10 + 6) });
    const done = events.slice(0, 6).map(({ id }) => id);
    expect(results.map(({ event, outcome }) => [event.id, outcome])).toEqual(done.map((id) => [id, 'done']));
    expect(idsOf(world)).toEqual(done);
    expect(world.asked).toEqual(done.map((id) => `${id} with token-1`));
    expect([...world.events]).toEqual(done.map((id) => [`north ${id}`, { outcome: 'done', readAt: STARTED }]));
    expect([...world.leads.keys(), ...world.parked.keys()]).toEqual(done.map((id) => `north ${id}`));
    expect(world.slices.toSorted((a, b) => a.from - b.from)).toEqual([6, 7, 8, 9, 10, 11].map((n) => slice(n, n + 1)));
    expect(world.messages).toHaveLength(6);
    await world.pass(1);
    expect(idsOf(world).sort()).toEqual(events.map(({ id }) => id).sort());
    expect(world.queue).toEqual([]);
  });

  it('what failed meanwhile is noted as failed all the same', async () => {
    const { world, delivery } = worldWith(10);
    world.records.set('9002', new TypeError('a mistake of ours'));
    const results = await capture(delivery, undefined, { ...world.ports().ports, timeLeft: enoughFor(10 + 4) });
    expect(results.map(({ event, outcome }) => [event.id, outcome])).toEqual([
      ['9001', 'done'],
      ['9002', 'failed'],
      ['9003', 'done'],
      ['9004', 'done'],
    ]);
    expect(world.slices.map(({ from }) => from).sort()).toEqual([1, 4, 5, 6, 7, 8, 9]);
  });

  it('those messages finish the delivery', async () => {
    const { world, delivery, events } = worldWith(10);
    await capture(delivery, undefined, { ...world.ports().ports, timeLeft: () => 0 });
    expect(world.started).toEqual([]);
    await world.pass(1);
    expect(idsOf(world)).toEqual(events.map(({ id }) => id));
  });

  it('a lead that is alone is worked on all the same: putting it off once more would not help', async () => {
    const { world, delivery } = worldWith(10);
    await capture(delivery, slice(3, 4), { ...world.ports().ports, timeLeft: () => 0 });
    expect(idsOf(world)).toEqual(['9004']);
    expect(world.messages).toEqual([]);
  });
});

describe('a message that comes again, since its function died', () => {
  it('is cut into its single leads: the one that it died of takes no other to the DLQ', async () => {
    const { world, delivery } = worldWith(60);
    const results = await capture(delivery, slice(25, 28), world.ports().ports, 2);
    expect(results).toMatchObject([{ outcome: 'cut', reason: '3 slices' }]);
    expect(world.messages).toEqual([slice(25, 26), slice(26, 27), slice(27, 28)]);
    expect(world.started).toEqual([]);
  });

  it('is cut too where it is a whole delivery of a few leads', async () => {
    const { world, delivery } = worldWith(2);
    await capture(delivery, undefined, world.ports().ports, 3);
    expect(world.messages).toEqual([slice(0, 1), slice(1, 2)]);
  });

  it('is worked on where it holds a single lead', async () => {
    const { world, delivery } = worldWith(60);
    await capture(delivery, slice(25, 26), world.ports().ports, 4);
    expect(idsOf(world)).toEqual(['9026']);
  });
});

describe('a lead that breaks the function', () => {
  const failing = '9003';
  /** The table does not take this lead. */
  function breaking(world: CaptureWorld) {
    const { ports } = world.ports();
    return {
      ...ports,
      saveLead: (captured: Parameters<typeof ports.saveLead>[0]) =>
        captured.lead_id === failing
          ? Promise.reject(new TypeError('Zoë Müller is no number'))
          : ports.saveLead(captured),
    };
  }

  it('among others goes into a message of its own, and the others are done', async () => {
    const { world, delivery, events } = worldWith(5);
    const results = await capture(delivery, undefined, breaking(world));
    expect(results.find(({ event }) => event.id === failing)).toMatchObject({ outcome: 'failed', reason: 'TypeError' });
    expect(idsOf(world)).toEqual(events.map(({ id }) => id).filter((id) => id !== failing));
    expect(world.messages).toEqual([slice(2, 3)]);
    expect(world.outcomeOf(failing)).toBeUndefined();
  });

  it('is named in the result by the kind of its failure, which never quotes a person', async () => {
    const { world, delivery } = worldWith(5);
    expect(JSON.stringify(await capture(delivery, undefined, breaking(world)))).not.toContain('Zoë');
  });

  it('keeps what its message said, so that it does not begin its 24 hours anew, and stays in its lane', async () => {
    const { world, delivery } = worldWith(5);
    const since = '2026-03-05T12:00:00.000Z';
    const kept = { since, retry: 'released', bulk: true } as const;
    await capture(delivery, slice(2, 4, kept), breaking(world));
    expect(world.messages).toEqual([slice(2, 3, kept)]);
  });

  it('alone fails its message, which comes back until it is parked', async () => {
    const { world, delivery } = worldWith(5);
    await expect(capture(delivery, slice(2, 3), breaking(world))).rejects.toThrow(TypeError);
    expect(world.messages).toEqual([]);
  });

  it('fails the whole message where its own could not be sent: nothing is lost', async () => {
    const { world, delivery } = worldWith(5);
    const sendToCapture = () => Promise.reject(new Error('SQS is down'));
    await expect(capture(delivery, undefined, { ...breaking(world), sendToCapture })).rejects.toThrow('SQS is down');
    const again = await capture(delivery, undefined, world.ports().ports);
    expect(again.map(({ outcome }) => outcome).sort()).toEqual(['done', ...Array<string>(4).fill('duplicate')]);
    expect(new Set(idsOf(world)).size).toBe(5);
    expect(world.started).toHaveLength(5);
  });
});
