import { describe, expect, it } from '@jest/globals';
import { ReplayOrder } from '../../lambdas/core/replay.ts';
import { replay } from '../../lambdas/replay/replay.ts';
import { lead } from '../fixtures/lead.ts';
import { created, ReplayWorld } from '../fixtures/replay-world.ts';

const window = { from: '2026-03-05T12:10:00.000Z', to: '2026-03-05T12:20:00.000Z' };
const run = (world: ReplayWorld, message = world.order(window)) => replay(message, world.ports());

describe('a window that is run again', () => {
  it('goes to capture delivery by delivery, whole, for the job and its tenant alone', async () => {
    const world = new ReplayWorld();
    const keys = world.store(30);
    expect(await run(world)).toEqual({ outcome: 'sent', reason: '10 deliveries' });
    const again = { how: 'quiet', job: 'job-1', tenant: 'north' };
    expect(world.sent).toEqual(
      keys.slice(10, 20).map((key) => ({ v: 1, key, from: 0, to: 100_000, bulk: true, again })),
    );
    expect(world.job).toMatchObject({ state: 'running', counts: { deliveries: 10 } });
    expect(world.again).toMatchObject([{ sent: { at: '2026-03-06T12:00:00.000Z', calm: 0 } }]);
  });

  it('is read page by page, and goes on in another message when time runs out', async () => {
    const world = new ReplayWorld();
    const keys = world.store(1000);
    const message = world.order({ from: '2026-03-01T00:00:00.000Z', to: '2026-04-01T00:00:00.000Z' });
    world.timeLeft = [100_000, 5000];
    expect(await run(world, message)).toEqual({ outcome: 'cut', reason: '400 deliveries so far' });
    expect(world.looks).toEqual(['', keys[199]]);
    const [next] = world.again;
    expect(next).toMatchObject({ after: keys[399], counts: { deliveries: 400 } });
    expect(await run(world, next)).toEqual({ outcome: 'sent', reason: '1000 deliveries' });
    expect(world.sent.map(({ key }) => key)).toEqual(keys);
    expect(world.job?.counts['deliveries']).toBe(1000);
  });

  it('is of one source where that is said', async () => {
    const world = new ReplayWorld();
    world.store(30);
    const keys = world.store(12, 'meta');
    await run(world, world.order({ ...window, source: 'meta' }));
    expect(world.sent.map(({ key }) => key)).toEqual(keys.slice(10));
    world.sent = [];
    await run(world, world.order({ ...window, source: 'close', how: 'tell' }));
    expect(world.sent).toHaveLength(10);
    expect(world.sent[0]?.again).toMatchObject({ how: 'tell' });
  });

  it('that was done is not done again, and one that nobody asked for never', async () => {
    const world = new ReplayWorld();
    world.store(30);
    const message = world.order(window);
    if (world.job) world.job.state = 'done';
    expect(await run(world, message)).toEqual({ outcome: 'repeat' });
    world.job = undefined;
    expect(await run(world, message)).toEqual({ outcome: 'repeat' });
    expect(world.sent).toEqual([]);
  });

  it('that stops says so, and goes on when its message comes again', async () => {
    const world = new ReplayWorld();
    world.store(30);
    const message = world.order(window);
    const broken = { ...world.ports(), sendToCapture: () => Promise.reject(new Error('SQS is down')) };
    await expect(replay(message, broken)).rejects.toThrow('SQS is down');
    expect(world.job).toMatchObject({ state: 'failed', said: 'It stopped (SQS is down), and is tried again.' });
    expect(await run(world, message)).toMatchObject({ outcome: 'sent' });
    expect(world.sent).toHaveLength(10);
  });
});

describe('deliveries that are named', () => {
  it('are run again each once, and those that are not stored are counted', async () => {
    const world = new ReplayWorld();
    const [a = '', b = ''] = world.store(2);
    await run(world, world.order({ keys: [b, a, b, 'source/crm_event_gone.json'] }));
    expect(world.sent.map(({ key }) => key)).toEqual([a, b]);
    expect(world.job?.counts).toEqual({ deliveries: 2, missing: 1 });
  });

  it.each([
    ['source/../secret.json'],
    ['target/crm_lead_1.json'],
    ['source/crm_event_a/b.json'],
    ['source/crm_event_a.json?x'],
  ])('%s is the name of none', (key) => {
    expect(ReplayOrder.safeParse({ how: 'quiet', isDryRun: true, keys: [key] }).success).toBe(false);
  });

  it('or a window must be given, that ends behind its beginning', () => {
    const ok = (order: object) => ReplayOrder.safeParse({ how: 'quiet', isDryRun: true, ...order }).success;
    expect([ok(window), ok({}), ok({ from: window.from }), ok({ from: window.to, to: window.from })]).toEqual([
      true,
      false,
      false,
      false,
    ]);
  });
});

describe('a dry run', () => {
  it('counts by source and by what would happen, lists what would change, and changes nothing', async () => {
    const world = new ReplayWorld();
    world.store(12);
    world.outcomes.set('ev_lead_10', 'done');
    world.leads.set('lead_10', { ...lead, facts: { ...lead.facts }, asOf: '2026-03-05T11:00:00.000Z' });
    expect(await run(world, world.order({ ...window, isDryRun: true, how: 'tell' }))).toMatchObject({
      outcome: 'done',
    });
    expect(world.sent).toEqual([]);
    expect(world.job).toMatchObject({
      state: 'done',
      endedAt: '2026-03-06T12:00:00.000Z',
      counts: { deliveries: 2, 'close.changed': 1, 'close.new': 1, to_tell: 2 },
    });
    expect(world.job?.listed).toEqual([
      {
        key: 'source/crm_event_0010.json',
        source: 'close',
        event: 'lead.created',
        lead_id: 'lead_10',
        what: 'changed',
        isToBeTold: true,
      },
      expect.objectContaining({ lead_id: 'lead_11', what: 'new' }),
    ]);
  });

  it('lists no more than people read, and keeps what it counted over a cut', async () => {
    const world = new ReplayWorld();
    world.store(450);
    world.timeLeft = [5000];
    const order = { from: '2026-03-01T00:00:00.000Z', to: '2026-04-01T00:00:00.000Z', isDryRun: true };
    await run(world, world.order(order));
    await run(world, world.again[0]);
    expect(world.job?.counts).toEqual({ deliveries: 450, 'close.new': 450 });
    expect(world.job?.listed).toHaveLength(200);
  });

  it('says what can not be understood, and leaves out what is another tenant’s', async () => {
    const world = new ReplayWorld();
    const [a = '', b = ''] = world.store(2);
    world.deliveries.set(a, { source: 'nobody', storedAt: '', tenant: 'north', events: [] });
    world.deliveries.set(b, { source: 'close', storedAt: '', tenant: 'south', events: [created('x')] });
    await run(world, world.order({ keys: [a, b], isDryRun: true }));
    expect(world.job?.counts).toEqual({ deliveries: 2, 'unknown.broken': 1 });
  });
});
