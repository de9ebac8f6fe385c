import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import type * as EventTable from '../../lambdas/aws/event-table.ts';
import type { Outcome, SourceEvent } from '../../lambdas/core/event.ts';
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
const from = {
  tenant: 'north',
  source: 'close',
  rawKey: 'source/crm_event_lead_Zq3.json',
  mark: 'source/crm_event_lead_Zq3.json#1',
};
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
      attempts: 1,
      GSI1PK: 'north#RAW#source/crm_event_lead_Zq3.json',
      GSI1SK: 'ev_1',
      GSI2PK: 'north#EVENTS',
      GSI2SK: '2026-03-05T13:30:02.000Z#ev_1',
      v: 1,
      tenant: 'north',
      source: 'close',
      event: 'lead.created',
      event_type: 'created',
      received: new Set(['source/crm_event_lead_Zq3.json#1']),
      event_id: 'ev_1',
      lead_id: 'lead_Zq3',
      occurred_at: '2026-03-05T13:30:00.478Z',
      raw_key: 'source/crm_event_lead_Zq3.json',
      outcome: 'done',
      at,
    });
  });

  it('says how its delivery came, and when its vendor was asked for the rest', async () => {
    const delivery = { receivedAt: at, storedAt: at, origin: 'backfill' as const, digest: 'abc' };
    await events.recordEvent(
      TABLE,
      { ...event, id: 'ev_read' },
      { ...from, delivery },
      { outcome: 'done', readAt: at, at },
    );
    const row = await table.row('north#LEAD#lead_Zq3', 'EVENT#ev_read');
    expect(row).toMatchObject({ received_at: at, stored_at: at, origin: 'backfill', digest: 'abc', read_at: at });
    expect(row).not.toHaveProperty('held_at');
  });

  it('that was held up says since when, and why last, also when it is done', async () => {
    const held = { ...event, id: 'ev_held' };
    const settle = (second: number, settled: { outcome: Outcome; reason?: string }) =>
      events.recordEvent(TABLE, held, from, { ...settled, at: `2026-03-05T13:30:0${second}.000Z` });
    await settle(2, { outcome: 'parked', reason: 'Meta answered 500' });
    await settle(4, { outcome: 'parked', reason: 'the token is not valid' });
    await settle(6, { outcome: 'done' });
    const row = await table.row('north#LEAD#lead_Zq3', 'EVENT#ev_held');
    expect(row).toMatchObject({ held_at: at, held_for: 'the token is not valid', outcome: 'done' });
    expect(row).not.toHaveProperty('reason');
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

describe('an outcome', () => {
  const settle = async (id: string, ...outcomes: Outcome[]) => {
    for (const [index, outcome] of outcomes.entries()) {
      const reason = `reason ${index}`;
      await events.recordEvent(TABLE, { ...event, id }, from, {
        outcome,
        reason,
        at: `2026-03-05T13:3${index}:00.000Z`,
      });
    }
    const { outcome, reason, at: when } = (await table.row('north#LEAD#lead_Zq3', `EVENT#${id}`)) ?? {};
    return { outcome, reason, at: when };
  };

  it.each<Outcome>(['done', 'duplicate', 'not_for_us', 'broken'])(
    'that is final stays, whatever comes later: %s',
    async (final) => {
      const first = { outcome: final, reason: 'reason 0', at: '2026-03-05T13:30:00.000Z' };
      for (const later of ['done', 'duplicate', 'parked', 'no_route', 'broken'] as const) {
        expect(await settle(`ev_${final}_${later}`, final, later)).toEqual(first);
      }
    },
  );

  it.each<[Outcome, Outcome]>([
    ['parked', 'done'],
    ['parked', 'broken'],
    ['parked', 'parked'],
    ['parked', 'no_route'],
    ['no_route', 'done'],
    ['no_route', 'parked'],
    ['no_route', 'no_route'],
  ])('that waits for somebody gives way to the next: %s, then %s', async (first, next) => {
    expect(await settle(`ev_${first}_${next}`, first, next)).toEqual({
      outcome: next,
      reason: 'reason 1',
      at: '2026-03-05T13:31:00.000Z',
    });
  });

  it('keeps no reason of the one before', async () => {
    await settle('ev_reason', 'parked');
    await events.recordEvent(TABLE, { ...event, id: 'ev_reason' }, from, { outcome: 'done', at });
    expect(await table.row('north#LEAD#lead_Zq3', 'EVENT#ev_reason')).not.toHaveProperty('reason');
  });
});

describe('a repeat of an event', () => {
  const again = (mark: string) => ({ ...from, mark });
  const row = (id: string) => table.row('north#LEAD#lead_Zq3', `EVENT#${id}`);

  it('is counted once for each reception, and is found among a tenant’s by when it came', async () => {
    const repeated = { ...event, id: 'ev_repeated' };
    await events.recordEvent(TABLE, repeated, from, { outcome: 'done', at });
    expect(await row('ev_repeated')).not.toHaveProperty('GSI3PK');
    expect(await events.countRepeat(TABLE, repeated, from, at)).toBe(false);
    expect(await events.countRepeat(TABLE, repeated, again('source/b.json#1'), '2026-03-05T14:00:00.000Z')).toBe(true);
    expect(await events.countRepeat(TABLE, repeated, again('source/b.json#1'), '2026-03-05T15:00:00.000Z')).toBe(false);
    expect(await row('ev_repeated')).toMatchObject({
      outcome: 'done',
      received: new Set([from.mark, 'source/b.json#1']),
      GSI3PK: 'north#REPEATS',
      GSI3SK: '2026-03-05T14:00:00.000Z#ev_repeated',
    });
  });

  it('is counted where two work on the same event at once, and the other one was faster', async () => {
    const raced = { ...event, id: 'ev_raced' };
    await events.recordEvent(TABLE, raced, from, { outcome: 'done', at });
    await events.recordEvent(TABLE, raced, again('source/b.json#1'), { outcome: 'duplicate', at });
    expect(await row('ev_raced')).toMatchObject({
      outcome: 'done',
      received: new Set([from.mark, 'source/b.json#1']),
      GSI3PK: 'north#REPEATS',
    });
  });

  it('of which nothing is known is none', async () => {
    expect(await events.countRepeat(TABLE, { ...event, id: 'ev_unknown' }, from, at)).toBe(false);
    expect(await row('ev_unknown')).toBeUndefined();
  });

  it('is not what comes again because it had to wait', async () => {
    const waited = { ...event, id: 'ev_waited' };
    await events.recordEvent(TABLE, waited, from, { outcome: 'parked', at });
    await events.recordEvent(TABLE, waited, from, { outcome: 'done', at });
    expect(await row('ev_waited')).toMatchObject({ outcome: 'done', received: new Set([from.mark]) });
    expect(await row('ev_waited')).not.toHaveProperty('GSI3PK');
  });
});

describe('what an event did', () => {
  it.each<[SourceEvent['effect'], string | undefined]>([
    ['new_lead', 'created'],
    ['update', 'updated'],
    ['deletion', 'deleted'],
    ['merge', 'merged'],
    ['restore', 'restored'],
    ['none', undefined],
  ])('%s stands in its row in the same word for every vendor: %s', async (effect, word) => {
    const id = `ev_${effect}`;
    const of = { ...event, id, effect, objectId: '7', account: '1001' };
    await events.recordEvent(TABLE, of, from, { outcome: 'done', at });
    const row = await table.row('north#LEAD#lead_Zq3', `EVENT#${id}`);
    expect(row?.['event_type']).toBe(word);
    expect(row).toMatchObject({ object_id: '7', account: '1001' });
  });
});

describe('an event of nobody', () => {
  const lead = { ...event, id: '7701', leadId: '7701' };
  const nobody = { tenant: 'none', source: 'meta', rawKey: 'source/meta_event_7701.json', mark: 'source/x.json#1' };
  const parked = {
    ...nobody,
    account: '6041',
    eventId: '7701',
    leadId: '7701',
    index: 0,
    reason: 'No user found for page_id: 6041',
    at,
  };

  it('is forgotten once it is somebody’s, and may be nobody’s again', async () => {
    await events.recordEvent(TABLE, lead, nobody, { outcome: 'no_route', reason: parked.reason, at });
    expect(await events.outcomeOf(TABLE, lead, nobody)).toBe('no_route');
    await events.forgetNobodys(TABLE, parked);
    expect(await events.outcomeOf(TABLE, lead, nobody)).toBeUndefined();
    await events.forgetNobodys(TABLE, parked);
    await events.recordEvent(TABLE, lead, nobody, { outcome: 'no_route', at });
    expect(await events.outcomeOf(TABLE, lead, nobody)).toBe('no_route');
  });

  it('is forgotten alone: what became of it with its tenant stays', async () => {
    await events.recordEvent(TABLE, lead, { ...nobody, tenant: 'north' }, { outcome: 'done', at });
    await events.forgetNobodys(TABLE, parked);
    expect(await events.outcomeOf(TABLE, lead, { ...nobody, tenant: 'north' })).toBe('done');
  });
});

describe('an event that is run again', () => {
  const row = (id: string) => table.row('north#LEAD#lead_Zq3', `EVENT#${id}`);
  const later = '2026-04-01T00:00:00.000Z';

  it('replaces what was final, at its old place among the events', async () => {
    const one = { ...event, id: 'ev_again' };
    await events.recordEvent(TABLE, one, from, { outcome: 'broken', reason: 'no', attempts: 2, at });
    await events.recordEvent(TABLE, one, from, { outcome: 'done', attempts: 1, again: 'quiet', at: later });
    const again = await row('ev_again');
    expect(again).toMatchObject({ outcome: 'done', at, GSI2SK: `${at}#ev_again`, again_at: later, attempts: 3 });
    expect(again).not.toHaveProperty('reason');
    expect(again).not.toHaveProperty('quiet');
  });

  it('and is known from that alone, is still to come by its own delivery, and a repeat by any other', async () => {
    const lost = { ...event, id: 'ev_lost' };
    await events.recordEvent(TABLE, lost, from, { outcome: 'done', again: 'quiet', at });
    expect(await events.outcomeOf(TABLE, lost, from)).toBeUndefined();
    expect(await events.outcomeOf(TABLE, lost, { ...from, mark: 'source/b.json#1' })).toBe('done');
    await events.recordEvent(TABLE, lost, from, { outcome: 'done', at: later });
    expect(await events.outcomeOf(TABLE, lost, from)).toBe('done');
    expect(await row('ev_lost')).not.toHaveProperty('quiet');
  });
});

it('an event says until when it waits for its vendor, for as long as it does', async () => {
  const waits = { ...event, id: 'ev_waits' };
  const row = () => table.row('north#LEAD#lead_Zq3', 'EVENT#ev_waits');
  const waitingUntil = '2026-03-05T13:45:00.000Z';
  await events.recordEvent(TABLE, waits, from, { outcome: 'parked', reason: 'Graph API: 503', waitingUntil, at });
  expect(await row()).toMatchObject({ outcome: 'parked', waiting_until: waitingUntil });
  await events.recordEvent(TABLE, waits, from, { outcome: 'done', at });
  expect(await row()).toMatchObject({ outcome: 'done' });
  expect(await row()).not.toHaveProperty('waiting_until');
});
