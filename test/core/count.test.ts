import { describe, expect, it } from '@jest/globals';
import * as fc from 'fast-check';
import { count, type CountPorts } from '../../lambdas/core/count.ts';
import { countedAs } from '../../lambdas/core/counted.ts';
import type { Lead } from '../../lambdas/core/lead.ts';
import { CountWorld } from '../fixtures/count-world.ts';
import { Crash, crashing } from '../fixtures/crashing.ts';
import { noFacts } from '../fixtures/lead.ts';

const at = { timeZone: 'Europe/Berlin', fallbackOwner: 'Unassigned' };
const as = (lead: Lead) => countedAs(lead, at);
const leadOf = (lead_id: string, more: Partial<Lead> = {}): Lead => ({
  tenant: 'north',
  lead_id,
  source: 'close',
  facts: noFacts,
  receivedAt: '2026-03-05T13:30:00.000Z',
  dueAt: '2026-03-05T13:40:00.000Z',
  rawKey: 'source/a.json',
  isTest: false,
  ...more,
});

/** What the sums must be: each lead of the world once. */
function expected(world: CountWorld): Record<string, number> {
  const sums: Record<string, number> = {};
  for (const lead of world.leads.values()) {
    const counted = as(lead);
    for (const name of counted?.names ?? []) {
      const key = `${counted?.day} ${name}`;
      sums[key] = (sums[key] ?? 0) + 1;
    }
  }
  return Object.fromEntries(Object.entries(sums).toSorted());
}

/** Changes that a lead may see, each with what it changes. */
const changes: Partial<Lead>[] = [
  { category: 'subscribed' },
  { category: 'terminated' },
  { assigned: { name: 'Ana' } },
  { assigned: { name: 'Bo' } },
  { toldAt: '2026-03-05T13:40:30.000Z' },
  { firstTouchAt: '2026-03-05T14:00:00.000Z' },
];
const ID = { tenant: 'north', lead_id: 'a' };

describe('a lead', () => {
  it('counts once as what it is, and stays there when it is counted again', async () => {
    const world = new CountWorld();
    world.leads.set('a', leadOf('a'));
    await count(ID, world.ports(as));
    await count(ID, world.ports(as));
    expect(world.sums).toEqual({
      '2026-03-05 category#pending': 1,
      '2026-03-05 owner#': 1,
      '2026-03-05 source#close': 1,
      '2026-03-05 total': 1,
    });
    expect([world.leftovers, world.counts.get('a')?.moves]).toEqual([0, 1]);
  });

  it('moves from what it was to what it is', async () => {
    const world = new CountWorld();
    world.leads.set('a', leadOf('a'));
    await count(ID, world.ports(as));
    world.leads.set('a', leadOf('a', { category: 'subscribed', toldAt: '2026-03-05T13:30:30.000Z' }));
    await count(ID, world.ports(as));
    expect(world.sums).toEqual({
      '2026-03-05 alert#1m': 1,
      '2026-03-05 category#subscribed': 1,
      '2026-03-05 owner#': 1,
      '2026-03-05 source#close': 1,
      '2026-03-05 total': 1,
    });
  });

  it('stays on the day on which it was counted first, whatever becomes of the time zone', async () => {
    const world = new CountWorld();
    world.leads.set('a', leadOf('a'));
    await count(ID, world.ports(as));
    world.leads.set('a', leadOf('a', { category: 'subscribed' }));
    await count(
      ID,
      world.ports((lead) => countedAs(lead, { ...at, timeZone: 'Pacific/Kiritimati' })),
    );
    expect(Object.keys(world.sums).every((name) => name.startsWith('2026-03-05 '))).toBe(true);
  });

  it('that is a test, or was erased, counts nowhere', async () => {
    const world = new CountWorld();
    world.leads.set('a', leadOf('a', { isTest: true }));
    await count(ID, world.ports(as));
    await count({ tenant: 'north', lead_id: 'b' }, world.ports(as));
    expect([world.sums, world.counts.size]).toEqual([{}, 0]);
  });

  it('that is erased after it was counted stays in the totals, which name nobody', async () => {
    const world = new CountWorld();
    world.leads.set('a', leadOf('a'));
    await count(ID, world.ports(as));
    world.leads.clear();
    world.counts.clear();
    await count(ID, world.ports(as));
    expect(world.sums).toMatchObject({ '2026-03-05 total': 1 });
  });

  it('needs two reads where nothing changed', async () => {
    const world = new CountWorld();
    world.leads.set('a', leadOf('a'));
    const first = crashing(world.ports(as));
    await count(ID, { ...first.ports, countedAs: as });
    const again = crashing(world.ports(as));
    await count(ID, { ...again.ports, countedAs: as });
    expect([first.calls(), again.calls()]).toEqual([7, 2]);
  });
});

describe('the sums are right', () => {
  it('whenever a worker dies, once somebody counts the lead again', async () => {
    for (let call = 1; call <= 10; call += 1) {
      for (const carriedOut of [false, true]) {
        const world = new CountWorld();
        world.leads.set('a', leadOf('a'));
        await count(ID, world.ports(as));
        world.leads.set('a', leadOf('a', { assigned: { name: 'Ana' } }));
        const { ports } = crashing(world.ports(as), { call, carriedOut });
        await count(ID, { ...ports, countedAs: as }).catch((error: unknown) => expect(error).toBeInstanceOf(Crash));
        world.leads.set('a', leadOf('a', { category: 'subscribed' }));
        await count(ID, world.ports(as));
        expect([call, carriedOut, world.sums]).toEqual([call, carriedOut, expected(world)]);
      }
    }
  });

  it('whoever counts at once, sleeps for however long, or dies anywhere', async () => {
    const worker = fc.record({
      lead: fc.constantFrom('a', 'b'),
      change: fc.constantFrom(...changes),
      dies: fc.option(fc.record({ call: fc.integer({ min: 1, max: 12 }), carriedOut: fc.boolean() }), {
        nil: undefined,
      }),
    });
    await fc.assert(
      fc.asyncProperty(fc.array(worker, { minLength: 1, maxLength: 6 }), fc.scheduler(), async (workers, scheduler) => {
        const world = new CountWorld();
        for (const id of ['a', 'b']) world.leads.set(id, leadOf(id));
        const slow = slowly(world.ports(as), scheduler);
        const unfinished = new Set<string>();
        const work = async ({ lead, change, dies }: (typeof workers)[number]) => {
          const { ports } = crashing(slow, dies);
          try {
            // The step's own write; who dies before it has changed nothing.
            await scheduler.schedule(Promise.resolve());
            world.leads.set(lead, { ...leadOf(lead), ...world.leads.get(lead), ...change });
            await count({ tenant: 'north', lead_id: lead }, { ...ports, countedAs: as });
          } catch (error) {
            if (!(error instanceof Crash)) throw error;
            unfinished.add(lead);
          }
        };
        await scheduler.waitFor(Promise.all(workers.map(work)));
        // The queue brings back what died, and nothing else.
        for (const id of unfinished) await count({ tenant: 'north', lead_id: id }, world.ports(as));
        const touched = new Set<string>(workers.map(({ lead }) => lead));
        for (const id of world.leads.keys()) if (!touched.has(id)) world.leads.delete(id);
        expect(world.sums).toEqual(expected(world));
      }),
      { numRuns: 1500 },
    );
  });
});

/** Ports whose calls are carried out, and answered, when the scheduler wants. */
function slowly(ports: CountPorts, scheduler: fc.Scheduler): CountPorts {
  const wrapped = Object.entries(ports).map(([name, port]: [string, (...args: unknown[]) => unknown]) => [
    name,
    async (...args: unknown[]) => {
      await scheduler.schedule(Promise.resolve(), `${name} begins`);
      const answer = await port(...args);
      await scheduler.schedule(Promise.resolve(), `${name} answers`);
      return answer;
    },
  ]);
  return { ...(Object.fromEntries(wrapped) as CountPorts), countedAs: ports.countedAs };
}
