import { describe, expect, it } from '@jest/globals';
import * as fc from 'fast-check';
import { takeMessage } from '../../lambdas/capture/take-message.ts';
import type { SourceEvent } from '../../lambdas/core/event.ts';
import { Gone, Later } from '../../lambdas/core/failures.ts';
import { CaptureWorld, page } from '../fixtures/capture-world.ts';
import { crashing } from '../fixtures/crashing.ts';

const LEAD = '1001_77';
const start = Date.parse('2026-03-05T13:00:00.000Z');
const minute = (at: number) => new Date(start + at * 60_000).toISOString();

/** An event of a contact of the page 1001, which stands for a portal here. */
const event = (id: string, at: number, more: Partial<SourceEvent>): SourceEvent => ({
  id,
  type: 'contact.event',
  occurredAt: minute(at),
  leadId: LEAD,
  objectId: '77',
  account: page.id,
  effect: 'update',
  change: { properties: {} },
  ...more,
});
const creation = event('made', 0, { effect: 'new_lead', change: { properties: {}, life: { state: 'created' } } });
const change = (id: string, at: number, properties: Record<string, string>) =>
  event(id, at, { change: { properties } });
const deletion = event('gone', 20, { effect: 'deletion', change: { properties: {}, life: { state: 'deleted' } } });

/** A world in which the vendor's record says that the contact is called Zoë, as of minute 3. */
function worldOf(): CaptureWorld {
  const world = new CaptureWorld(page);
  const compose = world.compose.bind(world);
  world.compose = (effects) => ({
    ...compose(effects),
    understand: ({ body }) => ({
      change: { at: start + 3 * 60_000, by: '', properties: JSON.parse(body) as Record<string, string> },
      isTest: false,
    }),
  });
  world.records.set(LEAD, '{"name":"Zoë","email":"zoe@example.org"}');
  return world;
}
const factsIn = (world: CaptureWorld) => world.leads.get(`north ${LEAD}`)?.facts;

describe('a contact', () => {
  it('that is made is read, joins what events said, starts one wait, and is announced once', async () => {
    const world = worldOf();
    world.deliver([
      change('late', 5, { name: 'Zoë Müller' }),
      creation,
      change('early', 1, { name: 'Z', stage: 'customer' }),
    ]);
    await world.pass(1);
    expect(factsIn(world)).toMatchObject({
      display_name: 'Zoë Müller',
      lead_email: 'zoe@example.org',
      lifecycle_stage: 'customer',
    });
    expect(world.started).toHaveLength(1);
    expect(world.announced).toEqual([`north/${LEAD}/1 subscribed`]);
    expect(['late', 'made', 'early'].map((id) => world.outcomeOf(id))).toEqual(['done', 'done', 'done']);
  });

  it('that only changes is remembered, and starts no wait and no announcement', async () => {
    const world = worldOf();
    world.deliver([change('one', 1, { email: 'zoe@example.org', stage: 'customer' })]);
    await world.pass(1);
    expect([world.started, world.announced, world.asked]).toEqual([[], [], []]);
    expect(world.memory.persons.get('north email:zoe@example.org')).toMatchObject({
      memberships: [{ by: LEAD, membership: 'subscribed' }],
    });
  });

  it('that is deleted before it is known to be made is told, and known to be gone', async () => {
    const world = worldOf();
    world.deliver([deletion], 'source/1.json');
    await world.pass(1);
    world.deliver([creation], 'source/2.json');
    await world.pass(1);
    expect(world.started).toHaveLength(1);
    expect(world.leads.get(`north ${LEAD}`)).toMatchObject({ deletedAt: minute(20) });
  });

  it('that is gone before it could be read is nobody’s fault where its deletion is known, and broken where it is not', async () => {
    const gone = new Gone('HubSpot API: 404');
    const [known, unknown] = [worldOf(), worldOf()];
    known.records.set(LEAD, gone);
    unknown.records.set(LEAD, gone);
    known.deliver([deletion, creation]);
    unknown.deliver([creation]);
    await known.pass(1);
    await unknown.pass(1);
    expect([known.outcomeOf('made'), unknown.outcomeOf('made')]).toEqual(['not_for_us', 'broken']);
  });

  it('that is restored is there again; that went into another one says into which', async () => {
    const world = worldOf();
    const restored = event('back', 30, { effect: 'restore', change: { properties: {}, life: { state: 'restored' } } });
    const merged = event('merged', 40, {
      effect: 'merge',
      change: { properties: {}, life: { state: 'merged', into: '1001_78' } },
    });
    world.deliver([creation, deletion, restored], 'source/1.json');
    await world.pass(1);
    expect(world.leads.get(`north ${LEAD}`)).toMatchObject({ deletedAt: null, mergedInto: null });
    world.deliver([merged], 'source/2.json');
    await world.pass(1);
    expect(world.leads.get(`north ${LEAD}`)).toMatchObject({ deletedAt: null, mergedInto: '1001_78' });
  });

  it('of which the topic can’t be told now is told to people all the same, and to the topic later', async () => {
    const world = worldOf();
    world.topicFailures = [new Later('SNS: InternalError')];
    world.deliver([creation]);
    await world.work(world.now);
    expect([world.started.length, world.announced, world.outcomeOf('made')]).toEqual([1, [], 'parked']);
    await world.pass(2);
    expect([world.started.length, world.announced, world.outcomeOf('made')]).toEqual([
      1,
      [`north/${LEAD}/1 pending`],
      'done',
    ]);
  });
});

describe('creation and ten changes', () => {
  const words = Array.from({ length: 10 }, (_, n) =>
    change(`change_${n}`, n, { [n % 2 ? 'name' : 'email']: n % 2 ? `Name ${n}` : `zoe${n}@example.org` }),
  );
  const expected = { display_name: 'Name 9', lead_email: 'zoe8@example.org' };

  it('in any order, each received three times, in deliveries of any size, are one contact, eleven events and one wait', async () => {
    const thrice = [creation, ...words].flatMap((one) => [one, one, one]);
    await fc.assert(
      fc.asyncProperty(
        fc.shuffledSubarray(thrice, { minLength: thrice.length }),
        fc.array(fc.integer({ min: 1, max: 9 }), { minLength: 33, maxLength: 33 }),
        async (events, sizes) => {
          const world = worldOf();
          for (let from = 0, n = 0; from < events.length; n += 1) {
            const to = from + (sizes[n] ?? 1);
            world.deliver(events.slice(from, to), `source/${n}.json`);
            from = to;
          }
          await world.pass(1);
          expect(factsIn(world)).toMatchObject(expected);
          expect(world.started).toHaveLength(1);
          expect(world.events.size).toBe(11);
          expect([...world.received.values()].map((marks) => marks.size)).toEqual(Array.from({ length: 11 }, () => 3));
          expect(world.announced).toEqual([`north/${LEAD}/1 pending`]);
        },
      ),
      { numRuns: 40 },
    );
  });

  it('written by all of them at once, in whatever order their calls are carried out, are the same contact', async () => {
    await fc.assert(
      fc.asyncProperty(fc.scheduler(), async (scheduler) => {
        const world = worldOf();
        const effects = world.effects();
        const slow = {
          ...effects,
          contactNow: scheduler.scheduleFunction(effects.contactNow),
          saveContact: scheduler.scheduleFunction(effects.saveContact),
          saveLead: scheduler.scheduleFunction(effects.saveLead),
        };
        const ports = world.compose(slow);
        const all = [creation, ...words].map((one, n) => {
          world.deliver([one], `source/${n}.json`);
          return takeMessage(world.queue[n]?.body ?? '', 1, ports);
        });
        await scheduler.waitFor(Promise.all(all));
        expect(factsIn(world)).toMatchObject(expected);
        expect(world.started).toHaveLength(1);
      }),
      { numRuns: 60 },
    );
  });

  it('by fifty writers are fifty versions and nothing less', async () => {
    const world = worldOf();
    const ports = world.compose(world.effects());
    const fifty = Array.from({ length: 50 }, (_, n) => change(`w${n}`, n, { [`p${n}`]: String(n) }));
    fifty.forEach((one, n) => world.deliver([one], `source/${n}.json`));
    await Promise.all(fifty.map((_, n) => takeMessage(world.queue[n]?.body ?? '', 1, ports)));
    const { contact, version } = world.contacts.get(`north ${LEAD}`) ?? { contact: undefined, version: 0 };
    expect([version, Object.keys(contact?.properties ?? {}).length]).toEqual([50, 50]);
  });

  it('a crash at any call of the creation still ends in one contact, one wait and one announcement', async () => {
    const made = () => {
      const world = worldOf();
      world.deliver([creation]);
      return world;
    };
    const first = made();
    const { ports, calls } = crashing(first.effects());
    await takeMessage(first.queue[0]?.body ?? '', 1, first.compose(ports));
    expect(calls()).toBeGreaterThan(12);
    for (let call = 1; call <= calls(); call += 1) {
      for (const carriedOut of [false, true]) {
        const world = made();
        await world.work(world.now, [{ call, carriedOut }]);
        await world.pass(5);
        expect([call, carriedOut, world.outcomeOf('made')]).toEqual([call, carriedOut, 'done']);
        expect(new Set(world.started.map((message) => JSON.stringify(message))).size).toBe(1);
        expect(new Set(world.announced)).toEqual(new Set([`north/${LEAD}/1 pending`]));
        expect(factsIn(world)).toMatchObject({ display_name: 'Zoë' });
      }
    }
  });
});

describe('an erased contact', () => {
  it('that comes again is not taken: what brought it is erased, and it is counted', async () => {
    const world = worldOf();
    world.erased.add(`north meta ${LEAD}`);
    world.deliver([creation, change('one', 1, { name: 'Zoë' })]);
    await world.pass(1);
    expect([world.leads.size, world.contacts.size, world.events.size, world.started.length]).toEqual([0, 0, 0, 0]);
    expect(world.returns).toEqual([LEAD, LEAD]);
    expect(world.erasures[0]).toEqual({
      v: 1,
      erase: { tenant: 'north', source: 'meta', lead_id: LEAD },
      rawKeys: ['source/meta_event_1.json'],
    });
  });

  it('by the vendor’s own word is erased, and nothing of that is recorded', async () => {
    const world = worldOf();
    world.deliver([event('private', 9, { effect: 'erasure', change: { properties: {} } })]);
    await world.pass(1);
    expect(world.erasures).toHaveLength(1);
    expect(world.events.size).toBe(0);
  });
});
