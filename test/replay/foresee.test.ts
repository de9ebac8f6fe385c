import { describe, expect, it } from '@jest/globals';
import { Broken } from '../../lambdas/core/failures.ts';
import type { SourceEvent } from '../../lambdas/core/event.ts';
import type { Again } from '../../lambdas/core/again.ts';
import { foresee } from '../../lambdas/replay/foresee.ts';
import { lead, noFacts } from '../fixtures/lead.ts';
import { created, ReplayWorld } from '../fixtures/replay-world.ts';

const key = 'source/meta_event_1.json';
const quiet: Again = { how: 'quiet', job: 'job-1', tenant: 'north' };
const page = { source: 'meta', id: '1001', tenant: 'north' };
const leadgen: SourceEvent = {
  id: '9001',
  leadId: '9001',
  type: 'page.leadgen',
  account: page.id,
  effect: 'new_lead',
  occurredAt: '2026-03-05T12:00:00.000Z',
};

function worldWith(events: SourceEvent[] | Error, source = 'meta', tenant?: string) {
  const world = new ReplayWorld();
  world.accounts.set(page.id, page);
  world.deliveries.set(key, { source, storedAt: '2026-03-05T12:00:00.000Z', events, ...(tenant && { tenant }) });
  return world;
}
const whatOf = async (world: ReplayWorld, again = quiet) =>
  (await foresee(key, again, world.ports())).map(({ what }) => what);
const known = (world: ReplayWorld, name: string, asOf?: string) => {
  world.outcomes.set('9001', 'done');
  world.leads.set('9001', {
    ...lead,
    lead_id: '9001',
    facts: { ...noFacts, display_name: name },
    ...(asOf && { asOf }),
  });
};

describe('what would become of an event', () => {
  it('that the table does not know is new', async () => {
    expect(await whatOf(worldWith([leadgen]))).toEqual(['new']);
    const lost = worldWith([leadgen]);
    lost.outcomes.set('9001', 'done');
    expect(await whatOf(lost)).toEqual(['new']);
  });

  it('whose lead says the same is unchanged, by what its vendor answered then', async () => {
    const world = worldWith([leadgen]);
    known(world, 'Zoë');
    expect(await whatOf(world)).toEqual(['unchanged']);
    world.details.set('9001', 'Zoë');
    expect(await whatOf(world)).toEqual(['unchanged']);
    world.details.set('9001', 'Zoë Müller');
    expect(await whatOf(world)).toEqual(['changed']);
  });

  it('is unchanged where the lead knows something newer', async () => {
    const world = worldWith([leadgen]);
    known(world, 'Zoë', '2026-03-06T00:00:00.000Z');
    world.details.set('9001', 'Zoë Müller');
    expect(await whatOf(world)).toEqual(['unchanged']);
  });

  it('that waits goes on by itself', async () => {
    const world = worldWith([leadgen]);
    world.outcomes.set('9001', 'parked');
    expect(await whatOf(world)).toEqual(['waiting']);
  });

  it('that says nothing of a lead is nothing, and one that can not be worked with is broken', async () => {
    const none = created('x', { effect: 'none' });
    expect(await whatOf(worldWith([none, { ...none, id: '' }], 'close', 'north'))).toEqual(['nothing', 'broken']);
    const world = worldWith([leadgen]);
    known(world, 'Zoë');
    world.details.set('9001', 'broken');
    expect(await whatOf(world)).toEqual(['broken']);
  });

  it('of a contact is what it would add to it', async () => {
    const change = { properties: { email: 'zoe@example.org' } };
    const update: SourceEvent = { ...leadgen, effect: 'update', change };
    const world = worldWith([update]);
    known(world, 'Zoë');
    expect(await whatOf(world)).toEqual(['changed']);
    const at = Date.parse('2026-03-05T12:00:00.000Z');
    world.contacts.set('9001', { properties: { email: { value: 'zoe@example.org', at, by: '9001' } } });
    expect(await whatOf(world)).toEqual(['unchanged']);
  });

  it('is told again only where that is asked for, and only of a new lead', async () => {
    const tell: Again = { ...quiet, how: 'tell' };
    const update: SourceEvent = { ...leadgen, id: '9002', effect: 'update' };
    const told = await foresee(key, tell, worldWith([leadgen, update]).ports());
    expect(told.map(({ isToBeTold }) => isToBeTold)).toEqual([true, false]);
    const [silent] = await foresee(key, quiet, worldWith([leadgen]).ports());
    expect(silent?.isToBeTold).toBe(false);
  });
});

describe('a delivery', () => {
  it('of several tenants shows each its own', async () => {
    const world = worldWith([leadgen, { ...leadgen, id: '9002', leadId: '9002', account: '2002' }]);
    world.accounts.set('2002', { source: 'meta', id: '2002', tenant: 'south' });
    const ids = async (tenant: string) =>
      (await foresee(key, { ...quiet, tenant }, world.ports())).map(({ lead_id }) => lead_id);
    expect([await ids('north'), await ids('south'), await ids('none')]).toEqual([['9001'], ['9002'], []]);
    world.accounts.delete('2002');
    expect(await ids('none')).toEqual(['9002']);
  });

  it('that can not be understood is broken for whom it is, and there for nobody else', async () => {
    const world = worldWith(new Broken('not JSON'), 'close', 'north');
    expect(await whatOf(world)).toEqual(['broken']);
    expect(await whatOf(world, { ...quiet, tenant: 'south' })).toEqual([]);
  });

  it('that is not there is nothing', async () => {
    expect(await foresee('source/meta_event_2.json', quiet, worldWith([leadgen]).ports())).toEqual([]);
  });
});
