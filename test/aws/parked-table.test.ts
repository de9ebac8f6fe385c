import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import type * as ParkedTable from '../../lambdas/aws/parked-table.ts';
import type { Parked } from '../../lambdas/core/account.ts';
import { startTable, TABLE } from '../fixtures/table.ts';

let table: Awaited<ReturnType<typeof startTable>>;
let parking: typeof ParkedTable;
beforeAll(async () => {
  table = await startTable();
  parking = await import('../../lambdas/aws/parked-table.ts');
});
afterAll(() => table.stop());

/** Each test has a page of its own. */
let account: string;
let count = 0;
beforeEach(() => {
  count += 1;
  account = `604${count}`;
});

const parked = (eventId: string, change: Partial<Parked> = {}): Parked => ({
  tenant: 'none',
  source: 'meta',
  account,
  eventId,
  leadId: eventId,
  rawKey: `source/meta_event_${eventId}.json`,
  index: 0,
  reason: 'No user found for page_id',
  at: '2026-03-05T13:30:02.000Z',
  ...change,
});
const park = async (...all: Parked[]) => {
  for (const one of all) await parking.park(TABLE, one);
};
const parkedOf = async (page: { after?: string; limit?: number } = {}, tenant = 'none') =>
  parking.parkedOf(TABLE, { tenant, source: 'meta', account }, { limit: 100, ...page });
const idsOf = (all: Parked[]) => all.map(({ eventId }) => eventId);

describe('parked events', () => {
  it('are none where none was parked', async () => expect(await parkedOf()).toEqual([]));

  it('are found with all that is needed to take them up', async () => {
    await park(parked('7701', { index: 42 }));
    expect(await parkedOf()).toEqual([
      { ...parked('7701', { index: 42 }), PK: `none#PARKED#meta#${account}`, SK: 'EVENT#7701', v: 1 },
    ]);
  });

  it('are those of a page, a source and a tenant, and of no other', async () => {
    await park(
      parked('1'),
      parked('2', { tenant: 'north' }),
      parked('3', { source: 'hubspot' }),
      parked('4', { account: `${account}0` }),
    );
    expect(idsOf(await parkedOf())).toEqual(['1']);
    expect(idsOf(await parkedOf({}, 'north'))).toEqual(['2']);
  });

  it('are read a part at a time, by their ids, each once', async () => {
    await park(...['5', '3', '1', '4', '2'].map((id) => parked(id)));
    expect(idsOf(await parkedOf({ limit: 2 }))).toEqual(['1', '2']);
    expect(idsOf(await parkedOf({ after: '2', limit: 2 }))).toEqual(['3', '4']);
    expect(idsOf(await parkedOf({ after: '4', limit: 2 }))).toEqual(['5']);
    expect(await parkedOf({ after: '5', limit: 2 })).toEqual([]);
  });

  it('are the same one where the same event is parked again, with the newer reason', async () => {
    await park(parked('7701'), parked('7701', { reason: 'newer', at: '2026-03-05T13:31:00.000Z' }));
    expect(await parkedOf()).toMatchObject([{ reason: 'newer', at: '2026-03-05T13:31:00.000Z' }]);
  });
});

describe('a parked event', () => {
  it('is forgotten, alone', async () => {
    await park(parked('1'), parked('2'));
    await parking.unpark(TABLE, parked('1'));
    expect(idsOf(await parkedOf())).toEqual(['2']);
  });

  it('stays where it was parked again meanwhile', async () => {
    await park(parked('1', { at: '2026-03-05T13:31:00.000Z' }));
    await parking.unpark(TABLE, parked('1', { at: '2026-03-05T13:30:02.000Z' }));
    expect(idsOf(await parkedOf())).toEqual(['1']);
  });

  it('that is forgotten already is no failure', async () => {
    await expect(parking.unpark(TABLE, parked('1'))).resolves.toBeUndefined();
  });
});
