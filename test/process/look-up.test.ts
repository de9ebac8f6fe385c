import { describe, expect, it } from '@jest/globals';
import { Later, Refused } from '../../lambdas/core/failures.ts';
import type { OwnerAnswer } from '../../lambdas/core/owner.ts';
import { enrichedOf } from '../../lambdas/process/look-up.ts';
import { lead } from '../fixtures/lead.ts';
import { dueAt, ProcessWorld } from '../fixtures/process-world.ts';

/** A directory that gives this answer, and whom it was asked by. */
const directory = (id: string, answer: OwnerAnswer | undefined | Error, asked: string[] = []) => ({
  id,
  lookUp: async () => {
    asked.push(id);
    if (answer instanceof Error) throw answer;
    return answer;
  },
});

function worldWith(...directories: ProcessWorld['directories']) {
  const world = new ProcessWorld();
  world.directories = directories;
  return { world, look: (since?: string) => enrichedOf(lead, since, world.ports().ports) };
}

describe('owner directories', () => {
  it('are all asked, in their order, and the first that knows a thing is believed', async () => {
    const asked: string[] = [];
    const { look } = worldWith(
      directory('lookup', { lead_owner: 'Grace Hopper', lead_email: null }, asked),
      directory('close', { lead_owner: 'Alan Turing', lead_email: 'zoe@example.com' }, asked),
    );
    expect(await look()).toMatchObject({ lead_owner: 'Grace Hopper', lead_email: 'zoe@example.com' });
    expect(asked).toEqual(['lookup', 'close']);
  });

  it('that never heard of the lead leave it to the others', async () => {
    const { look } = worldWith(directory('lookup', undefined), directory('close', { lead_owner: 'Alan Turing' }));
    expect(await look()).toMatchObject({ lead_owner: 'Alan Turing' });
  });

  it('need not be any', async () => expect(await worldWith().look()).toMatchObject({ lead_owner: 'Unassigned' }));

  it('that refuse for good are reported, and keep no lead from people', async () => {
    const { world, look } = worldWith(
      directory('close', new Refused('Close answered 401')),
      directory('lookup', { lead_owner: 'Grace Hopper' }),
    );
    expect(await look()).toMatchObject({ lead_owner: 'Grace Hopper' });
    expect(world.refusedDirectories).toEqual(['close: Close answered 401']);
  });

  it.each([
    { asked: undefined, waited: undefined, seconds: 10 },
    { asked: undefined, waited: 0, seconds: 10 },
    { asked: undefined, waited: 10, seconds: 10 },
    { asked: undefined, waited: 20, seconds: 20 },
    { asked: undefined, waited: 610, seconds: 610 },
    { asked: undefined, waited: 900, seconds: 900 },
    { asked: undefined, waited: 86_399, seconds: 900 },
    { asked: 0, waited: 40, seconds: 40 },
    { asked: 12, waited: undefined, seconds: 12 },
    { asked: 3, waited: 610, seconds: 3 },
    { asked: 1800, waited: 610, seconds: 1800 },
  ])(
    'that can’t answer now make the lead wait as long as they ask for, else as long again as it waited (asked for $asked s, waited $waited s: $seconds s)',
    async ({ asked, waited, seconds }) => {
      const { world, look } = worldWith(
        directory('lookup', { lead_owner: 'Grace Hopper' }),
        directory('close', new Later('Close answered 503', asked)),
      );
      const since = waited === undefined ? undefined : new Date(dueAt - waited * 1000).toISOString();
      expect(await look(since)).toEqual({
        wait: { until: dueAt + seconds * 1000, reason: 'Close answered 503', failed: true },
      });
      expect(world.target.size).toBe(0);
    },
  );

  it('that fail fail the step, to be tried again', async () => {
    const { world, look } = worldWith(directory('lookup', new Error('NoSuchBucket')));
    await expect(look()).rejects.toThrow('NoSuchBucket');
    expect(world.target.size).toBe(0);
  });
});

describe('who said what of a lead', () => {
  const saidOf = (world: ProcessWorld) =>
    world.leads
      .get(lead.lead_id)
      ?.lookups?.map(({ directory: id, said, reason = '' }) => `${id} ${said} ${reason}`.trim());

  it('is noted with what is known of it, in the order in which they were asked', async () => {
    const { world, look } = worldWith(
      directory('lookup', undefined),
      directory('close', new Refused('Close answered 401')),
      directory('hubspot', { lead_owner: null }),
      directory('page', { lead_owner: 'Grace Hopper' }),
    );
    await look();
    expect(saidOf(world)).toEqual([
      'lookup nothing',
      'close refused Close answered 401',
      'hubspot facts',
      'page owner',
    ]);
    expect(world.leads.get(lead.lead_id)?.lookups?.[0]?.at).toBe(new Date(dueAt).toISOString());
  });

  it('is not noted of one that is not for leads of its kind', async () => {
    const { world, look } = worldWith(
      { ...directory('hubspot', undefined), isFor: () => false },
      { ...directory('close', undefined), isFor: () => true },
    );
    await look();
    expect(saidOf(world)).toEqual(['close nothing']);
  });

  it('is noted while it waits for one of them', async () => {
    const { world, look } = worldWith(directory('lookup', undefined), directory('close', new Later('no answer')));
    await look();
    expect(saidOf(world)).toEqual(['lookup nothing', 'close later no answer']);
    expect(world.leads.get(lead.lead_id)).not.toHaveProperty('lookedUpAt');
  });
});

describe('a lead beside the others of its person', () => {
  const earlier = {
    lead_id: 'lead_Old',
    source: 'close',
    receivedAt: '2026-02-01T09:00:00.000Z',
    owner: 'Alan Turing',
  };
  const address = 'email:zoe@example.org';

  it('is remembered under address and number with its owner, after its row says that this may be found there', async () => {
    const world = new ProcessWorld();
    const { ports } = world.ports();
    const order: string[] = [];
    await enrichedOf(lead, undefined, {
      ...ports,
      markLookedUp: async () => void order.push('looked up'),
      rememberLead: async (tenant, identifier, seen) => {
        order.push(`${identifier} ${seen.owner}`);
        await ports.rememberLead(tenant, identifier, seen);
      },
      saveEnriched: async () => void order.push('enriched'),
    });
    expect(order).toEqual(['looked up', `${address} Grace Hopper`, 'phone:+14155550100 Grace Hopper', 'enriched']);
  });

  it('says how many came before it, when the last one did, and whose that was', async () => {
    const { world, look } = worldWith();
    const { rememberLead } = world.memory.effects();
    await rememberLead('north', address, {
      ...earlier,
      lead_id: 'lead_Oldest',
      receivedAt: '2025-12-01T09:00:00.000Z',
    });
    await rememberLead('north', address, earlier);
    await rememberLead('south', address, earlier);
    expect(await look()).toMatchObject({
      seen_before: { leads: 2, last_at: '2026-02-01T09:00:00.000Z', last_owner: 'Alan Turing' },
    });
  });

  it('has the category that they say, which capture is asked to announce', async () => {
    const { world, look } = worldWith();
    const { rememberMembership } = world.memory.effects();
    await rememberMembership('north', address, { by: 'lead_Old', membership: 'subscribed' });
    expect(await look()).toMatchObject({ category: 'subscribed', seen_before: null });
    expect(world.memory.reconsidered).toEqual([
      { v: 1, reconsider: { tenant: 'north', lead_id: 'lead_Zq3' }, by: 'looked up lead_Zq3' },
    ]);
  });

  it('is nothing to announce where its category is the one that it has', async () => {
    const { world, look } = worldWith();
    expect(await look()).toMatchObject({ category: 'pending', seen_before: null });
    expect(world.memory.reconsidered).toEqual([]);
  });

  it('is remembered only once every directory has answered', async () => {
    const { world, look } = worldWith(directory('close', new Later('Close answered 503')));
    await look();
    expect(world.memory.persons.size).toBe(0);
  });
});
