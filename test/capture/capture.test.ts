import { describe, expect, it } from '@jest/globals';
import { capture, type CapturePorts } from '../../lambdas/capture/capture.ts';
import type { Delivery } from '../../lambdas/capture/delivery.ts';
import type { SourceEvent } from '../../lambdas/core/event.ts';
import { Broken, Later } from '../../lambdas/core/failures.ts';
import { close } from '../../lambdas/sources/close/index.ts';
import { CaptureWorld } from '../fixtures/capture-world.ts';
import { Crash, type CrashPoint } from '../fixtures/crashing.ts';
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

/** Works through a delivery with these events, in a process that dies at the point. */
const run = (world: CaptureWorld, events: SourceEvent[] | Error, of = delivery, point?: CrashPoint) =>
  capture(of, undefined, { ...world.ports(point).ports, eventsOf: () => given(events) });

function given(events: SourceEvent[] | Error): SourceEvent[] {
  if (events instanceof Error) throw events;
  return events;
}

describe('a new lead', () => {
  it('is kept, put into its wait, marked so, and then its event is done with', async () => {
    const world = new CaptureWorld();
    expect(await run(world, [creation])).toEqual([
      { outcome: 'done', event: creation, tenant: 'north', started: true },
    ]);
    expect(world.writes).toEqual(['lead', 'message', 'queuedAt', 'event']);
    expect(world.leads.get(key)).toMatchObject({
      tenant: 'north',
      lead_id: 'lead_Zq3',
      source: 'close',
      facts: fullFacts,
      asOf: '2026-03-05T13:30:00.477Z',
      receivedAt: '2026-03-05T13:30:01.000Z',
      dueAt: '2026-03-05T13:40:01.000Z',
      rawKey: 'source/crm_event_lead_Zq3.json',
      isTest: false,
    });
    expect(world.started).toEqual([
      {
        v: 1,
        tenant: 'north',
        lead_id: 'lead_Zq3',
        source: 'close',
        correlation_id: 'request-1',
        notBefore: '2026-03-05T13:40:01.000Z',
      },
    ]);
    expect(world.events.get('north ev_created')).toEqual({ outcome: 'done' });
  });

  it('is put beside the others of its person, gets a category, and has that announced once', async () => {
    const world = new CaptureWorld();
    await run(world, [creation]);
    const seen = { lead_id: 'lead_Zq3', source: 'close', receivedAt: '2026-03-05T13:30:01.000Z', owner: undefined };
    expect(Object.fromEntries(world.memory.persons)).toEqual({
      'north email:zoe@example.org': { leads: [seen], memberships: [] },
      'north phone:+14155550100': { leads: [seen], memberships: [] },
    });
    expect(world.leads.get(key)).toMatchObject({ category: 'pending', categoryVersion: 1, announcements: {} });
    expect([...world.counted]).toEqual([[key, 'pending']]);
    expect(world.announced).toEqual(['north/lead_Zq3/1 pending']);
  });

  it('is put into its wait though the topic can’t take its category now, which is announced later', async () => {
    const world = new CaptureWorld();
    world.topicFailures = [new Later('SNS: throttled')];
    expect(await run(world, [creation])).toMatchObject([
      { outcome: 'waiting', reason: 'Failed to announce its category (SNS: throttled)' },
    ]);
    expect(world.queued).toEqual(['lead_Zq3']);
    expect([...world.counted]).toEqual([[key, 'pending']]);
    expect(world.announced).toEqual([]);
    expect(world.slices).toMatchObject([{ key: delivery.rawKey, from: 0, to: 1 }]);
    world.now += 20_000;
    expect(await run(world, [creation])).toMatchObject([{ outcome: 'done' }]);
    expect(world.announced).toEqual(['north/lead_Zq3/1 pending']);
    expect(world.started).toHaveLength(1);
  });

  it('waits as long as its source’s delay, counted from when it was received', async () => {
    const world = new CaptureWorld();
    const waitOf: CapturePorts['waitOf'] = ({ id }) => ({ delay: id === 'close' ? 10 : 900, forOwner: false });
    await capture(delivery, undefined, { ...world.ports().ports, eventsOf: () => [creation], waitOf });
    expect(world.started[0]?.notBefore).toBe('2026-03-05T13:30:11.000Z');
  });

  it('is a test where its event says so', async () => {
    const world = new CaptureWorld();
    await run(world, [{ ...creation, isTest: true }]);
    expect(world.leads.get(key)?.isTest).toBe(true);
  });

  it('is told though nothing says when it happened: as of when it was received', async () => {
    const world = new CaptureWorld();
    const { occurredAt: _, asOf: __, ...undated } = creation;
    expect(await run(world, [undated])).toMatchObject([{ outcome: 'done', event: undated, started: true }]);
    expect(world.leads.get(key)).toMatchObject({ asOf: delivery.receivedAt, facts: fullFacts });
    expect(world.started).toMatchObject([{ lead_id: 'lead_Zq3', notBefore: '2026-03-05T13:40:01.000Z' }]);
  });

  it('of Close is told though its delivery holds no date at all', async () => {
    const world = new CaptureWorld();
    const event = {
      id: 'ev_created',
      object_type: 'lead',
      action: 'created',
      lead_id: 'lead_Zq3',
      data: { name: 'Zoë' },
    };
    const undated = { ...delivery, body: Buffer.from(JSON.stringify({ event })) };
    const eventsOf: CapturePorts['eventsOf'] = ({ source, body }) => source.events(body, { names: {} });
    expect(await capture(undated, undefined, { ...world.ports().ports, eventsOf })).toMatchObject([
      { outcome: 'done', started: true },
    ]);
    expect(world.leads.get(key)).toMatchObject({ asOf: delivery.receivedAt, facts: { display_name: 'Zoë' } });
    expect(world.started).toMatchObject([{ lead_id: 'lead_Zq3', notBefore: '2026-03-05T13:40:01.000Z' }]);
  });

  it('starts nothing when its event comes again', async () => {
    const world = new CaptureWorld();
    await run(world, [creation]);
    const writes = world.writes.length;
    expect(await run(world, [creation])).toEqual([
      { outcome: 'duplicate', reason: 'already done', event: creation, tenant: 'north', isRepeat: false },
    ]);
    expect(world.writes).toHaveLength(writes);
    expect(world.events.get('north ev_created')).toEqual({ outcome: 'done' });
    expect(world.announced).toHaveLength(1);
  });

  it('counts its event as a repeat once for each delivery that has it, however often that is read', async () => {
    const world = new CaptureWorld();
    await run(world, [creation]);
    const [repeat] = await run(world, [creation], otherDelivery);
    const [again] = await run(world, [creation], otherDelivery);
    expect([repeat, again]).toMatchObject([
      { outcome: 'duplicate', isRepeat: true },
      { outcome: 'duplicate', isRepeat: false },
    ]);
  });

  it('is done by two deliveries at once that have the same event, and starts one wait', async () => {
    const world = new CaptureWorld();
    await run(world, [creation]);
    // The one that was quicker has not recorded it yet.
    world.events.delete('north ev_created');
    expect(await run(world, [creation], otherDelivery)).toMatchObject([{ outcome: 'done' }]);
    expect(world.started).toHaveLength(1);
  });

  it('starts nothing when another event, in another delivery, says that it is new', async () => {
    const world = new CaptureWorld();
    await run(world, [creation]);
    const [again] = await run(world, [{ ...creation, id: 'ev_again' }], otherDelivery);
    expect(again).toMatchObject({ outcome: 'duplicate', reason: 'the lead had its wait already' });
    expect(again).not.toHaveProperty('started');
    expect(world.started).toHaveLength(1);
    expect(world.events.get('north ev_again')?.outcome).toBe('duplicate');
    expect(world.leads.get(key)?.dueAt).toBe('2026-03-05T13:40:01.000Z');
  });
});

describe('another event of a lead', () => {
  it('updates it and starts no wait', async () => {
    const world = new CaptureWorld();
    await run(world, [creation]);
    expect(await run(world, [update])).toEqual([{ outcome: 'done', event: update, tenant: 'north' }]);
    expect(world.leads.get(key)?.facts.display_name).toBe('Zoë Renamed');
    expect(world.started).toHaveLength(1);
  });

  it('that comes before the lead’s creation is not undone by it, and the wait starts then', async () => {
    const world = new CaptureWorld();
    await run(world, [update]);
    expect(world.started).toEqual([]);
    await run(world, [creation]);
    expect(world.leads.get(key)).toMatchObject({
      facts: { display_name: 'Zoë Renamed' },
      dueAt: '2026-03-05T13:40:01.000Z',
    });
    expect(world.started).toHaveLength(1);
  });

  it('notes that the vendor deleted it', async () => {
    const world = new CaptureWorld();
    await run(world, [creation]);
    expect(await run(world, [deletion])).toEqual([{ outcome: 'done', event: deletion, tenant: 'north' }]);
    expect(world.leads.get(key)).toMatchObject({ deletedAt: '2026-03-07T10:00:00.000Z', facts: fullFacts });
  });

  it('is of when it was received where nothing says when it happened', async () => {
    const world = new CaptureWorld();
    const { occurredAt: _, ...undatedDeletion } = deletion;
    const { occurredAt: __, asOf: ___, ...undatedUpdate } = update;
    await run(world, [creation]);
    await run(world, [undatedUpdate, undatedDeletion], otherDelivery);
    expect(world.leads.get(key)).toMatchObject({
      facts: { display_name: 'Zoë Renamed' },
      asOf: otherDelivery.receivedAt,
      deletedAt: otherDelivery.receivedAt,
    });
  });

  it('that is not about it is only recorded, with the reason', async () => {
    const world = new CaptureWorld();
    expect(await run(world, [opportunity])).toEqual([
      {
        outcome: 'not_for_us',
        reason: 'opportunity.updated says nothing of a lead',
        event: opportunity,
        tenant: 'north',
      },
    ]);
    expect(world.writes).toEqual(['event']);
    expect(world.events.get('north ev_oppo')).toEqual({
      outcome: 'not_for_us',
      reason: 'opportunity.updated says nothing of a lead',
    });
  });
});

describe('a lead that was erased', () => {
  it('is turned away when the vendor sends it again, erased again, and nothing of it is kept', async () => {
    const world = new CaptureWorld();
    world.erased.add('north close lead_Zq3');
    expect(await run(world, [creation])).toEqual([
      { outcome: 'erased', reason: 'the person was erased', event: creation, tenant: 'north' },
    ]);
    expect(world.returns).toEqual(['lead_Zq3']);
    expect(world.erasures).toEqual([
      { v: 1, erase: { tenant: 'north', source: 'close', lead_id: 'lead_Zq3' }, rawKeys: [delivery.rawKey] },
    ]);
    expect([world.writes, world.started, world.announced, world.leads.size]).toEqual([[], [], [], 0]);
  });

  it('does not turn away another one of the same delivery', async () => {
    const world = new CaptureWorld();
    world.erased.add('north close lead_Zq3');
    const other = { ...creation, id: 'ev_other', leadId: 'lead_Other' };
    const results = await run(world, [creation, other]);
    expect(results.map(({ outcome }) => outcome)).toEqual(['erased', 'done']);
    expect(world.queued).toEqual(['lead_Other']);
  });

  it('is handed on where an event asks for it, which is recorded nowhere', async () => {
    const world = new CaptureWorld();
    const erasure: SourceEvent = { ...deletion, id: 'ev_erasure', effect: 'erasure' };
    expect(await run(world, [erasure])).toMatchObject([
      { outcome: 'done', reason: 'everything of the lead is erased', tenant: 'north' },
    ]);
    expect(world.erasures).toEqual([
      { v: 1, erase: { tenant: 'north', source: 'close', lead_id: 'lead_Zq3' }, rawKeys: [delivery.rawKey] },
    ]);
    expect(world.writes).toEqual([]);
  });
});

describe('a delivery', () => {
  it('of several events is worked through whole, an event that it names twice once', async () => {
    const world = new CaptureWorld();
    const results = await run(world, [creation, opportunity, creation, update]);
    expect(results.map(({ event, outcome }) => [event.id, outcome])).toEqual([
      ['ev_created', 'done'],
      ['ev_oppo', 'not_for_us'],
      ['ev_updated', 'done'],
      ['ev_created', 'duplicate'],
    ]);
    expect(world.started).toHaveLength(1);
    expect(world.leads.get(key)?.facts.display_name).toBe('Zoë Renamed');
  });

  it('that can never be understood is recorded with the reason, and acknowledged', async () => {
    const world = new CaptureWorld();
    const recorded: unknown[] = [];
    const recordEvent: CapturePorts['recordEvent'] = async (...args) => void recorded.push(args);
    const eventsOf = () => given(new Broken('not a Close event'));
    const unread = { id: 'delivery', type: 'unread' };
    expect(await capture(delivery, undefined, { ...world.ports().ports, eventsOf, recordEvent })).toEqual([
      { outcome: 'broken', reason: 'not a Close event', event: unread, tenant: 'north' },
    ]);
    expect(recorded).toEqual([
      [
        unread,
        { tenant: 'north', source: 'close', rawKey: delivery.rawKey, mark: `${delivery.rawKey}#1` },
        { outcome: 'broken', reason: 'not a Close event', attempts: 1, again: undefined },
      ],
    ]);
    expect(world.writes).toEqual([]);
  });

  it.each<[string, Partial<SourceEvent>, string]>([
    ['a lead id', { leadId: '../../x' }, 'ev_created'],
    ['an empty lead id', { leadId: '' }, 'ev_created'],
    ['an event id', { id: 'a/b' }, 'unusable_1'],
    ['an empty event id', { id: '' }, 'unusable_1'],
  ])('of which %s could leave its place loses only that event', async (_, change, recordedAs) => {
    const world = new CaptureWorld();
    const bad = { ...creation, ...change };
    const first = { ...creation, id: 'ev_1', leadId: 'lead_1' };
    const last = { ...creation, id: 'ev_3', leadId: 'lead_3' };
    const results = await run(world, [first, bad, last]);
    expect(results).toEqual([
      { outcome: 'done', event: first, tenant: 'north', started: true },
      { outcome: 'broken', reason: 'no usable id', event: { id: recordedAs, type: 'lead.created' }, tenant: 'north' },
      { outcome: 'done', event: last, tenant: 'north', started: true },
    ]);
    expect([...world.leads.keys()]).toEqual(['north lead_1', 'north lead_3']);
    expect(world.queued).toEqual(['lead_1', 'lead_3']);
    expect(world.events.get(`north ${recordedAs}`)).toEqual({ outcome: 'broken', reason: 'no usable id' });
  });

  it('fails, to be tried again, on anything else', async () => {
    const world = new CaptureWorld();
    await expect(run(world, new TypeError('a mistake of ours'))).rejects.toThrow('a mistake of ours');
    expect(world.writes).toEqual([]);
  });
});

/** Dies at the point, then runs again to the end over what was written, as a redelivery does, a while later. */
async function crashThenRunAgain(events: SourceEvent[], point: CrashPoint) {
  const world = new CaptureWorld();
  await expect(run(world, events, delivery, point)).rejects.toThrow(Crash);
  world.now += 120_000;
  const results = await run(world, events);
  return { world, results };
}

describe('a crash', () => {
  /** How many calls it takes to work through an event when nothing goes wrong. */
  async function callsOf(event: SourceEvent): Promise<number> {
    const world = new CaptureWorld();
    const { ports, calls } = world.ports();
    await capture(delivery, undefined, { ...ports, eventsOf: () => [event] });
    return calls();
  }
  /**
   * A new lead is 14 calls: look for the event and whether it was erased, save the lead, send the message, mark it; for address and
   * number each remember the lead, then look the person up; give it a category, announce and mark that; count it; record the event.
   */
  const NEW_LEAD = 14;
  /** An update of what is no lead yet, and has neither address nor number: the first three of them, and the last. */
  const UPDATE = 4;
  const pointsOf = (calls: number) =>
    Array.from({ length: calls }, (_, index) => index + 1).flatMap((call) =>
      [false, true].map((carriedOut) => ({ call, carriedOut })),
    );
  const points = pointsOf(NEW_LEAD);

  it('may come at any of these calls', async () => {
    expect([await callsOf(creation), await callsOf(update)]).toEqual([NEW_LEAD, UPDATE]);
  });

  it.each(points)('at call $call (carried out: $carriedOut) still ends in one wait of a new lead', async (point) => {
    const { world } = await crashThenRunAgain([creation], point);
    expect(world.queued).toEqual(['lead_Zq3']);
    expect(world.started.length).toBeGreaterThanOrEqual(1);
    expect(world.started.length).toBeLessThanOrEqual(2);
    expect(new Set(world.started.map((message) => JSON.stringify(message))).size).toBe(1);
    expect(world.events.get('north ev_created')?.outcome).toBe('done');
    expect(world.leads.get(key)).toMatchObject({ dueAt: '2026-03-05T13:40:01.000Z', facts: fullFacts });
  });

  it.each(points)('at call $call (carried out: $carriedOut) still ends in one category, announced', async (point) => {
    const { world } = await crashThenRunAgain([creation], point);
    expect([...world.counted]).toEqual([[key, 'pending']]);
    expect(new Set(world.announced)).toEqual(new Set(['north/lead_Zq3/1 pending']));
    expect(world.leads.get(key)).toMatchObject({ category: 'pending', categoryVersion: 1, announcements: {} });
    expect([...world.memory.persons.values()].map(({ leads }) => leads.map(({ lead_id }) => lead_id))).toEqual([
      ['lead_Zq3'],
      ['lead_Zq3'],
    ]);
  });

  it('announces a category twice, under the same id, only where that was done and not marked', async () => {
    const announced = await Promise.all(
      points.map(async (point) => (await crashThenRunAgain([creation], point)).world.announced.length),
    );
    expect(points.filter((_, index) => announced[index] === 2)).toEqual([
      { call: 11, carriedOut: true },
      { call: 12, carriedOut: false },
    ]);
  });

  it('sends a second message only where the first was sent and not marked', async () => {
    const messages = await Promise.all(
      points.map(async (point) => (await crashThenRunAgain([creation], point)).world.started.length),
    );
    expect(points.filter((_, index) => messages[index] === 2)).toEqual([
      { call: 4, carriedOut: true },
      { call: 5, carriedOut: false },
    ]);
  });

  it.each(pointsOf(UPDATE))(
    'at call $call (carried out: $carriedOut) still ends in the update of a lead',
    async (point) => {
      const { world } = await crashThenRunAgain([update], point);
      expect(world.leads.get(key)?.facts.display_name).toBe('Zoë Renamed');
      expect(world.events.get('north ev_updated')?.outcome).toBe('done');
      expect(world.started).toEqual([]);
    },
  );
});
