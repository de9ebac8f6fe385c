import { describe, expect, it } from '@jest/globals';
import * as fc from 'fast-check';
import { LONGEST_IMPORT } from '../../lambdas/core/digest.ts';
import { Later, Refused } from '../../lambdas/core/failures.ts';
import type { Lead } from '../../lambdas/core/lead.ts';
import type { OwnerMessage } from '../../lambdas/core/owner-message.ts';
import { processLead } from '../../lambdas/process/process-lead.ts';
import { settleDigest } from '../../lambdas/process/settle-digest.ts';
import { tellDigest } from '../../lambdas/process/tell-digest.ts';
import { Crash, type CrashPoint } from '../fixtures/crashing.ts';
import { lead } from '../fixtures/lead.ts';
import { DIGEST_TIME, message, ProcessWorld } from '../fixtures/process-world.ts';

const leadOf = (n: number, change: Partial<Lead> = {}): Lead => ({ ...lead, lead_id: `lead_${n}`, ...change });
const messageOf = ({ lead_id }: Lead): OwnerMessage => ({ ...message, lead_id });

/** A world with so many leads that are due. */
function worldOf(count: number, change: Partial<Lead> = {}): { world: ProcessWorld; leads: Lead[] } {
  const world = new ProcessWorld();
  const leads = Array.from({ length: count }, (_, n) => leadOf(n, change));
  for (const one of leads) world.leads.set(one.lead_id, one);
  // At the beginning of a window, so that a test's leads come in one.
  world.now = Math.ceil(world.now / DIGEST_TIME) * DIGEST_TIME;
  return { world, leads };
}
const process = (world: ProcessWorld, one: Lead, point?: CrashPoint) =>
  processLead(messageOf(one), world.ports(point).ports);

/** Works on digests and on what they send until nothing is left; messages come again after a crash. */
async function finish(world: ProcessWorld, points: (CrashPoint | undefined)[] = []): Promise<void> {
  for (let rounds = 0; world.digests.length + world.settles.length > 0; rounds += 1) {
    if (rounds > 500) throw new Error('it never ends');
    const digest = world.digests.shift();
    const settle = digest ? undefined : world.settles.shift();
    try {
      if (digest) world.now = Math.max(world.now, Date.parse(digest.notBefore));
      if (digest) await tellDigest(digest, world.ports(points.shift()).ports);
      if (settle) await settleDigest(settle, world.ports(points.shift()).ports);
    } catch (error) {
      if (!(error instanceof Crash)) throw error;
      world.now += 120_000;
      if (digest) world.digests.push(digest);
      if (settle) world.settles.push(settle);
    }
  }
}
const digestsOf = (world: ProcessWorld, channel: string) =>
  world.digested.filter(({ id }) => id.startsWith(`digest_${channel}_`));
const states = (world: ProcessWorld, channel: string) =>
  [...world.records].filter(([key]) => key.startsWith('lead_') && key.endsWith(channel)).map(([, { state }]) => state);

describe('more alerts than a channel takes in a minute', () => {
  it('become one digest: the first ones are told alone, and each lead has its record', async () => {
    const { world, leads } = worldOf(40);
    world.channels = ['slack'];
    world.most = { slack: 30 };
    const outcomes = [];
    for (const one of leads) outcomes.push((await process(world, one)).outcome);
    expect(outcomes.filter((outcome) => outcome === 'told')).toHaveLength(30);
    expect(outcomes.filter((outcome) => outcome === 'gathered')).toHaveLength(10);
    expect(world.digests).toHaveLength(1);
    await finish(world);
    expect(digestsOf(world, 'slack').map((one) => one.leads.length)).toEqual([10]);
    expect(world.sent).toHaveLength(31);
    expect(states(world, 'slack')).toEqual(leads.map(() => 'told'));
    expect(leads.every(({ lead_id }) => world.leads.get(lead_id)?.toldAt)).toBe(true);
    expect([...new Set(world.counted.values())]).toEqual(['told']);
  });

  it('are counted anew in the next minute, for each channel and by its own limit', async () => {
    const { world, leads } = worldOf(6);
    world.most = { slack: 2 };
    for (const one of leads.slice(0, 3)) await process(world, one);
    world.now += 60_000;
    for (const one of leads.slice(3)) await process(world, one);
    expect(world.told.filter((channel) => channel === 'slack')).toHaveLength(4);
    expect(world.told.filter((channel) => channel === 'email')).toHaveLength(6);
  });

  it('are no reason to gather a lead that is waiting for its moment already', async () => {
    const { world, leads } = worldOf(1);
    world.channels = ['slack'];
    world.most = { slack: 1 };
    world.alerts.set(`slack ${Math.floor(world.now / 60_000)}`, 99);
    const waiting = { ...messageOf(leads[0] ?? lead), slots: { slack: world.now } };
    expect((await processLead(waiting, world.ports().ports)).outcome).toBe('told');
  });

  it('never gather anybody where there is no limit', async () => {
    const { world, leads } = worldOf(100);
    for (const one of leads) await process(world, one);
    expect([world.digests.length, world.sent.length]).toEqual([0, 200]);
  });
});

describe('an import', () => {
  it('of many leads is one digest a channel, and a lead that came by itself is told at once', async () => {
    const { world, leads } = worldOf(250, { isBulk: true });
    const live = leadOf(9999);
    world.leads.set(live.lead_id, live);
    for (const one of leads.slice(0, 125)) await process(world, one);
    expect((await process(world, live)).outcome).toBe('told');
    expect(world.sent.map(({ leadId }) => leadId)).toEqual(['lead_9999', 'lead_9999']);
    for (const one of leads.slice(125)) await process(world, one);
    await finish(world);
    for (const channel of ['slack', 'email']) {
      expect(digestsOf(world, channel).map((one) => one.leads.length)).toEqual([250]);
      expect(new Set(states(world, channel))).toEqual(new Set(['told']));
    }
    expect(world.sent).toHaveLength(4);
    expect([...world.parts.values()].every((part) => Object.keys(part.leads).length === 0)).toBe(true);
  });

  it('that is still coming in when it is looked at is one digest all the same, told once no more comes', async () => {
    const { world, leads } = worldOf(30, { isBulk: true });
    world.channels = ['slack'];
    for (const [n, one] of leads.entries()) {
      await process(world, one);
      if (n % 10 !== 9) continue;
      const [look] = world.digests.splice(0);
      if (!look) throw new Error('no digest');
      world.now = Date.parse(look.notBefore);
      expect(await tellDigest(look, world.ports().ports)).toMatchObject({ outcome: 'waiting' });
    }
    expect(world.sent).toEqual([]);
    await finish(world);
    expect(digestsOf(world, 'slack').map((one) => one.leads.length)).toEqual([30]);
    expect(world.sent).toHaveLength(1);
  });

  it('that goes on for longer than a quarter of an hour is several digests, each lead in one of them', async () => {
    const { world, leads } = worldOf(30, { isBulk: true });
    world.channels = ['slack'];
    for (const [n, one] of leads.entries()) {
      if (n % 10 === 0) world.now += LONGEST_IMPORT;
      await process(world, one);
    }
    await finish(world);
    const gathered = digestsOf(world, 'slack').map((one) => one.leads);
    expect(gathered.map((ids) => ids.length)).toEqual([10, 10, 10]);
    expect(gathered.flat().sort()).toEqual(leads.map(({ lead_id }) => lead_id).sort());
  });

  it('whose digest the channel can’t take now waits, and is told once it can', async () => {
    const { world, leads } = worldOf(3, { isBulk: true });
    world.channels = ['slack'];
    world.answers = { slack: [new Later('Slack answered 503'), new Later('Slack answered 503')] };
    for (const one of leads) await process(world, one);
    await finish(world);
    expect(world.sent).toHaveLength(1);
    expect(states(world, 'slack')).toEqual(['told', 'told', 'told']);
  });

  it('whose digest a channel refuses for good is told on the other, and given up lead by lead where there is none', async () => {
    const { world, leads } = worldOf(2, { isBulk: true });
    world.answers = { slack: [new Refused('Slack answered 410')] };
    for (const one of leads) await process(world, one);
    await finish(world);
    expect(leads.every(({ lead_id }) => world.leads.get(lead_id)?.toldAt)).toBe(true);
    expect(world.dlq).toEqual([]);

    const alone = worldOf(2, { isBulk: true });
    alone.world.channels = ['slack'];
    alone.world.answers = { slack: [new Refused('Slack answered 410')] };
    for (const one of alone.leads) await process(alone.world, one);
    await finish(alone.world);
    expect(alone.world.dlq.map(({ reason }) => reason)).toEqual(
      Array(2).fill('the digest was refused: Slack answered 410'),
    );
  });

  it('with leads that were erased meanwhile tells of the others', async () => {
    const { world, leads } = worldOf(3, { isBulk: true });
    world.channels = ['slack'];
    for (const one of leads) await process(world, one);
    world.leads.delete('lead_1');
    await finish(world);
    expect(['lead_0', 'lead_2'].every((id) => world.leads.get(id)?.toldAt)).toBe(true);
  });
});

describe('a lead that joins a digest just when that is told', () => {
  it('is told in it or in the next one, and in one of them only, whatever happens first', async () => {
    await fc.assert(
      fc.asyncProperty(fc.scheduler(), async (scheduler) => {
        const { world, leads } = worldOf(4, { isBulk: true });
        world.channels = ['slack'];
        await process(world, leads[0] ?? lead);
        const first = world.digests.shift();
        if (!first) throw new Error('no digest');
        const { ports } = world.ports();
        const slow = {
          ...ports,
          joinDigest: scheduler.scheduleFunction(ports.joinDigest),
          digestPartOf: scheduler.scheduleFunction(ports.digestPartOf),
          makeDigestPart: scheduler.scheduleFunction(ports.makeDigestPart),
          closeDigestPart: scheduler.scheduleFunction(ports.closeDigestPart),
          noteDigest: scheduler.scheduleFunction(ports.noteDigest),
        };
        const late = leads.slice(1).map((one) => processLead(messageOf(one), slow));
        const early = tellDigest({ ...first, seen: 99, notBefore: new Date(world.now).toISOString() }, slow);
        await scheduler.waitFor(Promise.all([...late, early]));
        await finish(world);
        const told = digestsOf(world, 'slack').flatMap((one) => one.leads);
        expect(told.toSorted()).toEqual(leads.map(({ lead_id }) => lead_id).sort());
        expect(states(world, 'slack')).toEqual(leads.map(() => 'told'));
      }),
      { numRuns: 300 },
    );
  });
});

describe('a crash', () => {
  it('at any call of gathering loses no lead, and tells none twice unless a send was repeated', async () => {
    const calls = await (async () => {
      const { world, leads } = worldOf(1, { isBulk: true });
      const { ports, calls: count } = world.ports();
      await processLead(messageOf(leads[0] ?? lead), ports);
      return count();
    })();
    for (let call = 1; call <= calls; call += 1) {
      for (const carriedOut of [false, true]) {
        const { world, leads } = worldOf(2, { isBulk: true });
        for (const one of leads) {
          await process(world, one, { call, carriedOut }).catch((error: unknown) => {
            if (!(error instanceof Crash)) throw error;
          });
          await process(world, one);
        }
        await finish(world);
        for (const channel of ['slack', 'email']) {
          const told = digestsOf(world, channel).flatMap((one) => one.leads);
          expect([call, carriedOut, channel, told.toSorted()]).toEqual([
            call,
            carriedOut,
            channel,
            ['lead_0', 'lead_1'],
          ]);
        }
      }
    }
  });

  it('at any call of telling a digest and of its records ends with all leads told, and at most one message more', async () => {
    for (let call = 1; call <= 14; call += 1) {
      for (const carriedOut of [false, true]) {
        for (const which of [0, 1, 2]) {
          const { world, leads } = worldOf(3, { isBulk: true });
          world.channels = ['slack'];
          for (const one of leads) await process(world, one);
          await finish(world, [...Array<undefined>(which), { call, carriedOut }]);
          expect(states(world, 'slack')).toEqual(['told', 'told', 'told']);
          expect(leads.every(({ lead_id }) => world.leads.get(lead_id)?.toldAt)).toBe(true);
          expect(world.sent.length).toBeLessThanOrEqual(2);
        }
      }
    }
  });
});

describe('what people want to be told of', () => {
  it('is not a category that they left out: the lead is kept, and nobody is told', async () => {
    const { world, leads } = worldOf(1);
    world.alertsFor = ['subscribed'];
    const [one = lead] = leads;
    expect(await process(world, one)).toMatchObject({ outcome: 'silent' });
    expect(world.counted.get(one.lead_id)).toBe('silent');
    expect([world.sent, world.target.has(one.lead_id)]).toEqual([[], true]);
    expect(await process(world, one)).toEqual({ outcome: 'repeat' });
  });

  it('may be a category that the lead has only by what others know of its person', async () => {
    const { world, leads } = worldOf(1);
    const [one = lead] = leads;
    world.alertsFor = ['subscribed'];
    world.memory.persons.set('north email:zoe@example.org', {
      leads: [],
      memberships: [{ by: 'list', membership: 'subscribed' }],
    });
    expect(await process(world, one)).toMatchObject({ outcome: 'told' });
    expect(world.target.get(one.lead_id)).toMatchObject({ category: 'subscribed' });
    expect(world.memory.reconsidered).toEqual([
      { v: 1, reconsider: { tenant: 'north', lead_id: one.lead_id }, by: `looked up ${one.lead_id}` },
    ]);
  });
});

it('a lead that was erased in its wait ends there', async () => {
  const { world, leads } = worldOf(1);
  const [one = lead] = leads;
  world.leads.delete(one.lead_id);
  await expect(process(world, one)).rejects.toThrow('not in the table');
  world.erased.add(one.lead_id);
  expect(await process(world, one)).toEqual({ outcome: 'erased' });
});
