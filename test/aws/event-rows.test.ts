import { afterAll, beforeAll, expect, it } from '@jest/globals';
import type * as EventRows from '../../lambdas/aws/event-rows.ts';
import type * as EventTable from '../../lambdas/aws/event-table.ts';
import { startTable, TABLE } from '../fixtures/table.ts';

let table: Awaited<ReturnType<typeof startTable>>;
let rows: typeof EventRows;
let events: typeof EventTable;
beforeAll(async () => {
  table = await startTable();
  rows = await import('../../lambdas/aws/event-rows.ts');
  events = await import('../../lambdas/aws/event-table.ts');
});
afterAll(() => table.stop());

const rawKey = 'source/meta_event_1.json';
const at = '2026-03-05T13:30:02.000Z';
const from = { tenant: 'north', source: 'meta', rawKey, mark: `${rawKey}#1` };
const place = (id: string, leadId: string | undefined = id, tenant = 'north') => ({
  tenant,
  event: { id, leadId },
  rawKey,
});

it('says in the order in which it is asked what became of each event, also of several hundred, and of one asked for twice', async () => {
  const ids = Array.from({ length: 230 }, (_, index) => `m${index}`);
  for (const id of ids.filter((_, index) => index % 2 === 0)) {
    const event = { id, type: 'page.leadgen', leadId: id };
    await events.recordEvent(TABLE, event, from, { outcome: 'done', at });
  }
  const found = await rows.eventRows(
    TABLE,
    [...ids, 'm2', 'm3'].map((id) => place(id)),
  );
  expect(found).toHaveLength(232);
  expect(found.map((row) => row?.outcome)).toEqual(
    [...ids.map((_, index) => index % 2 === 0), true, false].map((isDone) => (isDone ? 'done' : undefined)),
  );
});

it('knows an event without a lead by its delivery, and none of another tenant; and until when one waits', async () => {
  const waitingUntil = '2026-03-05T13:45:00.000Z';
  const unread = { id: 'delivery', type: 'unread' };
  await events.recordEvent(TABLE, unread, from, { outcome: 'broken', at });
  const waits = { id: 'w', type: 'page.leadgen', leadId: 'w' };
  await events.recordEvent(TABLE, waits, from, { outcome: 'parked', waitingUntil, at });
  const delivery = { tenant: 'north', event: { id: 'delivery' }, rawKey };
  expect(await rows.eventRows(TABLE, [delivery, { ...delivery, tenant: 'south' }, place('w')])).toEqual([
    { outcome: 'broken', waitingUntil: undefined },
    undefined,
    { outcome: 'parked', waitingUntil },
  ]);
  expect(await rows.eventRows(TABLE, [])).toEqual([]);
});
