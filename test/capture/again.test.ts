import { describe, expect, it } from '@jest/globals';
import { capture } from '../../lambdas/capture/capture.ts';
import { takeMessage } from '../../lambdas/capture/take-message.ts';
import type { Again } from '../../lambdas/core/again.ts';
import { WHOLE } from '../../lambdas/core/again.ts';
import { CaptureWorld, gone, leadgen, leadgens, page } from '../fixtures/capture-world.ts';

const key = 'source/meta_event_1.json';
const quiet: Again = { how: 'quiet', job: 'job-1', tenant: 'north' };
const tell: Again = { ...quiet, how: 'tell' };
const slice = (again: Again) => ({ v: 1 as const, key, ...WHOLE, again, bulk: true });
const replay = (world: CaptureWorld, again: Again) => takeMessage(JSON.stringify(slice(again)), 1, world.ports().ports);
const lead = (world: CaptureWorld, id = '9001') => world.leads.get(`north ${id}`);

/** A lead that came in, was told, and whose messages are all done with. */
async function toldWorld(): Promise<CaptureWorld> {
  const world = new CaptureWorld(page);
  world.deliver([leadgen('9001')]);
  await world.pass(1);
  const known = lead(world);
  if (known) world.leads.set('north 9001', { ...known, toldAt: world.at });
  world.started = [];
  world.announced = [];
  world.lines = [];
  return world;
}

/** The same when the table was lost, with its pages given again. */
async function lostWorld(): Promise<CaptureWorld> {
  const world = await toldWorld();
  for (const rows of [world.leads, world.events, world.contacts, world.received, world.memory.persons]) rows.clear();
  return world;
}

describe('a delivery that is run again quietly', () => {
  it('brings a lost lead back as it was, silent, without a category that anybody hears of', async () => {
    const before = lead(await toldWorld());
    const world = await lostWorld();
    await replay(world, quiet);
    expect(lead(world)).toMatchObject({
      facts: before?.facts,
      receivedAt: before?.receivedAt,
      dueAt: before?.dueAt,
      rawKey: key,
      category: 'pending',
      silentAt: world.at,
      silentBy: 'job-1',
    });
    expect(world.started).toEqual([expect.objectContaining({ lead_id: '9001', notBefore: world.at, again: quiet })]);
    expect(world.announced).toEqual([]);
    expect(world.queued).toEqual(['9001']);
    expect(world.jobs.get('job-1')).toEqual({ done: 1 });
    expect(world.outcomeOf('9001')).toBe('done');
  });

  it('asks no vendor for what it answered before', async () => {
    const world = await lostWorld();
    world.asked = [];
    world.records.set('9001', gone());
    await replay(world, quiet);
    expect(lead(world)?.facts.display_name).toBe('Lead 9001');
    expect(world.asked).toEqual([]);
  });

  it('leaves a lead that was told as it is, and has it kept anew', async () => {
    const world = await toldWorld();
    await replay(world, quiet);
    expect(lead(world)).not.toHaveProperty('silentAt');
    expect(world.started).toEqual([expect.objectContaining({ again: quiet })]);
    expect(world.jobs.get('job-1')).toEqual({ done: 1 });
  });

  it('ends in the same however often it comes', async () => {
    const world = await lostWorld();
    await replay(world, quiet);
    const once = structuredClone(lead(world));
    await replay(world, quiet);
    expect(lead(world)).toEqual(once);
    expect(world.announced).toEqual([]);
  });

  it('rings nothing and counts nowhere', async () => {
    const world = await lostWorld();
    await replay(world, quiet);
    const metrics = ['Captured', 'Due', 'Duplicate', 'Broken', 'Parked', 'NoRoute'];
    for (const line of world.lines) for (const metric of metrics) expect(line).not.toHaveProperty(metric);
  });

  it('does not touch a lead in its wait', async () => {
    const world = new CaptureWorld(page);
    world.deliver([leadgen('9001')]);
    await world.pass(1);
    const before = structuredClone(lead(world));
    await replay(world, quiet);
    expect(lead(world)).toEqual(before);
    expect(world.started).toHaveLength(1);
  });

  it('takes no lead from people whose own message comes later: it is told once', async () => {
    const world = new CaptureWorld(page);
    world.deliver([leadgen('9001')]);
    await replay(world, quiet);
    expect(lead(world)).toHaveProperty('silentBy', 'job-1');
    await world.pass(1);
    expect(lead(world)).not.toHaveProperty('silentAt');
    expect(lead(world)).toHaveProperty('queuedAt');
    expect(world.started.filter(({ again }) => !again)).toHaveLength(1);
    expect(world.outcomeOf('9001')).toBe('done');
  });

  it('keeps a lead silent that comes once more in another delivery', async () => {
    const world = await lostWorld();
    await replay(world, quiet);
    world.deliver([leadgen('9001')], 'source/meta_event_2.json');
    await world.pass(1);
    expect(world.started.filter(({ again }) => !again)).toEqual([]);
    expect(lead(world)).toHaveProperty('silentBy', 'job-1');
  });

  it('leaves to itself what waits for a token', async () => {
    const world = new CaptureWorld(page);
    world.valid = new Set();
    world.deliver([leadgen('9001')]);
    await world.pass(1);
    const parked = structuredClone(world.parked);
    await replay(world, quiet);
    expect(world.parked).toEqual(parked);
    expect(world.jobs.get('job-1')).toEqual({ left: 1 });
  });

  it('stays quiet for what it parks itself', async () => {
    const world = await lostWorld();
    world.details.clear();
    world.valid = new Set();
    await replay(world, quiet);
    expect([...world.parked.values()]).toMatchObject([{ again: quiet }]);
    world.replaceToken('token-2', 'v2');
    await world.pass(5);
    expect(lead(world)).toHaveProperty('silentBy', 'job-1');
    expect(world.started.filter(({ again }) => !again)).toEqual([]);
  });

  it('says nothing of what belongs to another tenant', async () => {
    const world = await lostWorld();
    await replay(world, { ...quiet, tenant: 'south' });
    expect(world.leads.size + world.events.size).toBe(0);
    expect(world.jobs.get('job-1')).toEqual({ left: 1 });
  });

  it('takes what could not be understood before, and is now', async () => {
    const world = new CaptureWorld(page);
    world.records.set('9001', 'not JSON');
    world.records.set('9001', '{}');
    world.deliver([leadgen('9001')]);
    await world.pass(1);
    expect(world.outcomeOf('9001')).toBe('broken');
    world.records.delete('9001');
    await replay(world, quiet);
    expect(world.outcomeOf('9001')).toBe('done');
  });

  it('is cut where it is large, and each slice is run again the same way', async () => {
    const world = new CaptureWorld(page);
    const delivery = world.deliver(leadgens(60));
    world.queue = [];
    await capture(delivery, slice(quiet), world.ports().ports);
    expect(world.slices.map(({ from, to, again }) => [from, to, again])).toEqual([
      [0, 25, quiet],
      [25, 50, quiet],
      [50, 60, quiet],
    ]);
  });

  it('is nothing any more where the person was erased', async () => {
    const world = await lostWorld();
    world.erased.add('north meta 9001');
    await replay(world, quiet);
    expect(world.erasures).toEqual([]);
    expect(world.jobs.get('job-1')).toEqual({ erased: 1 });
  });
});

describe('a delivery that is run again with telling', () => {
  it('has a lead that was told told once more', async () => {
    const world = await toldWorld();
    await replay(world, tell);
    expect(world.started).toEqual([expect.objectContaining({ lead_id: '9001', again: tell })]);
    expect(world.queued).toEqual(['9001']);
    expect(world.announced).toEqual([]);
  });

  it('helps a lead that was never told on its own way', async () => {
    const world = new CaptureWorld(page);
    world.deliver([leadgen('9001')]);
    await world.pass(1);
    world.started = [];
    await replay(world, tell);
    expect(world.started).toHaveLength(1);
    expect(world.started[0]).not.toHaveProperty('again');
    expect(world.started[0]).toMatchObject({ notBefore: lead(world)?.dueAt });
  });

  it('starts the wait of a lead that the table does not know', async () => {
    const world = await lostWorld();
    await replay(world, tell);
    expect(lead(world)).not.toHaveProperty('silentAt');
    expect(world.started).toHaveLength(1);
    expect(world.started[0]).not.toHaveProperty('again');
  });

  it('asks the vendor for what is new', async () => {
    const world = await toldWorld();
    world.records.set('9001', JSON.stringify({ name: 'Zoë Renamed' }));
    await replay(world, tell);
    expect(lead(world)?.facts.display_name).toBe('Zoë Renamed');
  });
});
