import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import * as fc from 'fast-check';
import type * as CountTable from '../../lambdas/aws/count-table.ts';
import type * as DayTable from '../../lambdas/aws/day-table.ts';
import { count, type CountPorts, type Move } from '../../lambdas/core/count.ts';
import type { Lead } from '../../lambdas/core/lead.ts';
import { Crash, crashing } from '../fixtures/crashing.ts';
import { startTable, TABLE, tableCalls } from '../fixtures/table.ts';

let table: Awaited<ReturnType<typeof startTable>>;
let counts: typeof CountTable;
let days: typeof DayTable;
beforeAll(async () => {
  table = await startTable();
  counts = await import('../../lambdas/aws/count-table.ts');
  days = await import('../../lambdas/aws/day-table.ts');
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
    lookAt: (move) => days.lookAt(TABLE, move),
    makeMove: (move, changes, guard) => days.makeMove(TABLE, move, changes, guard),
    endMove: (move) => counts.endMove(TABLE, move),
    forgetMove: (move) => days.forgetMove(TABLE, move),
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
      lead: fc.constantFrom('a', 'b', 'c', 'd', 'e', 'f'),
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
      fc.asyncProperty(fc.array(worker, { minLength: 1, maxLength: 12 }), async (workers) => {
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

describe('moves of the same moment', () => {
  const day = '2026-03-09';
  const names = ['total', 'owner#12ab'];
  const changes = { total: 1, 'owner#12ab': 1 };
  const moveOf = (tenant: string, lead_id: string, more: Partial<Move> = {}): Move => ({
    tenant,
    lead_id,
    number: 1,
    day,
    names: [],
    next: names,
    ...more,
  });
  /** The guards and the marks of the moves that the day knows. */
  const signsOf = async (tenant: string, of = day) => {
    const row = (await table.row(`${tenant}#STATS`, `DAY#${of}`)) ?? {};
    const guards = Object.entries(row).filter(([name]) => name.startsWith('guard#'));
    return { guards: guards.map(([, number]) => number as number), marks: [...((row['made'] ?? []) as Set<string>)] };
  };
  /** Two leads of a tenant that share a guard, and one that has another. */
  async function sharing(tenant: string): Promise<[string, string, string]> {
    const guardOf = async (lead_id: string, tried: string) => {
      await days.makeMove(TABLE, moveOf(tenant, lead_id, { day: tried }), {}, 0);
      const row = (await table.row(`${tenant}#STATS`, `DAY#${tried}`)) ?? {};
      return Object.keys(row).find((name) => name.startsWith('guard#'));
    };
    const first = await guardOf('first', 'try');
    let [same, other]: (string | undefined)[] = [];
    for (let n = 0; same === undefined || other === undefined; n += 1) {
      const lead_id = `lead_${n}`;
      if ((await guardOf(lead_id, `try_${n}`)) === first) same ??= lead_id;
      else other ??= lead_id;
    }
    return ['first', same, other];
  }
  const updatesOf = (calls: { command: string; input: Record<string, unknown> }[], tenant: string) =>
    calls.filter(
      ({ command, input }) =>
        command === 'UpdateItemCommand' && JSON.stringify(input['Key']).includes(`${tenant}#STATS`),
    ).length;

  it('are each counted once, in fewer writes of the day than there are leads', async () => {
    const leads: Leads = new Map(
      Array.from({ length: 20 }, (_, n) => [
        `together_${n}`,
        ['total', `owner#${n % 3}`, ...(n % 2 ? ['touch#5m'] : [])],
      ]),
    );
    const ports = portsOf(leads, day);
    const { calls, stop } = await tableCalls();
    await Promise.all([...leads.keys()].map((lead_id) => count({ tenant: 'together', lead_id }, ports)));
    stop();
    expect(await sumsOf('together', day)).toEqual(expectedOf(leads));
    expect((await signsOf('together')).marks).toEqual([]);
    // Each lead alone would be a write for the move and one to forget it.
    expect(updatesOf(calls, 'together')).toBeLessThan(leads.size);
  });

  it('that were looked at in the same moment are one write, also two under one guard', async () => {
    const ids = await sharing('shared');
    const { calls, stop } = await tableCalls();
    const made = await Promise.all(ids.map((id) => days.makeMove(TABLE, moveOf('shared', id), changes, 0)));
    stop();
    expect(made).toEqual([true, true, true]);
    expect(updatesOf(calls, 'shared')).toBe(1);
    expect(await sumsOf('shared', day)).toEqual({ total: 3, 'owner#12ab': 3 });
    const { guards, marks } = await signsOf('shared');
    expect([guards, marks.length]).toEqual([[1, 1], 3]);
    for (const id of ids) expect(await days.lookAt(TABLE, moveOf('shared', id))).toEqual({ guard: 1, isDone: true });
  });

  it('of which two saw one guard at different numbers are made but for the one that saw the earlier', async () => {
    const [first, same, other] = await sharing('slow');
    await days.makeMove(TABLE, moveOf('slow', first), changes, 0);
    const second = moveOf('slow', first, { number: 2, names, next: ['total', 'owner#'] });
    const made = await Promise.all([
      days.makeMove(TABLE, moveOf('slow', same), changes, 0),
      days.makeMove(TABLE, second, { 'owner#12ab': -1, 'owner#': 1 }, 1),
      days.makeMove(TABLE, moveOf('slow', other), changes, 0),
    ]);
    expect(made).toEqual([false, true, true]);
    expect(await sumsOf('slow', day)).toEqual({ total: 2, 'owner#': 1, 'owner#12ab': 1 });
    expect(await days.lookAt(TABLE, moveOf('slow', same))).toEqual({ guard: 2, isDone: false });
    expect(await days.lookAt(TABLE, second)).toEqual({ guard: 2, isDone: true });
  });

  it('are none of them made where one guard is another by now', async () => {
    const [first, same, other] = await sharing('late');
    await days.makeMove(TABLE, moveOf('late', first), changes, 0);
    const late = [same, other].map((id) => days.makeMove(TABLE, moveOf('late', id), changes, 0));
    expect(await Promise.all(late)).toEqual([false, false]);
    expect(await sumsOf('late', day)).toEqual({ total: 1, 'owner#12ab': 1 });
  });

  it('that are the same one are made once, whoever makes it', async () => {
    const move = moveOf('same', 'first');
    await Promise.all([1, 2, 3].map(() => days.makeMove(TABLE, move, changes, 0)));
    expect(await sumsOf('same', day)).toEqual({ total: 1, 'owner#12ab': 1 });
    expect((await signsOf('same')).marks).toHaveLength(1);
  });

  it('that are the same one are made once, also where somebody carries out what another one began', async () => {
    const leads: Leads = new Map([['twice', names]]);
    const ports = portsOf(leads, day);
    const [begun, bothAreThere] = [Promise.withResolvers<void>(), Promise.withResolvers<void>()];
    const lead = { tenant: 'twice', lead_id: 'twice' };
    const first = count(lead, {
      ...ports,
      makeMove: async (...asked) => {
        begun.resolve();
        await bothAreThere.promise;
        return ports.makeMove(...asked);
      },
    });
    await begun.promise;
    const second = count(lead, {
      ...ports,
      makeMove: (...asked) => {
        bothAreThere.resolve();
        return ports.makeMove(...asked);
      },
    });
    await Promise.all([first, second]);
    expect(await sumsOf('twice', day)).toEqual(expectedOf(leads));
  });

  it('are made on their own days, for their own tenants', async () => {
    const moves = [
      moveOf('own', 'first'),
      moveOf('own', 'second', { day: '2026-03-10' }),
      moveOf('other', 'first'),
      moveOf('own', 'third'),
    ];
    expect(await Promise.all(moves.map((move) => days.makeMove(TABLE, move, changes, 0)))).toEqual(
      moves.map(() => true),
    );
    expect(await sumsOf('own', day)).toEqual({ total: 2, 'owner#12ab': 2 });
    expect(await sumsOf('own', '2026-03-10')).toEqual({ total: 1, 'owner#12ab': 1 });
    expect(await sumsOf('other', day)).toEqual({ total: 1, 'owner#12ab': 1 });
    await Promise.all(moves.map((move) => days.forgetMove(TABLE, move)));
    const left = [await signsOf('own'), await signsOf('own', '2026-03-10'), await signsOf('other')];
    expect(left.map(({ marks }) => marks)).toEqual([[], [], []]);
  });

  it('fail alone: one of a day that the table refuses keeps no other from being made', async () => {
    const refused = moveOf('refused', 'first', { day: 'x'.repeat(2000) });
    const results = await Promise.allSettled(
      [moveOf('refused', 'second'), refused, moveOf('refused', 'third')].map((move) =>
        days.makeMove(TABLE, move, changes, 0),
      ),
    );
    expect(results[1]).toMatchObject({ reason: { name: 'ValidationException' } });
    // Those that were made before somebody failed find that they are.
    for (const lead_id of ['second', 'third'])
      expect(await days.lookAt(TABLE, moveOf('refused', lead_id))).toMatchObject({ isDone: true });
    expect(await sumsOf('refused', day)).toEqual({ total: 2, 'owner#12ab': 2 });
  });
});

it('an owner keeps the name under which they were counted first', async () => {
  await counts.nameOwner(TABLE, 'north', { key: '12ab', name: 'Ana Diaz' });
  await counts.nameOwner(TABLE, 'north', { key: '12ab', name: 'ana diaz' });
  expect(await table.row('north#STATS', 'OWNER#12ab')).toMatchObject({ v: 1, name: 'Ana Diaz' });
});
