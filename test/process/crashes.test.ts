import { describe, expect, it } from '@jest/globals';
import * as fc from 'fast-check';
import { Later } from '../../lambdas/core/failures.ts';
import type { OwnerMessage } from '../../lambdas/core/owner-message.ts';
import { processLead } from '../../lambdas/process/process-lead.ts';
import { Crash, type CrashPoint } from '../fixtures/crashing.ts';
import { message, ProcessWorld, TIMEOUT } from '../fixtures/process-world.ts';

const VISIBILITY = 6 * TIMEOUT;
const RECEIVES = 3;

/**
 * Works on the queue until it is empty, in processes of which the first ones die at these points, one a process. A message of a
 * process that died is seen again when its visibility ends; after three receives it goes to the DLQ, and comes back by redrive.
 */
async function runToTheEnd(world: ProcessWorld, points: CrashPoint[]): Promise<number> {
  const queue: { message: OwnerMessage; visibleAt: number; receives: number }[] = [
    { message, visibleAt: world.now, receives: 0 },
  ];
  let crashes = 0;
  for (let runs = 0; queue.length > 0; runs += 1) {
    if (runs > 200) throw new Error('it never ends');
    queue.sort((a, b) => a.visibleAt - b.visibleAt);
    const next = queue.shift();
    if (!next) break;
    world.now = Math.max(world.now, next.visibleAt);
    try {
      await processLead(next.message, world.ports(points[runs]).ports);
    } catch (error) {
      if (!(error instanceof Crash)) throw error;
      crashes += 1;
      const receives = next.receives + 1;
      queue.push({
        message: next.message,
        visibleAt: world.now + VISIBILITY,
        receives: receives < RECEIVES ? receives : 0,
      });
    }
    for (const sent of world.queue.splice(0))
      queue.push({ message: sent, visibleAt: Math.max(world.now, Date.parse(sent.notBefore)), receives: 0 });
  }
  return crashes;
}

const tellings = (world: ProcessWorld, channel: string) => world.told.filter((told) => told === channel).length;

async function callsOf(world: ProcessWorld): Promise<number> {
  const { ports, calls } = world.ports();
  await processLead(message, ports);
  return calls();
}

const answers = (of: string[]) => of.map((answer) => (answer === 'ok' ? 'ok' : new Later('can’t now')));

describe('a crash while a lead is told', () => {
  it('still ends in one alert a channel, and repeats at most the one that was being sent, wherever it is', async () => {
    const calls = await callsOf(new ProcessWorld());
    // The lead, its owner, what was looked up; for address and number the lead beside its person, and the person; the enriched lead
    // and its mark; for each channel the lease, the message and the record; that it was told; what it counts as.
    // Who is of the tenant is asked when the owner is known, and when it is told; a function remembers it for a minute.
    expect(calls).toBe(19);
    const extra: string[] = [];
    for (let call = 1; call <= calls; call += 1) {
      for (const carriedOut of [false, true]) {
        const world = new ProcessWorld();
        expect(await runToTheEnd(world, [{ call, carriedOut }])).toBe(1);
        for (const channel of world.channels) {
          const times = tellings(world, channel);
          expect(times).toBeGreaterThanOrEqual(1);
          expect(times).toBeLessThanOrEqual(2);
          if (times > 1) extra.push(channel);
        }
        expect(world.leads.get('lead_Zq3')).toHaveProperty('toldAt');
        expect([call, carriedOut, world.counted.get('lead_Zq3')]).toEqual([call, carriedOut, 'told']);
        expect([...world.memory.persons.values()].map(({ leads }) => leads)).toMatchObject([
          [{ lead_id: 'lead_Zq3', owner: 'Grace Hopper' }],
          [{ lead_id: 'lead_Zq3', owner: 'Grace Hopper' }],
        ]);
      }
    }
    // Sending and recording are where it may happen; most points repeat nothing.
    expect(extra.length).toBeLessThanOrEqual(8);
  });

  it('repeats at most one alert a channel for each crash, however many there are', async () => {
    const point = fc.record({ call: fc.integer({ min: 1, max: 20 }), carriedOut: fc.boolean() });
    await fc.assert(
      fc.asyncProperty(fc.array(point, { maxLength: 6 }), async (points) => {
        const world = new ProcessWorld();
        const crashes = await runToTheEnd(world, points);
        for (const channel of world.channels) {
          expect(tellings(world, channel)).toBeGreaterThanOrEqual(1);
          expect(tellings(world, channel)).toBeLessThanOrEqual(1 + crashes);
        }
        expect(world.leads.get('lead_Zq3')).toHaveProperty('toldAt');
        expect(world.counted.get('lead_Zq3')).toBe('told');
      }),
      { numRuns: 300 },
    );
  });

  it('still ends in one alert a channel where channels fail and have a pace besides', async () => {
    const point = fc.record({ call: fc.integer({ min: 1, max: 23 }), carriedOut: fc.boolean() });
    const failures = fc.array(fc.constantFrom('ok', 'later'), { maxLength: 4 });
    await fc.assert(
      fc.asyncProperty(fc.array(point, { maxLength: 4 }), failures, failures, async (points, slack, email) => {
        const world = new ProcessWorld();
        world.answers = { slack: answers(slack), email: answers(email) };
        world.pace = { slack: 1, email: 5 };
        const crashes = await runToTheEnd(world, points);
        for (const channel of world.channels) {
          expect(tellings(world, channel)).toBeGreaterThanOrEqual(1);
          expect(tellings(world, channel)).toBeLessThanOrEqual(1 + crashes);
        }
        expect(world.leads.get('lead_Zq3')).toHaveProperty('toldAt');
      }),
      { numRuns: 300 },
    );
  });
});
