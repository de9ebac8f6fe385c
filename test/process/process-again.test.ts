import { describe, expect, it } from '@jest/globals';
import type { Again } from '../../lambdas/core/again.ts';
import { Later, Refused } from '../../lambdas/core/failures.ts';
import { processLead } from '../../lambdas/process/process-lead.ts';
import { enrichedLead, lead } from '../fixtures/lead.ts';
import { dueAt, message, ProcessWorld } from '../fixtures/process-world.ts';

const iso = (time: number) => new Date(time).toISOString();
const quiet: Again = { how: 'quiet', job: 'job-1', tenant: 'north' };
const tell: Again = { ...quiet, how: 'tell' };
const run = (world: ProcessWorld, again: Again) => processLead({ ...message, again }, world.ports().ports);

/** A lead that was told yesterday. */
async function toldWorld(): Promise<ProcessWorld> {
  const world = new ProcessWorld();
  await processLead(message, world.ports().ports);
  world.sent = [];
  world.now += 24 * 3_600_000;
  return world;
}

/** A lead that a quiet replay brought back. */
function broughtBack(by = 'job-1'): ProcessWorld {
  const world = new ProcessWorld();
  world.leads.set('lead_Zq3', { ...lead, silentAt: iso(dueAt), silentBy: by });
  return world;
}

describe('a lead that is run again quietly', () => {
  it('is looked up and kept anew, and nobody is told', async () => {
    const world = await toldWorld();
    world.directories = [{ id: 'lookup', lookUp: async () => ({ lead_owner: 'Ada Lovelace' }) }];
    expect(await run(world, quiet)).toEqual({
      outcome: 'kept_again',
      reason: 'run again without telling anybody',
    });
    expect(world.target.get('lead_Zq3')).toMatchObject({ lead_owner: 'Ada Lovelace', enriched_at: iso(world.now) });
    expect(world.sent).toEqual([]);
    expect(world.untold).toEqual([]);
  });

  it('has its others told quietly too what is new of their person', async () => {
    const world = broughtBack();
    world.leads.set('lead_Zq3', { ...lead, category: 'subscribed', silentAt: iso(dueAt), silentBy: 'job-1' });
    await run(world, quiet);
    expect(world.memory.reconsidered).toEqual([expect.objectContaining({ again: quiet })]);
  });

  it('is left alone in its wait, and then told as ever', async () => {
    const world = new ProcessWorld();
    expect(await run(world, quiet)).toEqual({ outcome: 'repeat', reason: 'the lead is in its wait' });
    expect(world.target.size).toBe(0);
    await processLead(message, world.ports().ports);
    expect(world.told.toSorted()).toEqual(['email', 'slack']);
  });

  it('is listed as one that people may never have been told of, where nothing was ever kept of it', async () => {
    const world = broughtBack();
    await run(world, quiet);
    await run(world, quiet);
    expect(world.untold).toEqual(['lead_Zq3']);
    expect(world.sent).toEqual([]);
  });

  it.each([
    ['it was enriched before', 'job-1', true],
    ['another replay brought it back', 'job-0', false],
  ])('is not listed where %s', async (_, by, isKept) => {
    const world = broughtBack(by);
    if (isKept) world.target.set('lead_Zq3', enrichedLead);
    await run(world, quiet);
    expect(world.untold).toEqual([]);
  });

  it('waits for a directory that can not answer now', async () => {
    const world = await toldWorld();
    world.directories = [{ id: 'lookup', lookUp: () => Promise.reject(new Later('S3: 503')) }];
    expect(await run(world, quiet)).toMatchObject({ outcome: 'waiting', overdue: 0 });
    expect(world.queue).toMatchObject([{ again: quiet, since: iso(world.now) }]);
  });

  it('is nothing any more where its person was erased', async () => {
    const world = new ProcessWorld();
    world.leads.clear();
    world.erased.add('lead_Zq3');
    expect(await run(world, quiet)).toEqual({ outcome: 'erased' });
  });
});

describe('a lead that is told again', () => {
  it('is told on each channel once more for each job, however often its message comes', async () => {
    const world = await toldWorld();
    const toldAt = world.leads.get('lead_Zq3')?.toldAt;
    expect(await run(world, tell)).toEqual({ outcome: 'told_again', refused: [] });
    await run(world, tell);
    expect(world.told.toSorted()).toEqual(['email', 'slack']);
    await run(world, { ...tell, job: 'job-2' });
    expect(world.told.toSorted()).toEqual(['email', 'email', 'slack', 'slack']);
    expect([...world.records.keys()]).toContain('lead_Zq3 slack#job-1');
    expect(world.leads.get('lead_Zq3')?.toldAt).toBe(toldAt);
  });

  it('is told by one of two that work on it at once', async () => {
    const world = await toldWorld();
    await Promise.all([run(world, tell), run(world, tell)]);
    expect(world.told.toSorted()).toEqual(['email', 'slack']);
  });

  it('counts as told from then on where a replay had brought it back', async () => {
    const world = broughtBack();
    await run(world, tell);
    expect(world.told).toHaveLength(2);
    expect(world.leads.get('lead_Zq3')).toHaveProperty('toldAt', iso(dueAt));
  });

  it.each([
    ['is over', 0, 'told'],
    ['is not over', -1000, 'early'],
  ])('is told by its own way alone, and once, while it was never told and its wait %s', async (_, early, outcome) => {
    const world = new ProcessWorld();
    world.now += early;
    const notBefore = iso(world.now);
    const ports = () => world.ports().ports;
    expect(await processLead({ ...message, notBefore, again: tell }, ports())).toMatchObject({ outcome });
    world.now = dueAt;
    for (const next of [...world.queue, message]) await processLead(next, ports());
    expect(world.told.toSorted()).toEqual(['email', 'slack']);
  });

  it('waits for a channel that can not now, which the other one does not', async () => {
    const world = await toldWorld();
    world.answers = { slack: [new Later('503')] };
    expect(await run(world, tell)).toMatchObject({ outcome: 'waiting' });
    expect(world.told).toEqual(['email']);
    const [next] = world.queue;
    world.now = Date.parse(next?.notBefore ?? '');
    expect(await run(world, tell)).toEqual({ outcome: 'told_again', refused: [] });
    expect(world.told).toEqual(['email', 'slack']);
  });

  it('ends on the DLQ where every channel refuses it', async () => {
    const world = await toldWorld();
    world.answers = { slack: [new Refused('410')], email: [new Refused('gone')] };
    expect(await run(world, tell)).toMatchObject({ outcome: 'gave_up' });
    expect(world.dlq).toMatchObject([{ message: { again: tell }, reason: 'every channel refused it' }]);
  });

  it('is told to nobody where nobody wants to hear of such leads', async () => {
    const world = await toldWorld();
    world.alertsFor = [];
    expect(await run(world, tell)).toMatchObject({ outcome: 'kept_again' });
    expect(world.sent).toEqual([]);
  });
});
