import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import type * as FindTable from '../../lambdas/aws/find-table.ts';
import type * as LeadTable from '../../lambdas/aws/lead-table.ts';
import type { Captured, Lead } from '../../lambdas/core/lead.ts';
import { noFacts } from '../fixtures/lead.ts';
import { startTable, TABLE, tableCalls } from '../fixtures/table.ts';

let table: Awaited<ReturnType<typeof startTable>>;
let find: typeof FindTable;
let leads: typeof LeadTable;
beforeAll(async () => {
  table = await startTable();
  find = await import('../../lambdas/aws/find-table.ts');
  leads = await import('../../lambdas/aws/lead-table.ts');
});
afterAll(() => table.stop());

/** Each test has a tenant of its own. */
let id: { tenant: string; lead_id: string };
let count = 0;
beforeEach(() => {
  count += 1;
  id = { tenant: `north_${count}`, lead_id: 'lead_Zq3' };
});

const created = {
  receivedAt: '2026-03-05T13:30:01.000Z',
  dueAt: '2026-03-05T13:40:01.000Z',
  rawKey: 'source/crm_event_lead_Zq3.json',
  isTest: false,
};
const at = (second: number) => `2026-03-05T13:31:${String(second).padStart(2, '0')}.000Z`;
const facts = (display_name: string, lead_email: string | null = null) => ({ ...noFacts, display_name, lead_email });
const captured = (change: Partial<Captured> = {}): Captured => ({
  ...id,
  source: 'close',
  facts: facts('Zoë Ann Müller', 'zoe@example.org'),
  asOf: at(0),
  created,
  ...change,
});
const save = (second: number, change: Partial<Captured> = {}) =>
  leads.saveLead(TABLE, captured({ asOf: at(second), ...change }), at(second));
/** All rows by which the lead is searched: number, term, and when it was known so. */
async function rows(): Promise<unknown[]> {
  const found = await Promise.all(
    [0, 1, 2, 3, 4, 5].map((number) => table.row(`${id.tenant}#LEAD#${id.lead_id}`, `FIND#${number}`)),
  );
  return found.flatMap((row, number) => (row ? [[number, row['GSI4SK'], row['at']]] : []));
}
const rowsOf = (second: number, ...terms: string[]) =>
  terms.map((term, number) => [number, `${term}#${id.lead_id}`, at(second)]);
const isFound = async (prefix: string) => (await find.findLeads(TABLE, id.tenant, prefix, 10)).length > 0;

describe('a new lead', () => {
  it('is found by each word of its name and by its address as soon as it is kept', async () => {
    const { calls, stop } = await tableCalls();
    await save(1);
    stop();
    expect(await rows()).toEqual(rowsOf(1, 'n:zoe ann muller', 'n:ann muller', 'n:muller', 'e:zoe@example.org'));
    expect(await table.row(`${id.tenant}#LEAD#${id.lead_id}`, 'FIND#0')).toEqual({
      PK: `${id.tenant}#LEAD#${id.lead_id}`,
      SK: 'FIND#0',
      v: 1,
      at: at(1),
      GSI4PK: `${id.tenant}#FIND`,
      GSI4SK: `n:zoe ann muller#${id.lead_id}`,
    });
    for (const prefix of ['n:zoe', 'n:ann m', 'n:mul', 'e:zoe@'])
      expect([prefix, await isFound(prefix)]).toEqual([prefix, true]);
    // The lead, its rows, and a look whether it is the same still.
    expect(calls.map(({ command }) => command)).toEqual([
      'UpdateItemCommand',
      'BatchWriteItemCommand',
      'BatchGetItemCommand',
    ]);
  });

  it('of which nothing is known is found by nothing', async () => {
    await save(1, { facts: noFacts });
    expect(await rows()).toEqual([]);
  });

  it('is found by the name that it has later, and no longer by the one that it had', async () => {
    await save(1);
    const { created: _, ...update } = captured({ facts: facts('Zoë Renamed'), asOf: at(2) });
    await leads.saveLead(TABLE, update, at(2));
    expect(await rows()).toEqual(rowsOf(2, 'n:zoe renamed', 'n:renamed'));
    expect([await isFound('n:muller'), await isFound('n:renamed')]).toEqual([false, true]);
  });

  it('that comes again is found by what is newer', async () => {
    await save(2);
    await save(1, { facts: facts('Zoë Older') });
    expect((await rows()).map((row) => (row as string[])[1])).toEqual([
      `n:zoe ann muller#${id.lead_id}`,
      `n:ann muller#${id.lead_id}`,
      `n:muller#${id.lead_id}`,
      `e:zoe@example.org#${id.lead_id}`,
    ]);
  });
});

describe('a new lead that somebody changes before its rows are written', () => {
  const first = () => ({ ...captured(), ...created, updatedAt: at(1) }) as Lead;
  const later = (display_name: string, lead_email: string | null = null) =>
    ({ ...first(), facts: facts(display_name, lead_email), updatedAt: at(2) }) as Lead;

  it.each([
    ['fewer terms', 'Zoë', null, ['n:zoe']],
    [
      'as many',
      'Zoë Ann Renamed',
      'zoe@example.com',
      ['n:zoe ann renamed', 'n:ann renamed', 'n:renamed', 'e:zoe@example.com'],
    ],
    [
      'more',
      'Zoë Ann Maria Renamed',
      'a@b.c',
      ['n:zoe ann maria renamed', 'n:ann maria renamed', 'n:maria renamed', 'n:renamed', 'e:a@b.c'],
    ],
  ])('is found by the later state, which has %s', async (_, name, email, terms) => {
    const now = later(name, email);
    await find.saveTerms(TABLE, now);
    await find.saveFirstTerms(TABLE, first(), async () => now);
    expect(await rows()).toEqual(rowsOf(2, ...terms));
  });

  it('is found by the later state also where that looked before these rows were there, and writes after', async () => {
    const now = later('Zoë');
    const { calls, stop } = await tableCalls();
    await Promise.all([find.saveTerms(TABLE, now), find.saveFirstTerms(TABLE, first(), async () => now)]);
    stop();
    expect(calls.length).toBeGreaterThan(3);
    expect(await rows()).toEqual(rowsOf(2, 'n:zoe'));
  });

  it('is found by the state that is there when its rows are, whoever wrote it meanwhile', async () => {
    const now = later('Zoë Renamed');
    await find.saveFirstTerms(TABLE, first(), async () => {
      expect(await rows()).toHaveLength(4);
      return now;
    });
    expect(await rows()).toEqual(rowsOf(2, 'n:zoe renamed', 'n:renamed'));
  });

  it('keeps its rows where what it is found by is the same', async () => {
    const { calls, stop } = await tableCalls();
    await find.saveFirstTerms(TABLE, first(), async () => ({ ...first(), toldAt: at(2), updatedAt: at(2) }));
    stop();
    expect(await rows()).toEqual(rowsOf(1, 'n:zoe ann muller', 'n:ann muller', 'n:muller', 'e:zoe@example.org'));
    expect(calls.map(({ command }) => command)).toEqual(['BatchWriteItemCommand']);
  });

  it('ends as found by its newest facts, of two at once that say it is new and that it changed', async () => {
    for (let n = 0; n < 10; n += 1) {
      id = { tenant: `north_${count}`, lead_id: `lead_${n}` };
      await Promise.all([save(1), save(2, { facts: facts(`Zoë Renamed ${n}`) })]);
      expect((await rows()).map((row) => (row as string[])[1])).toEqual(
        [`n:zoe renamed ${n}`, `n:renamed ${n}`, `n:${n}`].map((term) => `${term}#lead_${n}`),
      );
    }
  });
});
