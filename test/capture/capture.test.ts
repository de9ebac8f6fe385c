import { describe, expect, it } from '@jest/globals';
import { capture, type CapturePorts, type Delivery } from '../../lambdas/capture/capture.ts';
import type { SourceEvent } from '../../lambdas/core/event.ts';
import { Broken } from '../../lambdas/core/failures.ts';
import type { Source } from '../../lambdas/core/source.ts';
import { close } from '../../lambdas/sources/close/index.ts';
import { capturePorts, CaptureStores } from '../fixtures/capture-stores.ts';
import { Crash, crashing, type CrashPoint } from '../fixtures/crashing.ts';
import { fullFacts, noFacts } from '../fixtures/lead.ts';

const creation: SourceEvent = {
  id: 'ev_created',
  type: 'lead.created',
  occurredAt: '2026-03-05T13:30:00.478Z',
  leadId: 'lead_Zq3',
  effect: 'new_lead',
  facts: fullFacts,
  asOf: '2026-03-05T13:30:00.477Z',
  isTest: false,
};
const update: SourceEvent = {
  ...creation,
  id: 'ev_updated',
  type: 'lead.updated',
  occurredAt: '2026-03-05T14:00:00.000Z',
  effect: 'update',
  facts: { ...noFacts, display_name: 'Zoë Renamed' },
  asOf: '2026-03-05T14:00:00.000Z',
};
const deletion: SourceEvent = {
  id: 'ev_deleted',
  type: 'lead.deleted',
  occurredAt: '2026-03-07T10:00:00.000Z',
  leadId: 'lead_Zq3',
  effect: 'deletion',
};
const opportunity: SourceEvent = {
  id: 'ev_oppo',
  type: 'opportunity.updated',
  occurredAt: '2026-03-05T13:35:00.000Z',
  leadId: 'lead_Zq3',
  effect: 'none',
};

const delivery: Delivery = {
  rawKey: 'source/crm_event_lead_Zq3.json',
  body: Buffer.from('{}'),
  source: close,
  tenant: 'north',
  receivedAt: '2026-03-05T13:30:01.000Z',
  correlationId: 'request-1',
};
const otherDelivery = { ...delivery, rawKey: 'source/backfill.json', receivedAt: '2026-03-05T15:00:00.000Z' };
const key = 'north lead_Zq3';

const portsOf = (stores: CaptureStores, events: SourceEvent[] | Error): CapturePorts => ({
  ...capturePorts(stores),
  delayOf: () => 600,
  eventsOf: () => {
    if (events instanceof Error) throw events;
    return events;
  },
});
const run = (stores: CaptureStores, events: SourceEvent[] | Error, of = delivery) =>
  capture(of, portsOf(stores, events));

describe('a new lead', () => {
  it('is kept, put into its wait, marked so, and then its event is done with', async () => {
    const stores = new CaptureStores();
    expect(await run(stores, [creation])).toEqual([{ outcome: 'done', event: creation, started: true }]);
    expect(stores.writes).toEqual(['lead', 'message', 'queuedAt', 'event']);
    expect(stores.leads.get(key)).toMatchObject({
      tenant: 'north',
      lead_id: 'lead_Zq3',
      source: 'close',
      facts: fullFacts,
      receivedAt: '2026-03-05T13:30:01.000Z',
      dueAt: '2026-03-05T13:40:01.000Z',
      rawKey: 'source/crm_event_lead_Zq3.json',
      isTest: false,
    });
    expect(stores.messages).toEqual([
      {
        v: 1,
        tenant: 'north',
        lead_id: 'lead_Zq3',
        source: 'close',
        correlation_id: 'request-1',
        notBefore: '2026-03-05T13:40:01.000Z',
      },
    ]);
    expect(stores.events.get('north ev_created')).toEqual({ outcome: 'done' });
  });

  it('waits as long as its source’s delay, counted from when it was received', async () => {
    const stores = new CaptureStores();
    await capture(delivery, { ...portsOf(stores, [creation]), delayOf: ({ id }) => (id === 'close' ? 10 : 900) });
    expect(stores.messages[0]?.notBefore).toBe('2026-03-05T13:30:11.000Z');
  });

  it('is a test where its event says so', async () => {
    const stores = new CaptureStores();
    await run(stores, [{ ...creation, isTest: true }]);
    expect(stores.leads.get(key)?.isTest).toBe(true);
  });

  it('is told though nothing says when it happened: as of when it was received', async () => {
    const stores = new CaptureStores();
    const { occurredAt: _, asOf: __, ...undated } = creation;
    expect(await run(stores, [undated])).toEqual([{ outcome: 'done', event: undated, started: true }]);
    expect(stores.leads.get(key)).toMatchObject({ asOf: delivery.receivedAt, facts: fullFacts });
    expect(stores.messages).toMatchObject([{ lead_id: 'lead_Zq3', notBefore: '2026-03-05T13:40:01.000Z' }]);
  });

  it('of Close is told though its delivery holds no date at all', async () => {
    const stores = new CaptureStores();
    const event = {
      id: 'ev_created',
      object_type: 'lead',
      action: 'created',
      lead_id: 'lead_Zq3',
      data: { name: 'Zoë' },
    };
    const undated = { ...delivery, body: Buffer.from(JSON.stringify({ event })) };
    const eventsOf: CapturePorts['eventsOf'] = ({ source, body }) => source.events(body, { names: {} });
    expect(await capture(undated, { ...portsOf(stores, []), eventsOf })).toMatchObject([
      { outcome: 'done', started: true },
    ]);
    expect(stores.leads.get(key)).toMatchObject({ asOf: delivery.receivedAt, facts: { display_name: 'Zoë' } });
    expect(stores.messages).toMatchObject([{ lead_id: 'lead_Zq3', notBefore: '2026-03-05T13:40:01.000Z' }]);
  });

  it('starts nothing when its event comes again', async () => {
    const stores = new CaptureStores();
    await run(stores, [creation]);
    const writes = stores.writes.length;
    expect(await run(stores, [creation])).toEqual([{ outcome: 'duplicate', reason: 'already done', event: creation }]);
    expect(stores.writes).toHaveLength(writes);
    expect(stores.events.get('north ev_created')).toEqual({ outcome: 'done' });
  });

  it('starts nothing when another event, in another delivery, says that it is new', async () => {
    const stores = new CaptureStores();
    await run(stores, [creation]);
    expect(await run(stores, [{ ...creation, id: 'ev_again' }], otherDelivery)).toEqual([
      expect.objectContaining({ outcome: 'duplicate', reason: 'the lead had its wait already', started: false }),
    ]);
    expect(stores.messages).toHaveLength(1);
    expect(stores.events.get('north ev_again')?.outcome).toBe('duplicate');
    expect(stores.leads.get(key)?.dueAt).toBe('2026-03-05T13:40:01.000Z');
  });
});

describe('another event of a lead', () => {
  it('updates it and starts no wait', async () => {
    const stores = new CaptureStores();
    await run(stores, [creation]);
    expect(await run(stores, [update])).toEqual([{ outcome: 'done', event: update, started: false }]);
    expect(stores.leads.get(key)?.facts.display_name).toBe('Zoë Renamed');
    expect(stores.messages).toHaveLength(1);
  });

  it('that comes before the lead’s creation is not undone by it, and the wait starts then', async () => {
    const stores = new CaptureStores();
    await run(stores, [update]);
    expect(stores.messages).toEqual([]);
    await run(stores, [creation]);
    expect(stores.leads.get(key)).toMatchObject({
      facts: { display_name: 'Zoë Renamed' },
      dueAt: '2026-03-05T13:40:01.000Z',
    });
    expect(stores.messages).toHaveLength(1);
  });

  it('notes that the vendor deleted it', async () => {
    const stores = new CaptureStores();
    await run(stores, [creation]);
    expect(await run(stores, [deletion])).toEqual([{ outcome: 'done', event: deletion, started: false }]);
    expect(stores.leads.get(key)).toMatchObject({ deletedAt: '2026-03-07T10:00:00.000Z', facts: fullFacts });
  });

  it('is of when it was received where nothing says when it happened', async () => {
    const stores = new CaptureStores();
    const { occurredAt: _, ...undatedDeletion } = deletion;
    const { occurredAt: __, asOf: ___, ...undatedUpdate } = update;
    await run(stores, [creation]);
    await run(stores, [undatedUpdate, undatedDeletion], otherDelivery);
    expect(stores.leads.get(key)).toMatchObject({
      facts: { display_name: 'Zoë Renamed' },
      asOf: otherDelivery.receivedAt,
      deletedAt: otherDelivery.receivedAt,
    });
  });

  it('that is not about it is only recorded, with the reason', async () => {
    const stores = new CaptureStores();
    expect(await run(stores, [opportunity])).toEqual([
      {
        outcome: 'not_for_us',
        reason: 'opportunity.updated says nothing of a lead',
        event: opportunity,
        started: false,
      },
    ]);
    expect(stores.writes).toEqual(['event']);
    expect(stores.events.get('north ev_oppo')).toEqual({
      outcome: 'not_for_us',
      reason: 'opportunity.updated says nothing of a lead',
    });
  });
});

describe('a delivery', () => {
  it('of several events is worked through in its order, repeats among them', async () => {
    const stores = new CaptureStores();
    const results = await run(stores, [creation, opportunity, creation, update]);
    expect(results.map(({ outcome }) => outcome)).toEqual(['done', 'not_for_us', 'duplicate', 'done']);
    expect(stores.messages).toHaveLength(1);
    expect(stores.leads.get(key)?.facts.display_name).toBe('Zoë Renamed');
  });

  it('that can never be understood is recorded with the reason, and acknowledged', async () => {
    const stores = new CaptureStores();
    const recorded: unknown[] = [];
    const recordEvent: CapturePorts['recordEvent'] = async (...args) => void recorded.push(args);
    const ports = { ...portsOf(stores, new Broken('not a Close event')), recordEvent };
    const unread = { id: 'delivery', type: 'unread' };
    expect(await capture(delivery, ports)).toEqual([{ outcome: 'broken', reason: 'not a Close event', event: unread }]);
    expect(recorded).toEqual([
      [
        unread,
        { tenant: 'north', source: 'close', rawKey: delivery.rawKey },
        { outcome: 'broken', reason: 'not a Close event' },
      ],
    ]);
    expect(stores.writes).toEqual([]);
  });

  it.each<[string, Partial<SourceEvent>, string]>([
    ['a lead id', { leadId: '../../x' }, 'ev_created'],
    ['an empty lead id', { leadId: '' }, 'ev_created'],
    ['an event id', { id: 'a/b' }, 'unusable'],
    ['an empty event id', { id: '' }, 'unusable'],
  ])('of which %s could leave its place loses only that event', async (_, change, recordedAs) => {
    const stores = new CaptureStores();
    const bad = { ...creation, ...change };
    const first = { ...creation, id: 'ev_1', leadId: 'lead_1' };
    const last = { ...creation, id: 'ev_3', leadId: 'lead_3' };
    const batches: Source = { ...close, id: 'batches', events: () => [first, bad, last] };
    const eventsOf: CapturePorts['eventsOf'] = ({ source, body }) => source.events(body, { names: {} });
    const results = await capture({ ...delivery, source: batches }, { ...portsOf(stores, []), eventsOf });
    expect(results).toEqual([
      { outcome: 'done', event: first, started: true },
      { outcome: 'broken', reason: 'no usable id', event: { id: recordedAs, type: 'lead.created' } },
      { outcome: 'done', event: last, started: true },
    ]);
    expect([...stores.leads.keys()]).toEqual(['north lead_1', 'north lead_3']);
    expect(stores.queued).toEqual(['lead_1', 'lead_3']);
    expect(stores.events.get(`north ${recordedAs}`)).toEqual({ outcome: 'broken', reason: 'no usable id' });
  });

  it('fails, to be tried again, on anything else', async () => {
    const stores = new CaptureStores();
    await expect(run(stores, new TypeError('a mistake of ours'))).rejects.toThrow('a mistake of ours');
    expect(stores.writes).toEqual([]);
  });
});

/** Dies at the point, then runs again to the end over what was written, as a redelivery does. */
async function crashThenRunAgain(events: SourceEvent[], point: CrashPoint) {
  const stores = new CaptureStores();
  const { eventsOf, delayOf, ...effects } = portsOf(stores, events);
  const first = crashing(effects, point);
  await expect(capture(delivery, { eventsOf, delayOf, ...first.ports })).rejects.toThrow(Crash);
  const results = await run(stores, events);
  return { stores, results };
}

describe('a crash', () => {
  /** A new lead is five calls: look for the event, save the lead, send the message, mark it, record the event. */
  const points = [1, 2, 3, 4, 5].flatMap((call) => [false, true].map((carriedOut) => ({ call, carriedOut })));

  it.each(points)('at call $call (carried out: $carriedOut) still ends in one wait of a new lead', async (point) => {
    const { stores } = await crashThenRunAgain([creation], point);
    expect(stores.queued).toEqual(['lead_Zq3']);
    expect(stores.messages.length).toBeGreaterThanOrEqual(1);
    expect(stores.messages.length).toBeLessThanOrEqual(2);
    expect(new Set(stores.messages.map((message) => JSON.stringify(message))).size).toBe(1);
    expect(stores.events.get('north ev_created')?.outcome).toBe('done');
    expect(stores.leads.get(key)).toMatchObject({ dueAt: '2026-03-05T13:40:01.000Z', facts: fullFacts });
  });

  it('sends a second message only where the first was sent and not marked', async () => {
    const messages = await Promise.all(
      points.map(async (point) => (await crashThenRunAgain([creation], point)).stores.messages.length),
    );
    expect(points.filter((_, index) => messages[index] === 2)).toEqual([
      { call: 3, carriedOut: true },
      { call: 4, carriedOut: false },
    ]);
  });

  it.each(points.filter(({ call }) => call <= 3))(
    'at call $call (carried out: $carriedOut) still ends in the update of a lead',
    async (point) => {
      const { stores } = await crashThenRunAgain([update], point);
      expect(stores.leads.get(key)?.facts.display_name).toBe('Zoë Renamed');
      expect(stores.events.get('north ev_updated')?.outcome).toBe('done');
      expect(stores.messages).toEqual([]);
    },
  );

  it('repeats only the event that it was in', async () => {
    const { stores } = await crashThenRunAgain([creation, update], { call: 7, carriedOut: false });
    expect(stores.messages).toHaveLength(1);
    expect([...stores.events.values()].map(({ outcome }) => outcome)).toEqual(['done', 'done']);
  });
});
