import { describe, expect, it } from '@jest/globals';
import { capture } from '../../lambdas/capture/capture.ts';
import { tryLater } from '../../lambdas/capture/try-later.ts';
import type { CaptureMessage, Slice } from '../../lambdas/core/capture-message.ts';
import { Later } from '../../lambdas/core/failures.ts';
import { CaptureWorld, leadgen, leadgens, page, STARTED } from '../fixtures/capture-world.ts';

const key = 'source/meta_event_1.json';
const start = Date.parse(STARTED);
const iso = (seconds: number) => new Date(start + seconds * 1000).toISOString();
const hours = (count: number) => count * 3600;

/** Tries an event later that waits for so many seconds already, where the vendor asked for some. */
async function later({ waited, asked }: { waited?: number; asked?: number }) {
  const sent: CaptureMessage[] = [];
  const givenUp: [Slice, string][] = [];
  const slice: Slice = { v: 1, key, from: 3, to: 4, since: iso(-(waited ?? 0)), notBefore: STARTED };
  const result = await tryLater(
    { index: 3, slice: waited === undefined ? undefined : slice, delivery: { rawKey: key } },
    new Later('Graph API: 503', asked),
    'Failed to fetch lead details (Graph API: 503)',
    {
      now: () => STARTED,
      sendLater: async (message) => void sent.push(message),
      giveUp: async (...given) => void givenUp.push(given),
    },
  );
  return { result, sent, givenUp };
}
const waitOf = ({ sent }: { sent: CaptureMessage[] }) => (Date.parse(sent[0]?.notBefore ?? '') - start) / 1000;

describe('a lead that its vendor can’t give now', () => {
  it('goes into a message of its own, which knows since when it waits', async () => {
    const { result, sent } = await later({});
    expect(sent).toEqual([{ v: 1, key, from: 3, to: 4, since: STARTED, notBefore: iso(10) }]);
    expect(result).toEqual({
      outcome: 'waiting',
      reason: 'Failed to fetch lead details (Graph API: 503)',
      waited: 0,
      until: iso(10),
    });
  });

  it('that was parked before keeps why it is tried, so that the others may follow it', async () => {
    const world = new CaptureWorld(page);
    world.records.set('9001', new Later('Graph API: 503'));
    const delivery = world.deliver([leadgen('9001')]);
    world.queue = [];
    await capture(delivery, { v: 1, key, from: 0, to: 1, retry: 'probe' }, world.ports().ports);
    expect(world.slices).toEqual([{ v: 1, key, from: 0, to: 1, retry: 'probe', since: STARTED, notBefore: iso(10) }]);
  });

  it.each([
    ['first', undefined, 10],
    ['at once again', 0, 10],
    ['after 10 seconds', 10, 10],
    ['after 20 seconds', 20, 20],
    ['after 5 minutes', 300, 300],
    ['after 15 minutes', 900, 900],
    ['after 12 hours', hours(12), 900],
  ])('waits as long again as it waits already, from 10 seconds to 15 minutes: %s', async (_, waited, expected) => {
    expect(waitOf(await later({ ...(waited !== undefined && { waited }) }))).toBe(expected);
  });

  it.each([
    [30, 30],
    [1, 1],
    [7200, 7200],
  ])('waits as long as the vendor says where it does: %i seconds', async (asked, expected) => {
    expect(waitOf(await later({ asked }))).toBe(expected);
  });

  it('gets one last try at the end of its 24 hours, however long the vendor asks for', async () => {
    expect(waitOf(await later({ asked: 999_999 }))).toBe(hours(24));
    expect(waitOf(await later({ waited: hours(23), asked: 999_999 }))).toBe(hours(1));
    expect(waitOf(await later({ waited: hours(24) - 1 }))).toBe(1);
  });

  it('is given up after 24 hours, with the reason for the person who finds it', async () => {
    const { result, sent, givenUp } = await later({ waited: hours(24) });
    expect(sent).toEqual([]);
    expect(givenUp).toEqual([
      [
        { v: 1, key, from: 3, to: 4, since: iso(-hours(24)) },
        'waited 24 hours: Failed to fetch lead details (Graph API: 503)',
      ],
    ]);
    expect(result).toEqual({
      outcome: 'waiting',
      reason: 'Failed to fetch lead details (Graph API: 503), given up after 24 hours',
      waited: hours(24),
    });
  });
});

describe('a vendor that is down', () => {
  it('has its events say until when they wait, and one that is given up waits no more', async () => {
    const world = new CaptureWorld(page);
    world.records.set('9001', new Later('Graph API: 503', 7200));
    world.deliver([leadgen('9001')]);
    await world.pass(1);
    expect(world.events.get('north 9001')).toMatchObject({ outcome: 'parked', waitingUntil: iso(7200) });
    await world.pass(25 * 60);
    expect(world.events.get('north 9001')?.waitingUntil).toBeUndefined();
    expect(world.dlq).toHaveLength(1);
  });

  it('for an hour holds no lead back for longer than that and as long again', async () => {
    const world = new CaptureWorld(page);
    world.records.set('9001', new Later('Graph API: 503'));
    world.deliver([leadgen('9001')]);
    await world.pass(60);
    expect(world.outcomeOf('9001')).toBe('parked');
    // Ten seconds and then double each time, and every 15 minutes in the end.
    expect(world.asked).toHaveLength(11);
    world.records.clear();
    await world.pass(15);
    expect(world.outcomeOf('9001')).toBe('done');
    expect(world.started).toHaveLength(1);
  });

  it('for one lead holds the others of its delivery back for no moment', async () => {
    const world = new CaptureWorld(page);
    world.records.set('9002', new Later('Graph API: code 4', 300));
    world.deliver(leadgens(5));
    await world.work(world.now);
    expect(world.started.map(({ lead_id }) => lead_id)).toEqual(['9001', '9003', '9004', '9005']);
    expect(world.slices).toEqual([{ v: 1, key, from: 1, to: 2, since: STARTED, notBefore: iso(300) }]);
    world.records.clear();
    await world.pass(5);
    expect(world.started).toHaveLength(5);
    expect(world.asked.filter((asked) => asked.startsWith('9002'))).toHaveLength(2);
  });

  it('for a day ends in one message among those given up, and one that is put back begins afresh', async () => {
    const world = new CaptureWorld(page);
    world.records.set('9001', new Later('Graph API: 503'));
    world.deliver([leadgen('9001')]);
    await world.pass(25 * 60);
    expect(world.queue).toEqual([]);
    expect(world.dlq).toEqual([
      {
        body: JSON.stringify({ v: 1, key, from: 0, to: 1 }),
        reason: 'waited 24 hours: Failed to fetch lead details (Graph API: 503)',
      },
    ]);
    expect(world.reasonOf('9001')).toBe('Failed to fetch lead details (Graph API: 503), given up after 24 hours');
    world.records.clear();
    world.queue.push({ body: world.dlq[0]?.body ?? '', visibleAt: world.now, receives: 0 });
    await world.pass(1);
    expect(world.outcomeOf('9001')).toBe('done');
    expect(world.started).toHaveLength(1);
  });

  it('is no reason to lose a lead of which S3 told twice: both waits end in the same one', async () => {
    const world = new CaptureWorld(page);
    world.records.set('9001', new Later('Graph API: 503'));
    const delivery = world.deliver([leadgen('9001')]);
    await capture(delivery, undefined, world.ports().ports);
    await world.pass(10);
    world.records.clear();
    await world.pass(30);
    expect(world.queue).toEqual([]);
    expect(world.started).toHaveLength(1);
  });
});
