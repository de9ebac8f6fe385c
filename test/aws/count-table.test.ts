import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import * as fc from 'fast-check';
import type * as CountTable from '../../lambdas/aws/count-table.ts';
import { count, type CountPorts } from '../../lambdas/core/count.ts';
import type { Lead } from '../../lambdas/core/lead.ts';
import { Crash, crashing } from '../fixtures/crashing.ts';
import { startTable, TABLE } from '../fixtures/table.ts';

let table: Awaited<ReturnType<typeof startTable>>;
let counts: typeof CountTable;
beforeAll(async () => {
  table = await startTable();
  counts = await import('../../lambdas/aws/count-table.ts');
});
afterAll(() => table.stop());

/** What leads are, by id: the names that they count under. */
type Leads = Map<string, string[]>;

function portsOf(leads: Leads, day: string): CountPorts {
  return {
    leadNow: async ({ lead_id }) => ({ lead_id }) as Lead,
    countedAs: ({ lead_id }) => ({ day, names: leads.get(lead_id) ?? [], owner: null }),
    countNow: (lead) => counts.countNow(TABLE, lead),
    beginMove: (move) => counts.beginMove(TABLE, move),
    lookAt: (move) => counts.lookAt(TABLE, move),
    makeMove: (move, changes, guard) => counts.makeMove(TABLE, move, changes, guard),
    endMove: (move) => counts.endMove(TABLE, move),
    forgetMove: (move) => counts.forgetMove(TABLE, move),
    nameOwner: (tenant, owner) => counts.nameOwner(TABLE, tenant, owner),
  };
}

const sumsOf = async (tenant: string, day: string) => {
  const row = (await table.row(`${tenant}#STATS`, `DAY#${day}`)) ?? {};
  return Object.fromEntries(
    Object.entries(row).filter(([name, sum]) => typeof sum === 'number' && sum !== 0 && !/^(v|guard)/.test(name)),
  );
};
const expectedOf = (leads: Leads) => {
  const sums: Record<string, number> = {};
  for (const name of [...leads.values()].flat()) sums[name] = (sums[name] ?? 0) + 1;
  return sums;
};

describe('the counters of a day', () => {
  it('follow a lead, and nothing is left of the way', async () => {
    const leads: Leads = new Map([['a', ['total', 'owner#']]]);
    const ports = portsOf(leads, '2026-03-05');
    await count({ tenant: 'north', lead_id: 'a' }, ports);
    leads.set('a', ['total', 'owner#12ab', 'touch#5m']);
    await count({ tenant: 'north', lead_id: 'a' }, ports);
    expect(await sumsOf('north', '2026-03-05')).toEqual({ total: 1, 'owner#12ab': 1, 'touch#5m': 1 });
    expect(await table.row('north#LEAD#a', 'COUNT')).toEqual({
      PK: 'north#LEAD#a',
      SK: 'COUNT',
      v: 1,
      moves: 2,
      day: '2026-03-05',
      names: ['total', 'owner#12ab', 'touch#5m'],
    });
    expect((await table.row('north#STATS', 'DAY#2026-03-05'))?.['made']).toBeUndefined();
  });

  it('name no lead', async () => {
    const leads: Leads = new Map([['lead_personal', ['total']]]);
    const { ports } = crashing(portsOf(leads, '2026-03-06'), { call: 7, carriedOut: false });
    const all = { ...ports, countedAs: portsOf(leads, '2026-03-06').countedAs };
    await expect(count({ tenant: 'north', lead_id: 'lead_personal' }, all)).rejects.toThrow(Crash);
    const row = await table.row('north#STATS', 'DAY#2026-03-06');
    expect(row?.['made']).toEqual(new Set([expect.stringMatching(/^[0-9a-f]{16}#1$/)]));
    expect(JSON.stringify(row)).not.toContain('personal');
  });

  it('count thirty leads at once, and ten who count the same one', async () => {
    const leads: Leads = new Map(Array.from({ length: 30 }, (_, n) => [`many_${n}`, ['total', `owner#${n % 3}`]]));
    const { ports: crashless, calls } = crashing(portsOf(leads, '2026-03-07'));
    const ports = { ...crashless, countedAs: portsOf(leads, '2026-03-07').countedAs };
    const ids = [...leads.keys(), ...Array<string>(10).fill('many_0')];
    await Promise.all(ids.map((lead_id) => count({ tenant: 'north', lead_id }, ports)));
    expect(calls()).toBeLessThan(ids.length * 20);
    expect(await sumsOf('north', '2026-03-07')).toEqual(expectedOf(leads));
  }, 30_000);

  it('are right whoever dies where, and whoever counts at the same time', async () => {
    let run = 0;
    const worker = fc.record({
      lead: fc.constantFrom('a', 'b'),
      becomes: fc.constantFrom<string[]>(
        ['total'],
        ['total', 'touch#5m'],
        ['total', 'owner#x'],
        ['total', 'owner#y', 'touch#5m'],
      ),
      dies: fc.option(fc.record({ call: fc.integer({ min: 1, max: 9 }), carriedOut: fc.boolean() }), {
        nil: undefined,
      }),
    });
    await fc.assert(
      fc.asyncProperty(fc.array(worker, { minLength: 1, maxLength: 5 }), async (workers) => {
        run += 1;
        const tenant = `run${run}`;
        const leads: Leads = new Map();
        const ports = portsOf(leads, '2026-03-05');
        const again = new Set<string>();
        await Promise.all(
          workers.map(async ({ lead, becomes, dies }) => {
            leads.set(lead, becomes);
            const mine = { ...crashing(ports, dies).ports, countedAs: ports.countedAs };
            await count({ tenant, lead_id: lead }, mine).catch((error: unknown) => {
              if (!(error instanceof Crash)) throw error;
              again.add(lead);
            });
          }),
        );
        for (const lead_id of again) await count({ tenant, lead_id }, ports);
        expect(await sumsOf(tenant, '2026-03-05')).toEqual(expectedOf(leads));
      }),
      { numRuns: 25 },
    );
  }, 30_000);
});

it('an owner keeps the name under which they were counted first', async () => {
  await counts.nameOwner(TABLE, 'north', { key: '12ab', name: 'Ana Diaz' });
  await counts.nameOwner(TABLE, 'north', { key: '12ab', name: 'ana diaz' });
  expect(await table.row('north#STATS', 'OWNER#12ab')).toMatchObject({ v: 1, name: 'Ana Diaz' });
});
