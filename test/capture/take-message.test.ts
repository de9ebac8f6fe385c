import { describe, expect, it } from '@jest/globals';
import { takeMessage, type TakePorts } from '../../lambdas/capture/take-message.ts';
import type { Reconsider, Slice, Watch } from '../../lambdas/core/capture-message.ts';
import { Broken, Later, Refused } from '../../lambdas/core/failures.ts';
import { noFacts } from '../fixtures/lead.ts';
import { CaptureWorld, gone, leadgen, leadgens, page, RECEIVED, STARTED } from '../fixtures/capture-world.ts';

const key = 'source/meta_event_1.json';
const start = Date.parse(STARTED);
const after = (seconds: number) => new Date(start + seconds * 1000).toISOString();
const slice = (change: Partial<Slice> = {}): Slice => ({ v: 1, key, from: 0, to: 1, ...change });
const look = (change: Partial<Watch> = {}): Watch => ({
  v: 1,
  watch: { source: 'meta', account: '1001' },
  tick: 0,
  until: start + 600_000,
  notBefore: STARTED,
  ...change,
});
const reconsider = (change: Partial<Reconsider> = {}): Reconsider => ({
  v: 1,
  reconsider: { tenant: 'north', lead_id: '9001' },
  by: 'ev_7 9001',
  ...change,
});
const take = (world: CaptureWorld, message: unknown, change: Partial<TakePorts> = {}) =>
  takeMessage(JSON.stringify(message), 1, { ...world.ports().ports, ...change });

/** The metrics of a line, which are what is counted. */
const counted = (line: Record<string, unknown> = {}) =>
  Object.fromEntries(Object.entries(line).filter(([name]) => /^[A-Z]/.test(name)));

describe('a message whose time has not come', () => {
  it.each<[string, Slice | Watch | Reconsider]>([
    ['a lead that waits', slice({ notBefore: after(1), since: STARTED })],
    ['a look', look({ notBefore: after(60) })],
    ['a lead that is considered anew', reconsider({ notBefore: after(60) })],
    ['one for the day after', slice({ notBefore: after(86_400), since: STARTED })],
  ])('goes back to the queue as it was, with its time: %s', async (_, message) => {
    const world = new CaptureWorld({ ...page, watchUntil: start + 600_000 });
    world.deliver([leadgen('9001')]);
    world.queue = [];
    await take(world, message);
    expect(world.messages).toEqual([message]);
    expect(world.queue[0]?.visibleAt).toBe(Math.min(start + 900_000, Date.parse(message.notBefore ?? '')));
    expect(world.asked).toEqual([]);
    expect(world.lines).toEqual([]);
  });

  it('is worked on at that very moment', async () => {
    const world = new CaptureWorld(page);
    world.deliver([leadgen('9001')]);
    await take(world, slice({ notBefore: STARTED }));
    expect(world.outcomeOf('9001')).toBe('done');
  });

  it('comes round as often as it takes when that is longer than a queue can hold it', async () => {
    const world = new CaptureWorld(page);
    world.deliver([leadgen('9001')]);
    world.queue = [
      { body: JSON.stringify(slice({ notBefore: after(7200), since: STARTED })), visibleAt: start, receives: 0 },
    ];
    await world.pass(119);
    expect(world.asked).toEqual([]);
    await world.pass(1);
    expect(world.outcomeOf('9001')).toBe('done');
    expect(world.lines).toHaveLength(1);
  });
});

describe('a message of S3', () => {
  it('that names two deliveries has both worked through', async () => {
    const world = new CaptureWorld(page);
    world.deliver([leadgen('9001')], 'source/a.json');
    world.deliver([leadgen('9002')], 'source/b.json');
    const Records = ['source/a.json', 'source/b.json'].map((name) => ({ s3: { object: { key: name } } }));
    await take(world, { Records });
    expect(world.started.map(({ lead_id }) => lead_id)).toEqual(['9001', '9002']);
  });

  it('about a delivery that is not there fails', async () => {
    const Records = [{ s3: { object: { key: 'source/nothing.json' } } }];
    const world = new CaptureWorld(page);
    await expect(take(world, { Records })).rejects.toThrow('the delivery is not in source/');
    expect(world.lines).toEqual([]);
  });

  it('about a delivery that was erased is done with, and says so', async () => {
    const world = new CaptureWorld(page);
    world.erased.add(key);
    await take(world, { Records: [{ s3: { object: { key } } }] });
    expect(world.lines).toMatchObject([{ outcome: 'erased', reason: 'the delivery was erased' }]);
    expect(counted(world.lines[0])).toEqual({ Captured: 1 });
    expect(world.writes).toEqual([]);
  });

  it.each<[string, Record<string, string>, string]>([
    ['nothing at all', {}, 'none'],
    ['no source', { tenant: 'north', receivedAt: STARTED }, 'north'],
    ['a source that nobody knows', { source: 'salesforce', tenant: 'north', receivedAt: STARTED }, 'north'],
    ['no time', { source: 'meta' }, 'none'],
    ['no tenant, though its source has no pages to tell it', { source: 'close', receivedAt: STARTED }, 'none'],
  ])('about an object that says of itself %s records it as broken, and is done with it', async (_, from, tenant) => {
    const world = new CaptureWorld(page);
    const readRaw = async () => ({ body: Buffer.from('{}'), from });
    await take(world, { Records: [{ s3: { object: { key } } }] }, { readRaw });
    expect(world.events.get(`${tenant} delivery`)).toEqual({
      outcome: 'broken',
      reason: 'the object does not say which source and tenant it came from',
    });
    expect(world.lines).toMatchObject([{ outcome: 'broken', tenant, event_id: 'delivery', Broken: 1 }]);
  });
});

describe('the line about a lead', () => {
  it('holds ids, what became of it, how often it was tried and how long it took', async () => {
    const world = new CaptureWorld(page);
    world.deliver([leadgen('9001')]);
    const { ports } = world.ports();
    const saveDetails: TakePorts['saveDetails'] = async () => void (world.now += 250);
    await takeMessage(world.queue[0]?.body ?? '', 3, { ...ports, saveDetails });
    expect(world.lines).toEqual([
      {
        outcome: 'done',
        reason: undefined,
        source: 'meta',
        tenant: 'north',
        lead_id: '9001',
        event_id: '9001',
        correlation_id: 'request-1',
        attempt: 3,
        ms: 250,
        Captured: 1,
        Due: 1,
      },
    ]);
  });

  it('is written for each lead of a delivery, also for those that failed', async () => {
    const world = new CaptureWorld(page);
    world.records.set('9002', new TypeError('Zoë Müller is no number'));
    world.deliver(leadgens(3));
    await world.work(world.now, []);
    const lines = world.lines.map(({ event_id, outcome, reason }) => [event_id, outcome, reason]);
    expect(lines.slice(0, 3)).toEqual([
      ['9001', 'done', undefined],
      ['9002', 'failed', 'TypeError'],
      ['9003', 'done', undefined],
    ]);
    expect(JSON.stringify(world.lines)).not.toContain('Zoë');
  });

  it.each<[string, (world: CaptureWorld) => void, Record<string, number>]>([
    ['is captured, and due', () => {}, { Captured: 1, Due: 1 }],
    [
      'was there before',
      (world) => void world.events.set('north 9001', { outcome: 'done' }),
      { Captured: 1, Duplicate: 1 },
    ],
    ['was erased', ({ erased }) => void erased.add('north meta 9001'), { Captured: 1 }],
    [
      'is broken',
      (world) => void world.records.set('9001', new Broken('the record is not JSON')),
      { Captured: 1, Broken: 1 },
    ],
    ['is not at its vendor any more', (world) => void world.records.set('9001', gone()), { Captured: 1, Broken: 1 }],
    ['is nobody’s', ({ accounts }) => accounts.clear(), { Captured: 1, NoRoute: 1 }],
    ['is parked for its token', ({ valid }) => valid.clear(), { Captured: 1, Parked: 1, TokenRefused: 1 }],
    [
      'is parked for its rights',
      (world) => void world.records.set('9001', new Refused('Graph API: code 200')),
      { Captured: 1, Parked: 1, TokenRefused: 1 },
    ],
    [
      'waits for its vendor',
      (world) => void world.records.set('9001', new Later('Graph API: 503')),
      { Captured: 1, DetailsLateSeconds: 0 },
    ],
  ])('counts one that %s', async (_, happen, metrics) => {
    const world = new CaptureWorld(page);
    happen(world);
    world.deliver([leadgen('9001')]);
    await world.work(world.now);
    expect(world.lines).toHaveLength(1);
    expect(counted(world.lines[0])).toEqual(metrics);
  });

  it('counts no repeat where the queue, and not the vendor, brings a delivery twice', async () => {
    const world = new CaptureWorld(page);
    world.deliver([leadgen('9001')]);
    world.deliver([leadgen('9001')]);
    await world.work(world.now);
    expect(world.lines.map(({ outcome }) => outcome)).toEqual(['done', 'duplicate']);
    expect(counted(world.lines[1])).toEqual({ Captured: 1 });
  });

  it('says for how long a lead waits for its vendor already', async () => {
    const world = new CaptureWorld(page);
    world.records.set('9001', new Later('Graph API: 503'));
    world.deliver([leadgen('9001')]);
    await world.pass(3);
    expect(world.lines.map(({ DetailsLateSeconds }) => DetailsLateSeconds)).toEqual([0, 10, 20, 40, 80, 160]);
  });

  it('counts what is not about a lead as that', async () => {
    const world = new CaptureWorld(page);
    world.deliver([{ id: 'change_0', type: 'page.feed', effect: 'none' }]);
    await world.work(world.now);
    expect(world.lines[0]).toMatchObject({ outcome: 'not_for_us', reason: 'page.feed says nothing of a lead' });
    expect(counted(world.lines[0])).toEqual({ Captured: 1, NotForUs: 1 });
  });

  it('counts a failed lead as nothing: it comes again', async () => {
    const world = new CaptureWorld(page);
    world.records.set('9001', new TypeError('a mistake of ours'));
    world.deliver(leadgens(2));
    await world.work(world.now);
    expect(counted(world.lines.find(({ outcome }) => outcome === 'failed'))).toEqual({});
  });

  it('of a delivery that was cut counts nothing: its slices do', async () => {
    const world = new CaptureWorld(page);
    world.deliver(leadgens(26));
    const { body = '' } = world.queue.pop() ?? {};
    await takeMessage(body, 1, world.ports().ports);
    expect(world.lines).toHaveLength(1);
    expect(world.lines[0]).toMatchObject({ outcome: 'cut', reason: '2 slices' });
    expect(counted(world.lines[0])).toEqual({});
  });

  it.each<[string, (world: CaptureWorld) => ReturnType<typeof leadgen>]>([
    ['ours', () => leadgen('9001', { isTest: true, record: '{"name":"Zoë Test"}' })],
    [
      'the vendor’s own tool',
      (world) => {
        world.records.set('9001', '{"name":"TEST"}');
        return leadgen('9001');
      },
    ],
  ])('counts a test of %s as due nowhere', async (_, make) => {
    const world = new CaptureWorld(page);
    world.deliver([make(world)]);
    await world.work(world.now);
    expect(world.leads.get('north 9001')?.isTest).toBe(true);
    expect(counted(world.lines[0])).toEqual({ Captured: 1 });
  });
});

describe('a lead whose person says something new', () => {
  /** A lead that waits, and another one of its person that is a member. */
  async function worldOfMember() {
    const world = new CaptureWorld(page);
    world.deliver([leadgen('9001', { facts: { ...noFacts, lead_email: 'zoe@example.org' } })]);
    await world.work(world.now);
    const { rememberMembership } = world.memory.effects();
    await rememberMembership('north', 'email:zoe@example.org', { by: 'list', membership: 'subscribed' });
    world.lines = [];
    return world;
  }

  it('gets its new category, which is announced once', async () => {
    const world = await worldOfMember();
    await take(world, reconsider());
    expect(world.leads.get('north 9001')).toMatchObject({ category: 'subscribed', categoryVersion: 2 });
    expect(world.announced).toEqual(['north/9001/1 pending', 'north/9001/2 subscribed']);
    expect(world.lines).toEqual([{ outcome: 'reconsidered', source: 'meta', tenant: 'north', lead_id: '9001' }]);
    await take(world, reconsider());
    expect(world.announced).toHaveLength(2);
  });

  it('is considered later where the topic can’t take it now, and announced then', async () => {
    const world = await worldOfMember();
    world.topicFailures = [new Later('SNS: throttled', 30)];
    await take(world, reconsider());
    expect(world.counted.get('north 9001')).toBe('subscribed');
    expect(world.messages).toEqual([reconsider({ since: STARTED, notBefore: after(30) })]);
    expect(world.lines).toEqual([]);
    await world.pass(1);
    expect(world.announced).toEqual(['north/9001/1 pending', 'north/9001/2 subscribed']);
  });

  it('that could not be announced for 24 hours fails its message, which ends on the DLQ', async () => {
    const world = await worldOfMember();
    world.topicFailures = [new Later('SNS: throttled')];
    await expect(take(world, reconsider({ since: after(-24 * 3600) }))).rejects.toThrow('SNS: throttled');
  });

  it('that is not there any more is nobody’s concern', async () => {
    const world = new CaptureWorld(page);
    await take(world, reconsider());
    expect([world.lines, world.announced, world.queue]).toEqual([[], [], []]);
  });

  it('fails its message on anything else, which comes back', async () => {
    const world = await worldOfMember();
    world.topicFailures = [new Error('NotFoundException')];
    await expect(take(world, reconsider())).rejects.toThrow('NotFoundException');
  });
});

describe('what `ingest` counted of a delivery', () => {
  const read = async (message: unknown, origin: 'webhook' | 'backfill' | undefined) => {
    const world = new CaptureWorld(page);
    world.deliver([leadgen('9001')], 'source/a.json');
    const { ports } = world.ports();
    const readRaw = async (name: string) => {
      const found = await ports.readRaw(name);
      return found && { ...found, from: { ...found.from, ...(origin !== undefined && { origin }) } };
    };
    await takeMessage(JSON.stringify(message), 1, { ...ports, readRaw });
    return world.readFrom;
  };
  const announced = { Records: [{ s3: { object: { key: 'source/a.json' } } }] };

  it('is taken back when it is read as S3 announced it', async () => {
    expect(await read(announced, 'webhook')).toEqual([RECEIVED]);
  });

  it.each<[string, object, 'webhook' | 'backfill' | undefined]>([
    ['of a delivery that did not come in by a webhook', announced, 'backfill'],
    ['of one that was put by another hand', announced, undefined],
    ['of a part of one, or of one that comes again', { v: 1, key: 'source/a.json', from: 0, to: 1 }, 'webhook'],
  ])('is not, %s', async (_, message, origin) => {
    expect(await read(message, origin)).toEqual([]);
  });
});
