import { describe, expect, it } from '@jest/globals';
import * as fc from 'fast-check';
import type { Channel } from '../../lambdas/core/channel.ts';
import type { OwnerMessage } from '../../lambdas/core/owner-message.ts';
import { slotFor, type PacePorts } from '../../lambdas/process/pace.ts';
import { processLead } from '../../lambdas/process/process-lead.ts';
import { lead } from '../fixtures/lead.ts';
import { dueAt, message, ProcessWorld } from '../fixtures/process-world.ts';
import { VirtualClock } from '../fixtures/virtual-clock.ts';

const slackOfNorth = { tenant: 'north', channel: 'slack' };

/** A channel of one message a second whose next free moment is this. */
function portsWith({ now, next, pace = 1 }: { now: number; next: number; pace?: number | undefined }) {
  const asked: { now: number; spacing: number }[] = [];
  const ports: PacePorts = {
    now: () => now,
    sleep: async () => {},
    paceOf: (channel) => (channel === 'slack' ? pace : undefined),
    reserveSlot: async (_, what) => {
      asked.push(what);
      return next;
    },
  };
  return { ports, asked };
}

describe('a channel’s next moment', () => {
  it('is now, and for ever, where it has no pace', async () => {
    const { ports, asked } = portsWith({ now: 1000, next: 5000 });
    expect(await slotFor({ ...slackOfNorth, channel: 'email' }, undefined, ports)).toEqual({
      at: 1000,
      until: Infinity,
    });
    expect(asked).toEqual([]);
  });

  it('is reserved a second ahead, and a little further apart than the pace', async () => {
    const { ports, asked } = portsWith({ now: 1000, next: 2000 });
    expect(await slotFor(slackOfNorth, undefined, ports)).toEqual({ at: 2000, until: 2100 });
    expect(asked).toEqual([{ now: 2000, spacing: 1100 }]);
  });

  it.each([
    [3000, {}],
    [3001, { comeBackAt: 2001 }],
    [60_000, { comeBackAt: 59_000 }],
  ])('at %i is waited for here, or a second early somewhere else', async (next, comeBack) => {
    const { ports } = portsWith({ now: 1000, next });
    expect(await slotFor(slackOfNorth, undefined, ports)).toEqual({ at: next, until: next + 100, ...comeBack });
  });

  it('is the one reserved before, as long as it was not missed', async () => {
    const early = portsWith({ now: 1000, next: 9000 });
    expect(await slotFor(slackOfNorth, 2000, early.ports)).toEqual({ at: 2000, until: 2100 });
    expect(early.asked).toEqual([]);
    const justInTime = portsWith({ now: 2100, next: 9000 });
    expect(await slotFor(slackOfNorth, 2000, justInTime.ports)).toEqual({ at: 2000, until: 2100 });
  });

  it('is reserved anew where it was missed', async () => {
    const { ports, asked } = portsWith({ now: 2101, next: 9000 });
    expect(await slotFor(slackOfNorth, 2000, ports)).toEqual({ at: 9000, until: 9100, comeBackAt: 8000 });
    expect(asked).toHaveLength(1);
  });
});

describe('a lead that must wait for its moment', () => {
  it('comes back a second early with the moment that is its own, and is told then', async () => {
    const world = new ProcessWorld();
    world.channels = ['slack'];
    world.pace = { slack: 1 };
    const moment = dueAt + 10_000;
    world.nextMoments.set('slack', moment);
    expect(await processLead(message, world.ports().ports)).toMatchObject({
      outcome: 'waiting',
      reason: 'pace of the channel',
    });
    const [again] = world.queue;
    expect(again).toEqual({ ...message, notBefore: new Date(moment - 1000).toISOString(), slots: { slack: moment } });
    expect(world.records.size).toBe(0);
    world.now = moment - 900;
    expect(await processLead(again ?? message, world.ports().ports)).toMatchObject({ outcome: 'told' });
    expect(world.sent).toEqual([{ channel: 'slack', leadId: 'lead_Zq3', at: moment }]);
  });

  it('gives its turn up where it came too late for it after all', async () => {
    const world = new ProcessWorld();
    world.channels = ['slack'];
    world.pace = { slack: 1 };
    const { ports } = world.ports();
    const slowLease: typeof ports.lease = async (...args) => {
      world.now += 1200;
      return ports.lease(...args);
    };
    expect(await processLead(message, { ...ports, lease: slowLease })).toMatchObject({
      outcome: 'waiting',
      reason: 'pace of the channel',
    });
    expect(world.sent).toEqual([]);
    expect(world.queue).toEqual([{ ...message, notBefore: new Date(dueAt + 1200).toISOString() }]);
    expect(world.records.get('lead_Zq3 slack')).not.toHaveProperty('leasedUntil');
    expect(await processLead(message, ports)).toMatchObject({ outcome: 'told' });
  });
});

const smallestGap = (times: number[]) => Math.min(...times.slice(1).map((time, index) => time - (times[index] ?? 0)));

/** Tells leads that are due at the same time, five at a time, with every call taking a while; returns when each was sent. */
async function tellMany(count: number, pace: number, takes: () => number): Promise<number[]> {
  const clock = new VirtualClock(dueAt);
  const world = new ProcessWorld();
  world.channels = ['slack'];
  world.pace = { slack: pace };
  const ids = Array.from({ length: count }, (_, index) => `lead_${index}`);
  world.leads = new Map(ids.map((lead_id) => [lead_id, { ...lead, lead_id }]));
  const queue: OwnerMessage[] = ids.map((lead_id) => ({ ...message, lead_id }));
  const { ports } = world.ports();
  /** The same port, that takes a while before and after. */
  const slow =
    <A extends unknown[], R>(port: (...args: A) => Promise<R>) =>
    async (...args: A) => {
      await clock.sleep(takes());
      world.now = clock.now;
      const result = await port(...args);
      await clock.sleep(takes());
      return result;
    };
  const slowPorts: typeof ports = {
    ...ports,
    now: () => clock.now,
    sleep: (milliseconds) => clock.sleep(milliseconds),
    lease: slow(ports.lease),
    settle: slow(ports.settle),
    reserveSlot: slow(ports.reserveSlot),
    leadOf: slow(ports.leadOf),
    channels: ports.channels.map((channel) => ({
      id: channel.id,
      send: (...said: Parameters<Channel['send']>) => {
        world.now = clock.now;
        return channel.send(...said);
      },
    })),
    // As SQS holds messages back: by whole seconds, rounded up.
    sendAgain: async (again) => {
      if ('digest' in again) throw new Error('nothing is gathered here');
      const seconds = Math.max(0, Math.ceil((Date.parse(again.notBefore) - clock.now) / 1000));
      waiting.push({ again, visibleAt: clock.now + seconds * 1000 });
    },
  };
  const waiting: { again: OwnerMessage; visibleAt: number }[] = [];
  const nextMessage = () => {
    const ready = waiting.findIndex(({ visibleAt }) => visibleAt <= clock.now);
    return ready < 0 ? queue.shift() : waiting.splice(ready, 1)[0]?.again;
  };
  const worker = async () => {
    while (world.sent.length < count) {
      if (clock.now > dueAt + 3_600_000) throw new Error('an hour is over, and not everybody was told');
      const next = nextMessage();
      if (next) await processLead(next, slowPorts);
      else await clock.sleep(50);
    }
  };
  await clock.run(Promise.all(Array.from({ length: 5 }, worker)));
  return world.sent.map(({ at }) => at).toSorted((a, b) => a - b);
}

describe('many leads at once', () => {
  it('are never told faster than the pace, and not much slower', async () => {
    const times = await tellMany(50, 1, () => 5);
    expect(times).toHaveLength(50);
    expect(smallestGap(times)).toBeGreaterThanOrEqual(1000);
    expect((times.at(-1) ?? 0) - dueAt).toBeLessThan(90_000);
  });

  it('are never told faster than the pace, however slow the table is', async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.array(fc.oneof(fc.constant(0), fc.integer({ min: 0, max: 700 })), { minLength: 30, maxLength: 60 }),
        fc.constantFrom(1, 5),
        async (delays, pace) => {
          let call = 0;
          const times = await tellMany(20, pace, () => delays[(call += 1) % delays.length] ?? 0);
          expect(times).toHaveLength(20);
          expect(smallestGap(times)).toBeGreaterThanOrEqual(1000 / pace);
        },
      ),
      { numRuns: 30 },
    );
  });
});
