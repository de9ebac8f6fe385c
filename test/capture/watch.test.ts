import { describe, expect, it } from '@jest/globals';
import { saveAccount } from '../../lambdas/accounts/accounts.ts';
import { takeMessage } from '../../lambdas/capture/take-message.ts';
import { startWatch, watch } from '../../lambdas/capture/watch.ts';
import type { Watch } from '../../lambdas/core/capture-message.ts';
import { Later, Refused } from '../../lambdas/core/failures.ts';
import { CaptureWorld, gone, leadgen, leadgens, page, STARTED } from '../fixtures/capture-world.ts';
import { crashing } from '../fixtures/crashing.ts';
import { beforeCalls, everyOrder } from '../fixtures/turns.ts';

const start = Date.parse(STARTED);
const minute = 60_000;
const lease = 10 * minute;
const forbidden = new Refused('Graph API: code 200');

/** A page of which so many leads are parked, since its token is refused, and watched. */
async function parkedWorld(count = 1) {
  const world = new CaptureWorld(page);
  world.valid.clear();
  world.deliver(leadgens(count));
  await world.work(world.now);
  return world;
}

/** A page of which so many leads are parked, since its token may not read these leads, and watched. */
async function forbiddenWorld(count = 1) {
  const world = new CaptureWorld(page);
  for (const { id } of leadgens(count)) world.records.set(id, forbidden);
  world.deliver(leadgens(count));
  await world.work(world.now);
  return world;
}
/** Before and after each of so many calls. */
const points = (calls: number) =>
  Array.from({ length: calls }, (_, index) => index + 1).flatMap((call) =>
    [false, true].map((carriedOut) => ({ call, carriedOut })),
  );
const isOver = (world: CaptureWorld) =>
  world.queue.length === 0 && world.parked.size === 0 && world.accounts.get(page.id)?.watchUntil === undefined;

describe('a page with parked leads', () => {
  it('is looked after in a moment, then once a minute, by one look after the other', async () => {
    const world = await parkedWorld();
    expect(world.looks).toEqual([
      {
        v: 1,
        watch: { source: 'meta', account: '1001' },
        tick: 0,
        until: start + lease,
        notBefore: '2026-03-05T13:30:17.000Z',
      },
    ]);
    expect(world.accounts.get(page.id)?.watchUntil).toBe(start + lease);
    for (let looks = 1; looks <= 30; looks += 1) {
      await world.pass(1);
      expect(world.looks).toMatchObject([{ tick: looks, notBefore: new Date(world.now + 15_000).toISOString() }]);
      expect(world.isWatched).toBe(true);
    }
  });

  it('has one look after it, however many of its leads are parked', async () => {
    const world = await parkedWorld(60);
    await world.pass(5);
    expect(world.looks).toHaveLength(1);
    expect(world.parked.size).toBe(60);
  });

  it('says with each look how it stands, so that the alarm rings once and as long as it lasts', async () => {
    const world = await parkedWorld(2);
    await world.pass(3);
    // Two leads that were parked at once may have begun two watches, of which one ends at its first look.
    const looks = world.lines.filter(({ reason }) => /^[1-9]\d* parked for/.test(String(reason)));
    expect(looks).toEqual(
      Array.from({ length: 3 }, () => ({
        outcome: 'parked',
        reason: '2 parked for 1001',
        source: 'meta',
        TokenRefused: 1,
      })),
    );
  });

  it('is looked after no more when nothing is parked, and says so', async () => {
    const world = await parkedWorld();
    await saveAccount(page, 'token-2', world.accountPorts());
    world.valid.add('token-2');
    await world.pass(2);
    expect(isOver(world)).toBe(true);
    expect(world.lines.at(-1)).toEqual({
      outcome: 'watch_ended',
      reason: '0 parked for 1001',
      source: 'meta',
      TokenRefused: 0,
    });
  });

  it('is looked after no more when it is removed', async () => {
    const world = await parkedWorld();
    world.accounts.clear();
    await world.pass(2);
    expect(world.queue).toEqual([]);
  });

  it('is looked after again when the next lead is parked', async () => {
    const world = await forbiddenWorld();
    world.records.clear();
    await world.pass(20);
    expect(isOver(world)).toBe(true);
    world.records.set('9002', forbidden);
    world.deliver([leadgen('9002')], 'source/meta_event_2.json');
    await world.pass(1);
    expect(world.isWatched).toBe(true);
  });

  it('is looked after by the next lead that is parked, should its looks have been lost', async () => {
    const world = await parkedWorld();
    world.queue = [];
    world.now += lease - 1;
    world.deliver([leadgen('9002')], 'source/meta_event_2.json');
    await world.work(world.now);
    expect(world.isWatched).toBe(false);
    world.now += 1;
    world.deliver([leadgen('9003')], 'source/meta_event_3.json');
    await world.work(world.now);
    expect(world.isWatched).toBe(true);
    expect(world.looks).toHaveLength(1);
  });
});

describe('a look', () => {
  it('tries one lead within a minute when the token is another one, and all others follow', async () => {
    const world = await parkedWorld(30);
    world.replaceToken('token-2', 'v2');
    await world.pass(2);
    expect(world.started).toHaveLength(30);
    expect(world.asked.filter((asked) => asked.endsWith('token-2')).length).toBeGreaterThanOrEqual(30);
    await world.pass(1);
    expect(isOver(world)).toBe(true);
    expect(world.accounts.get(page.id)?.refused).toBeUndefined();
  });

  it('tries one lead at a time, each another one, when the new token is wrong too', async () => {
    const world = await parkedWorld(30);
    world.asked = [];
    world.replaceToken('token-2', 'v2', false);
    await world.pass(10);
    expect(world.asked).toEqual(['9001', '9002', '9003', '9004'].map((id) => `${id} with token-2`));
    expect(world.accounts.get(page.id)?.refused?.token).toBe('v2');
    expect(world.parked.size).toBe(30);
  });

  it('tries one lead four times in ten minutes and then every quarter of an hour though nothing is new: its token may be good again', async () => {
    const world = await parkedWorld(2);
    world.asked = [];
    const soFar = async (minutes: number) => {
      await world.pass(minutes);
      return world.asked.length;
    };
    expect([await soFar(1), await soFar(1), await soFar(2), await soFar(4), await soFar(6)]).toEqual([1, 2, 3, 4, 4]);
    expect([await soFar(1), await soFar(14), await soFar(1)]).toEqual([5, 5, 6]);
  });

  it('tries another lead each time, since the first may be the one that can never be read', async () => {
    const world = await forbiddenWorld(3);
    world.asked = [];
    await world.pass(61);
    expect(world.asked.map((asked) => asked.split(' ')[0])).toEqual(
      [1, 2, 3, 1, 2, 3, 1, 2].map((last) => `900${last}`),
    );
  });

  it('that finds a lead readable again lets the others follow', async () => {
    const world = await forbiddenWorld(3);
    world.records.clear();
    await world.pass(17);
    expect(world.started).toHaveLength(3);
    expect(isOver(world)).toBe(true);
  });

  it.each([
    ['its vendor has it no more', gone()],
    ['its record says nothing of a lead', '[]'],
  ])('that finds out that %s is done with that lead, and the watch ends when it was the last', async (_, record) => {
    const world = await forbiddenWorld();
    world.records.set('9001', record);
    await world.pass(40);
    expect(world.outcomeOf('9001')).toBe('broken');
    expect(isOver(world)).toBe(true);
  });

  it('that tries a lead which was told meanwhile is done with it, and the watch ends when it was the last', async () => {
    const world = await forbiddenWorld();
    world.records.clear();
    // S3 tells of the delivery once more.
    world.deliver([leadgen('9001')]);
    await world.work(world.now);
    expect(world.outcomeOf('9001')).toBe('done');
    await world.pass(40);
    expect(isOver(world)).toBe(true);
  });

  it.each([1, 2])(
    'that meets a vendor that is down loses nothing of %i: it is told when the vendor is back',
    async (count) => {
      const world = await forbiddenWorld(count);
      world.records.set('9001', new Later('Graph API: 503'));
      await world.pass(20);
      world.records.clear();
      await world.pass(60);
      expect(world.started.map(({ lead_id }) => lead_id).sort()).toEqual(['9001', '9002'].slice(0, count));
      expect(isOver(world)).toBe(true);
    },
  );

  it('is put off, and not lost, while the secret store is down', async () => {
    const world = await parkedWorld();
    const effects = world.effects();
    const broken = { ...effects, freshTokenOf: () => Promise.reject(new Error('Secrets Manager is down')) };
    const [look] = world.queue;
    world.now += minute;
    await expect(takeMessage(look?.body ?? '', 1, world.compose(broken))).rejects.toThrow('Secrets Manager is down');
    expect(world.isWatched).toBe(true);
  });
});

describe('two looks at once', () => {
  const look = (until: number): Watch => ({
    v: 1,
    watch: { source: 'meta', account: '1001' },
    tick: 3,
    until,
    notBefore: STARTED,
  });

  it('end as one, whichever of their calls comes first', async () => {
    const { ends, orders } = await everyOrder((turns) => {
      const until = start + lease;
      const world = new CaptureWorld({ ...page, watchUntil: until });
      world.parked.set('a', {
        tenant: 'north',
        source: 'meta',
        account: '1001',
        eventId: '9001',
        leadId: '9001',
        rawKey: 'source/meta_event_1.json',
        index: 0,
        reason: 'forbidden',
        at: STARTED,
      });
      world.now = start + minute;
      // No two functions ask for the time in the same millisecond of the same minute for long.
      const ports = (who: number) => {
        const composed = world.compose(turns.for(who, world.effects()));
        return { ...composed, now: () => new Date(world.now + who).toISOString() };
      };
      return {
        works: [watch(look(until), ports(0)), watch(look(until), ports(1))],
        end: async () => {
          const wasWatched = world.isWatched;
          await world.pass(3);
          return { wasWatched, looks: world.looks.length, isWatched: world.isWatched };
        },
      };
    });
    expect(ends).toEqual([{ end: { wasWatched: true, looks: 1, isWatched: true }, order: expect.any(String) }]);
    expect(orders).toBeGreaterThan(100);
  });

  it('are not begun by two leads that are parked at once', async () => {
    const { ends } = await everyOrder((turns) => {
      const world = new CaptureWorld(page);
      world.valid.clear();
      world.deliver([leadgen('9001')], 'source/meta_event_1.json');
      world.deliver([leadgen('9002')], 'source/meta_event_2.json');
      const works = world.queue.splice(0).map(({ body }, who) => {
        const { park, sendLater, takeWatch, ...others } = world.effects();
        const ports = world.compose({ ...others, ...turns.for(who, { park, sendLater, takeWatch }) });
        return takeMessage(body, 1, { ...ports, now: () => new Date(world.now + who).toISOString() });
      });
      return {
        works,
        end: async () => {
          await world.pass(2);
          return { looks: world.looks.length, isWatched: world.isWatched };
        },
      };
    });
    expect(ends).toEqual([{ end: { looks: 1, isWatched: true }, order: expect.any(String) }]);
  });
});

describe('a lead that is parked just when the watch ends', () => {
  it('is watched, whichever call comes first', async () => {
    const { ends, orders } = await everyOrder((turns) => {
      const until = start + lease;
      const world = new CaptureWorld({ ...page, watchUntil: until });
      world.records.set('9001', forbidden);
      world.deliver([leadgen('9001')]);
      const { body } = world.queue.pop() ?? { body: '' };
      // What nobody else writes needs no turn.
      const { readRaw, isErased, ...shared } = world.effects();
      const parking = takeMessage(body, 1, world.compose({ readRaw, isErased, ...turns.for(0, shared) }));
      const last: Watch = { v: 1, watch: { source: 'meta', account: '1001' }, tick: 3, until, notBefore: STARTED };
      const ending = watch(last, world.compose(turns.for(1, world.effects())));
      return {
        works: [parking, ending],
        end: async () => ({ parked: world.parked.size, isWatched: world.isWatched }),
      };
    });
    expect(ends).toEqual([{ end: { parked: 1, isWatched: true }, order: expect.any(String) }]);
    expect(orders).toBeGreaterThan(100);
  });

  it('is watched though the function dies at any call of the last look, once that comes again', async () => {
    const until = start + lease;
    const last: Watch = { v: 1, watch: { source: 'meta', account: '1001' }, tick: 3, until, notBefore: STARTED };
    const cases = points(7).flatMap((point) => [1, 2, 3, 4, 5].map((parkedAt) => ({ point, parkedAt })));
    for (const { point, parkedAt } of cases) {
      const world = new CaptureWorld({ ...page, watchUntil: until });
      world.records.set('9001', forbidden);
      world.deliver([leadgen('9001')]);
      const { body } = world.queue.pop() ?? { body: '' };
      let isParked = false;
      const park = async () => {
        isParked = true;
        await takeMessage(body, 1, world.ports().ports);
      };
      const { ports } = crashing(world.effects(), point);
      const meanwhile = beforeCalls(ports, async (call) => call === parkedAt && park());
      const ending = takeMessage(JSON.stringify(last), 1, world.compose(meanwhile));
      const isDead = await ending.then(
        () => false,
        () => true,
      );
      if (!isParked) await park();
      if (isDead) world.queue.push({ body: JSON.stringify(last), visibleAt: world.now + 2 * minute, receives: 1 });
      await world.pass(4);
      expect([point, parkedAt, world.parked.size, world.isWatched]).toEqual([point, parkedAt, 1, true]);
    }
  });
});

describe('a function that dies', () => {
  it('at any call while it parks a lead leaves it watched, once the message comes again', async () => {
    const counting = new CaptureWorld(page);
    counting.valid.clear();
    counting.deliver([leadgen('9001')]);
    const { ports, calls } = counting.ports();
    await takeMessage(counting.queue[0]?.body ?? '', 1, ports);
    expect(calls()).toBeGreaterThanOrEqual(9);
    for (const point of points(calls())) {
      const world = new CaptureWorld(page);
      world.valid.clear();
      world.deliver([leadgen('9001')]);
      expect(await world.work(world.now, [point])).toBe(1);
      await world.pass(3);
      expect([point, world.parked.size, world.isWatched, world.looks.length]).toEqual([point, 1, true, 1]);
      world.replaceToken('token-2', 'v2');
      await world.pass(4);
      expect([point, world.outcomeOf('9001'), isOver(world)]).toEqual([point, 'done', true]);
      expect(world.started).toHaveLength(1);
    }
  });

  it('at any call of a look leaves the page watched by one, once the message comes again', async () => {
    for (const ticks of [1, 14]) {
      for (const point of points(7)) {
        const world = await forbiddenWorld(2);
        await world.pass(ticks);
        const crashes = await world.pass(1, [point]);
        expect(crashes).toBeLessThanOrEqual(1);
        await world.pass(10);
        expect([ticks, point, world.isWatched, world.looks.length]).toEqual([ticks, point, true, 1]);
        world.records.clear();
        await world.pass(40);
        expect([ticks, point, world.started.length, isOver(world)]).toEqual([ticks, point, 2, true]);
      }
    }
  });

  it('at any call while the first lead with a new token is read loses none of those that wait', async () => {
    for (const point of points(22)) {
      const world = await parkedWorld(3);
      world.replaceToken('token-2', 'v2');
      // The look, and then the message that tries one lead.
      await world.pass(1);
      world.queue.sort((a, b) => a.visibleAt - b.visibleAt);
      await world.work(world.now, [point]);
      await world.pass(30);
      expect([point, world.outcomeOf('9001'), world.outcomeOf('9002'), world.outcomeOf('9003')]).toEqual([
        point,
        'done',
        'done',
        'done',
      ]);
      expect([point, isOver(world)]).toEqual([point, true]);
      expect(new Set(world.started.map((message) => JSON.stringify(message))).size).toBe(3);
    }
  });
});

it('a watch that somebody has is not begun again, and nothing is sent', async () => {
  const world = new CaptureWorld({ ...page, watchUntil: start + 1 });
  const { ports } = world.ports();
  await startWatch({ ...page, watchUntil: start + 1 }, ports);
  expect(world.queue).toEqual([]);
  await startWatch({ ...page, watchUntil: start }, ports);
  expect(world.looks).toHaveLength(1);
});
