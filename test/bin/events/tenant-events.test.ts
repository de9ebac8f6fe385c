import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import type * as TenantEvents from '../../../bin/events/tenant-events.ts';
import type * as Timelines from '../../../bin/events/timeline.ts';
import { jsonOf } from '../../../bin/events/stored-event.ts';
import type * as EventTable from '../../../lambdas/aws/event-table.ts';
import { startTable, TABLE } from '../../fixtures/table.ts';

let table: Awaited<ReturnType<typeof startTable>>;
let written: typeof EventTable;
let events: typeof TenantEvents;
let timelines: typeof Timelines;
beforeAll(async () => {
  table = await startTable();
  written = await import('../../../lambdas/aws/event-table.ts');
  events = await import('../../../bin/events/tenant-events.ts');
  timelines = await import('../../../bin/events/timeline.ts');
});
afterAll(() => table.stop());

/** Each test has a tenant of its own. */
let place: { table: string; tenant: string };
let count = 0;
beforeEach(() => {
  count += 1;
  place = { table: TABLE, tenant: `tenant-${count}` };
});

const time = (second: number) => new Date(Date.UTC(2026, 2, 5, 13, 30, second)).toISOString();
const origin = (mark: string) => ({ tenant: place.tenant, source: 'close', rawKey: 'source/crm_event_1.json', mark });
const record = (id: string, second: number, occurred = second) =>
  written.recordEvent(
    TABLE,
    { id, type: 'lead.created', leadId: 'lead_1', effect: 'new_lead', occurredAt: time(occurred) },
    origin('first'),
    { outcome: 'done', at: time(second) },
  );
const repeat = (id: string, mark: string, second: number) =>
  written.countRepeat(TABLE, { id, leadId: 'lead_1' }, origin(mark), time(second));
const ids = (rows: { event_id: string }[]) => rows.map(({ event_id }) => event_id);

describe('the latest events of a tenant', () => {
  it('come newest first, as many as are asked for', async () => {
    await record('ev_1', 1);
    await record('ev_3', 3);
    await record('ev_2', 2);
    expect(ids(await events.latestEvents(place, 50))).toEqual(['ev_3', 'ev_2', 'ev_1']);
    expect(ids(await events.latestEvents(place, 2))).toEqual(['ev_3', 'ev_2']);
    expect(await events.latestEvents({ ...place, tenant: 'another' }, 50)).toEqual([]);
  });
});

describe('the repeated events of a tenant', () => {
  it('come with how often they were received, the one first that was repeated last', async () => {
    await record('ev_once', 1);
    await record('ev_twice', 2);
    await record('ev_thrice', 3);
    await repeat('ev_thrice', 'second', 4);
    await repeat('ev_twice', 'second', 5);
    await repeat('ev_thrice', 'third', 6);
    await repeat('ev_thrice', 'third', 7);
    const repeated = (await events.repeatedEvents(place, 50)).map(jsonOf);
    expect(repeated.map(({ event_id, received, repeated_at }) => ({ event_id, received, repeated_at }))).toEqual([
      { event_id: 'ev_thrice', received: 3, repeated_at: time(6) },
      { event_id: 'ev_twice', received: 2, repeated_at: time(5) },
    ]);
    expect(ids(await events.repeatedEvents(place, 1))).toEqual(['ev_thrice']);
  });

  it('are found also where they are more than DynamoDB reads at once', async () => {
    const all = Array.from({ length: 130 }, (_, index) => `ev_${String(index).padStart(3, '0')}`);
    const write = async (id: string, second: number) => {
      await record(id, second);
      await repeat(id, 'second', 1000 + second);
    };
    await Promise.all(all.map(write));
    expect(ids(await events.repeatedEvents(place, 1000))).toEqual(all.toReversed());
  });
});

describe('the timeline of a lead', () => {
  it('has its events by when they happened at the vendor, and nothing of another lead', async () => {
    await record('ev_b', 5, 3);
    await record('ev_a', 6, 2);
    await written.recordEvent(TABLE, { id: 'ev_other', type: 'lead.created', leadId: 'lead_11' }, origin('first'), {
      outcome: 'not_for_us',
      reason: 'made by an import',
      at: time(1),
    });
    const { lead, channels, events: found } = await timelines.timelineOf(place, 'lead_1');
    expect(ids(found)).toEqual(['ev_a', 'ev_b']);
    expect(jsonOf(found[0]!)).toEqual({
      at: time(6),
      occurred_at: time(2),
      source: 'close',
      event: 'lead.created',
      event_type: 'created',
      event_id: 'ev_a',
      lead_id: 'lead_1',
      object_id: null,
      outcome: 'done',
      reason: null,
      received: 1,
      repeated_at: null,
      raw_key: 'source/crm_event_1.json',
    });
    expect([lead, channels]).toEqual([undefined, []]);
  });
});
