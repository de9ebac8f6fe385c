import { describe, expect, it } from '@jest/globals';
import { removeAccount, saveAccount } from '../../lambdas/accounts/accounts.ts';
import { takeMessage } from '../../lambdas/capture/take-message.ts';
import { Refused } from '../../lambdas/core/failures.ts';
import { CaptureWorld, leadgen, leadgens, page, STARTED } from '../fixtures/capture-world.ts';
import { everyOrder } from '../fixtures/turns.ts';

const key = 'source/meta_event_1.json';

describe('a lead of a page that nobody has', () => {
  it('is kept as nobody’s, with the page in the reason, and parked', async () => {
    const world = new CaptureWorld();
    world.deliver([leadgen('9001')]);
    await world.pass(1);
    const reason = 'No user found for page_id: 1001';
    expect(world.events.get('none 9001')).toEqual({ outcome: 'no_route', reason });
    expect([...world.parked.values()]).toEqual([
      {
        tenant: 'none',
        source: 'meta',
        account: '1001',
        eventId: '9001',
        leadId: '9001',
        rawKey: key,
        index: 0,
        reason,
        at: STARTED,
      },
    ]);
    expect(world.asked).toEqual([]);
    expect(world.leads.size).toBe(0);
    expect(world.queue).toEqual([]);
  });

  it('is counted each time that it comes, and kept once', async () => {
    const world = new CaptureWorld();
    world.deliver([leadgen('9001')]);
    world.deliver([leadgen('9001')], key);
    await world.pass(1);
    expect(world.lines.map(({ outcome, NoRoute }) => [outcome, NoRoute])).toEqual([
      ['no_route', 1],
      ['no_route', 1],
    ]);
    expect(world.parked.size).toBe(1);
  });

  it('is taken up when somebody gets the page, and nothing is left of it', async () => {
    const world = new CaptureWorld();
    world.deliver(leadgens(30));
    await world.pass(1);
    expect(world.parked.size).toBe(30);
    expect(await saveAccount(page, 'token-1', world.accountPorts())).toBe(30);
    await world.pass(1);
    expect(world.started.map(({ tenant }) => tenant)).toEqual(Array<string>(30).fill('north'));
    expect(world.parked.size).toBe(0);
    expect([...world.events.keys()].filter((id) => id.startsWith('none'))).toEqual([]);
  });

  it('is told to the tenant that gets the page, and to no other', async () => {
    const world = new CaptureWorld({ ...page, id: '2002', tenant: 'south' });
    world.tokens.set('2002', { value: 'token-1', version: 'v1' });
    world.deliver([leadgen('9001'), leadgen('9002', { account: '2002' })]);
    await world.pass(1);
    await saveAccount(page, 'token-1', world.accountPorts());
    await world.pass(1);
    expect(world.started.map(({ tenant, lead_id }) => [tenant, lead_id])).toEqual([
      ['south', '9002'],
      ['north', '9001'],
    ]);
  });

  it('comes again as nobody’s once its page was removed, and waits for whoever gets it next', async () => {
    const world = new CaptureWorld(page);
    await removeAccount(page, world.accountPorts());
    world.deliver([leadgen('9001')]);
    await world.pass(1);
    expect(world.outcomeOf('9001', 'none')).toBe('no_route');
    await saveAccount({ ...page, tenant: 'south' }, 'token-1', world.accountPorts());
    await world.pass(1);
    expect(world.outcomeOf('9001', 'south')).toBe('done');
    expect(world.leads.has('north 9001')).toBe(false);
  });

  it('without a page at all is broken: there is nobody who could ever get it', async () => {
    const world = new CaptureWorld();
    world.deliver([leadgen('9001', { account: '' })]);
    await world.pass(1);
    expect(world.events.get('none 9001')).toEqual({ outcome: 'broken', reason: 'no usable id' });
    expect(world.parked.size).toBe(0);
  });

  it.each(['../1001', '1001/x', 'a b', '1001?x=1'])(
    'whose page could leave its place is broken, and is no part of any key: %j',
    async (account) => {
      const world = new CaptureWorld();
      world.deliver([leadgen('9001', { account })]);
      await world.pass(1);
      expect(world.outcomeOf('9001', 'none')).toBe('broken');
      expect(world.parked.size).toBe(0);
    },
  );
});

describe('a page that somebody gets while its lead comes in', () => {
  it('has its lead told, whatever happens first', async () => {
    const { ends, orders } = await everyOrder((turns) => {
      const world = new CaptureWorld();
      world.deliver([leadgen('9001')]);
      const { body } = world.queue.pop() ?? { body: '' };
      // What nobody else writes or looks at needs no turn.
      const { accountNow, outcomeOf, recordEvent, park, parkedOf, unpark, forgetNobodys, sendSlice, ...own } =
        world.effects();
      const shared = { accountNow, outcomeOf, recordEvent, park, parkedOf, unpark, forgetNobodys, sendSlice };
      const capturing = takeMessage(body, 1, world.compose({ ...own, ...turns.for(0, shared) }));
      const { accountOf, saveToken, acceptToken, ...ports } = world.accountPorts();
      const adding = saveAccount(page, 'token-1', { accountOf, saveToken, acceptToken, ...turns.for(1, ports) });
      return {
        works: [capturing, adding],
        end: async () => {
          await world.pass(1);
          const { started, events, parked } = world;
          const waits = new Set(started.map((message) => JSON.stringify(message))).size;
          return { waits, events: [...events], parked: [...parked.values()], queue: world.messages };
        },
      };
    });
    const events = [['north 9001', { outcome: 'done', readAt: STARTED }]];
    const told = { waits: 1, events, parked: [], queue: [] };
    expect(ends).toEqual([{ end: told, order: expect.any(String) }]);
    expect(orders).toBeGreaterThan(1000);
  });

  it('has its lead told though the function dies at any call, once the message comes again', async () => {
    const world = new CaptureWorld();
    world.deliver([leadgen('9001')]);
    const { ports, calls } = world.ports();
    await takeMessage(world.queue[0]?.body ?? '', 1, ports);
    // The object, the page, the event and whether it was erased, the event as nobody’s, where it is parked, the page again.
    expect(calls()).toBe(7);
    for (let call = 1; call <= calls(); call += 1) {
      for (const carriedOut of [false, true]) {
        const crashed = new CaptureWorld();
        crashed.deliver([leadgen('9001')]);
        expect(await crashed.work(crashed.now, [{ call, carriedOut }])).toBe(1);
        await saveAccount(page, 'token-1', crashed.accountPorts());
        await crashed.pass(5);
        expect([call, carriedOut, crashed.outcomeOf('9001')]).toEqual([call, carriedOut, 'done']);
        expect(new Set(crashed.started.map((message) => JSON.stringify(message))).size).toBe(1);
        expect(crashed.parked.size).toBe(0);
      }
    }
  });
});

describe('what a person reads of a lead that was put aside', () => {
  it.each<[string, (world: CaptureWorld) => void, string, RegExp[]]>([
    [
      'for want of a user: which page it is',
      ({ accounts }) => accounts.clear(),
      'none',
      [/^No user found for page_id: 1001$/],
    ],
    [
      'since the token expired: what is wrong, where, and the command that mends it',
      ({ valid }) => valid.clear(),
      'north',
      [/^Invalid Meta Page Access Token for page_id: 1001 /, /\. Replace it with npm run pages -- token 1001$/],
    ],
    [
      'since the token may not: what is wrong, where, and both things that may mend it',
      (world) => void world.records.set('9001', new Refused('Graph API: code 200')),
      'north',
      [
        /for page_id: 1001 may not read this lead /,
        /\. Give it the right, or replace it with npm run pages -- token 1001$/,
      ],
    ],
  ])('%s', async (_, happen, tenant, patterns) => {
    const world = new CaptureWorld(page);
    happen(world);
    world.deliver([leadgen('9001')]);
    await world.pass(1);
    const [parked] = world.parked.values();
    for (const pattern of patterns) expect(parked?.reason).toMatch(pattern);
    expect(world.reasonOf('9001', tenant)).toBe(parked?.reason);
    expect(world.lines[0]).toMatchObject({ reason: parked?.reason, lead_id: '9001' });
    // Which token it was stays between us and the secret store.
    expect(JSON.stringify([parked, ...world.lines])).not.toContain('token-1');
  });
});
