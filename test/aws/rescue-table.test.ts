import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import type * as DueTable from '../../lambdas/aws/due-table.ts';
import type * as ErasedTable from '../../lambdas/aws/lead-traces.ts';
import type * as LeadTable from '../../lambdas/aws/lead-table.ts';
import type * as RescueTable from '../../lambdas/aws/rescue-table.ts';
import { fullFacts } from '../fixtures/lead.ts';
import { startTable, TABLE } from '../fixtures/table.ts';

let table: Awaited<ReturnType<typeof startTable>>;
let leads: typeof LeadTable;
let rescues: typeof RescueTable;
let due: typeof DueTable;
let traces: typeof ErasedTable;
beforeAll(async () => {
  table = await startTable();
  leads = await import('../../lambdas/aws/lead-table.ts');
  rescues = await import('../../lambdas/aws/rescue-table.ts');
  due = await import('../../lambdas/aws/due-table.ts');
  traces = await import('../../lambdas/aws/lead-traces.ts');
});
afterAll(() => table.stop());

const receivedAt = '2026-03-05T13:30:01.000Z';
const save = (tenant: string, lead_id: string, dueAt: string) =>
  leads.saveLead(
    TABLE,
    {
      tenant,
      lead_id,
      source: 'close',
      facts: fullFacts,
      asOf: receivedAt,
      created: { receivedAt, dueAt, rawKey: `source/${lead_id}.json`, isTest: false },
    },
    receivedAt,
  );
const rescue = (minute: number) => ({ at: `2026-03-05T14:${minute}:00.000Z`, what: 'not_told' as const });

describe('a new start of a lead', () => {
  it('is noted for one of any number of sweeps, behind those before', async () => {
    const lead = await save('one', 'a', '2026-03-05T13:40:01.000Z');
    const first = await Promise.all([10, 11, 12].map((minute) => rescues.noteRescue(TABLE, lead, rescue(minute), 0)));
    expect(first.filter(Boolean)).toHaveLength(1);
    const second = await Promise.all([20, 21].map((minute) => rescues.noteRescue(TABLE, lead, rescue(minute), 1)));
    expect(second.filter(Boolean)).toHaveLength(1);
    expect((await leads.leadNow(TABLE, lead))?.rescues).toHaveLength(2);
  });

  it('is not noted of a lead that was told meanwhile, or that nobody is told of, or that is gone', async () => {
    for (const end of [leads.markTold, leads.markSilent]) {
      const lead = await save('two', `b_${end.name}`, '2026-03-05T13:40:01.000Z');
      await end(TABLE, lead, receivedAt);
      expect(await rescues.noteRescue(TABLE, lead, rescue(10), 0)).toBe(false);
    }
    expect(await rescues.noteRescue(TABLE, { tenant: 'two', lead_id: 'gone' }, rescue(10), 0)).toBe(false);
    expect(await table.row('two#LEAD#gone', 'LEAD')).toBeUndefined();
  });
});

describe('a new start of a delivery', () => {
  const key = 'source/crm_event_lead_Zq3.json';

  it('is counted once for any number of sweeps, and says nobody’s id', async () => {
    expect(await rescues.rescuesOf(TABLE, key)).toEqual({ count: 0 });
    const at = '2026-03-05T14:00:00.000Z';
    const noted = await Promise.all([1, 2, 3].map(() => rescues.noteDeliveryRescue(TABLE, key, at, 0)));
    expect(noted.filter(Boolean)).toHaveLength(1);
    expect(await rescues.noteDeliveryRescue(TABLE, key, at, 1)).toBe(true);
    expect(await rescues.noteDeliveryRescue(TABLE, key, at, 1)).toBe(false);
    expect(await rescues.rescuesOf(TABLE, key)).toEqual({ count: 2, lastAt: at });
    const { row } = await import('../../lambdas/aws/table.ts').then(async ({ keyOf }) => ({
      row: await table.row(keyOf.rescue(key).PK, 'RESCUE'),
    }));
    expect(JSON.stringify(row)).not.toContain('lead_Zq3');
  });
});

describe('a listing', () => {
  it('is noted when it came to its end, the first one also as the beginning, and never an earlier one over a later one', async () => {
    expect(await rescues.listingNow(TABLE)).toBeUndefined();
    for (const day of ['05', '07', '06']) await rescues.noteListing(TABLE, `2026-03-${day}T02:00:00.000Z`);
    expect(await rescues.listingNow(TABLE)).toMatchObject({
      firstAt: '2026-03-05T02:00:00.000Z',
      startedAt: '2026-03-07T02:00:00.000Z',
    });
  });
});

describe('leads that are due and not told', () => {
  const range = { from: '2026-03-05T13:00:00.000Z', until: '2026-03-05T15:00:00.000Z', after: undefined };
  const minuteOf = (index: number) => `2026-03-05T14:${String(index).padStart(2, '0')}:00.000Z`;

  it('come with their rows, in the order of their time, page by page, and of one tenant', async () => {
    for (let index = 0; index < 7; index += 1) await save('three', `c${index}`, minuteOf(index));
    await save('other', 'c9', minuteOf(1));
    await save('three', 'late', '2026-03-05T15:00:01.000Z');
    await save('three', 'early', '2026-03-05T12:59:59.000Z');
    const told = await save('three', 'told', minuteOf(3));
    await leads.markTold(TABLE, told, receivedAt);
    const seen: string[] = [];
    let after: string | undefined;
    for (let isEnd = false; !isEnd;) {
      const page = await due.dueLeads(TABLE, 'three', { ...range, after, limit: 3 });
      seen.push(...page.leads.map(({ key, lead }) => `${key} ${lead?.rawKey}`));
      after = page.leads.at(-1)?.key ?? after;
      ({ isEnd } = page);
    }
    expect(seen).toEqual([0, 1, 2, 3, 4, 5, 6].map((index) => `${minuteOf(index)}#c${index} source/c${index}.json`));
  });

  it('have no row where it was erased a moment ago', async () => {
    await save('four', 'd', minuteOf(1));
    const { leads: found } = await due.dueLeads(TABLE, 'four', { ...range, limit: 10 });
    expect(found).toMatchObject([{ lead: { lead_id: 'd' } }]);
    await traces.deleteRow(TABLE, { PK: 'four#LEAD#d', SK: 'LEAD' });
    expect((await due.dueLeads(TABLE, 'four', { ...range, limit: 10 })).leads).toEqual([]);
  });
});
