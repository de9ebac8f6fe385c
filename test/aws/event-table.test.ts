import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import type * as EventTable from '../../lambdas/aws/event-table.ts';
import type { SourceEvent } from '../../lambdas/core/event.ts';
import { startTable, TABLE } from '../fixtures/table.ts';

let table: Awaited<ReturnType<typeof startTable>>;
let events: typeof EventTable;
beforeAll(async () => {
  table = await startTable();
  events = await import('../../lambdas/aws/event-table.ts');
});
afterAll(() => table.stop());

const event: SourceEvent = {
  id: 'ev_1',
  type: 'lead.created',
  occurredAt: '2026-03-05T13:30:00.478Z',
  leadId: 'lead_Zq3',
  effect: 'new_lead',
};
const from = { tenant: 'north', source: 'close', rawKey: 'source/crm_event_lead_Zq3.json' };
const at = '2026-03-05T13:30:02.000Z';

describe('an event', () => {
  it('has no outcome before it was worked through', async () => {
    expect(await events.outcomeOf(TABLE, event, from)).toBeUndefined();
  });

  it('is kept with its outcome beside its lead, and is found by its raw object and among a tenant’s', async () => {
    await events.recordEvent(TABLE, event, from, { outcome: 'done', at });
    expect(await events.outcomeOf(TABLE, event, from)).toBe('done');
    expect(await table.row('north#LEAD#lead_Zq3', 'EVENT#ev_1')).toEqual({
      PK: 'north#LEAD#lead_Zq3',
      SK: 'EVENT#ev_1',
      GSI1PK: 'north#RAW#source/crm_event_lead_Zq3.json',
      GSI1SK: 'ev_1',
      GSI2PK: 'north#EVENTS',
      GSI2SK: '2026-03-05T13:30:02.000Z#ev_1',
      v: 1,
      tenant: 'north',
      source: 'close',
      event: 'lead.created',
      event_id: 'ev_1',
      lead_id: 'lead_Zq3',
      occurred_at: '2026-03-05T13:30:00.478Z',
      raw_key: 'source/crm_event_lead_Zq3.json',
      outcome: 'done',
      at,
    });
  });

  it('without a lead is kept beside its raw object, with the reason', async () => {
    const unread = { id: 'delivery', type: 'unread' };
    await events.recordEvent(TABLE, unread, from, { outcome: 'broken', reason: 'not a Close event', at });
    const row = await table.row('north#RAW#source/crm_event_lead_Zq3.json', 'EVENT#delivery');
    expect(row).toMatchObject({ outcome: 'broken', reason: 'not a Close event' });
    expect(row).not.toHaveProperty('lead_id');
    expect(row).not.toHaveProperty('occurred_at');
  });

  it('of another tenant with the same id is another event', async () => {
    expect(await events.outcomeOf(TABLE, event, { ...from, tenant: 'south' })).toBeUndefined();
  });
});
