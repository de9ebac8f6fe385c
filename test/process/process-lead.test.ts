import { describe, expect, it } from '@jest/globals';
import { digestId } from '../../lambdas/core/digest.ts';
import { Later, Refused } from '../../lambdas/core/failures.ts';
import { processLead } from '../../lambdas/process/process-lead.ts';
import type { Processed } from '../../lambdas/process/processed.ts';
import { tellDigest } from '../../lambdas/process/tell-digest.ts';
import { lead } from '../fixtures/lead.ts';
import { dueAt, message, ProcessWorld } from '../fixtures/process-world.ts';

const seconds = 1000;
const hours = 3_600_000;
const iso = (time: number) => new Date(time).toISOString();
const run = (world: ProcessWorld, of = message) => processLead(of, world.ports().ports);

/** Works on the message that waits, when its time has come. */
async function runNext(world: ProcessWorld): Promise<Processed> {
  const next = world.queue.shift();
  if (!next) throw new Error('nothing waits');
  world.now = Math.max(world.now, Date.parse(next.notBefore));
  return run(world, next);
}

describe('a lead whose wait is over', () => {
  it('is looked up, kept enriched, and told on each channel once', async () => {
    const world = new ProcessWorld();
    expect(await run(world)).toEqual({ outcome: 'told', owner: 'Grace Hopper', refused: [], isTest: false });
    expect(world.told.toSorted()).toEqual(['email', 'slack']);
    expect(world.target.get('lead_Zq3')).toMatchObject({ lead_owner: 'Grace Hopper', enriched_at: iso(dueAt) });
    expect(world.leads.get('lead_Zq3')).toMatchObject({ enrichedAt: iso(dueAt), toldAt: iso(dueAt) });
    expect([...world.records.values()]).toEqual([
      { channel: 'slack', state: 'told', attempts: 1, detail: 'ok' },
      { channel: 'email', state: 'told', attempts: 1, detail: 'ok' },
    ]);
    expect(world.queue).toEqual([]);
  });

  it('is kept with its owner and told to nobody where it was fetched like that', async () => {
    const world = new ProcessWorld();
    world.leads.set('lead_Zq3', { ...lead, ...world.leads.get('lead_Zq3'), isQuiet: true });
    expect(await run(world)).toMatchObject({ outcome: 'silent', reason: 'it was fetched to be told to nobody' });
    expect(world.told).toEqual([]);
    expect(world.target.get('lead_Zq3')).toMatchObject({ lead_owner: 'Grace Hopper' });
    expect(world.leads.get('lead_Zq3')?.silentAt).toBeDefined();
  });

  it('is told as nobody’s where no directory knows its owner', async () => {
    const world = new ProcessWorld();
    world.directories = [{ id: 'lookup', lookUp: async () => undefined }];
    expect(await run(world)).toMatchObject({ outcome: 'told', owner: 'Unassigned' });
    expect(world.told).toHaveLength(2);
  });

  it('is told, and said to be a test, where it is one', async () => {
    const world = new ProcessWorld();
    world.leads.set('lead_Zq3', { ...lead, isTest: true });
    expect(await run(world)).toMatchObject({ outcome: 'told', isTest: true });
    expect(world.told).toHaveLength(2);
  });

  it('is not told twice by a message that came twice', async () => {
    const world = new ProcessWorld();
    await run(world);
    expect(await run(world)).toEqual({ outcome: 'repeat' });
    expect(world.told).toHaveLength(2);
  });

  it('is told once where two work on it at the same time', async () => {
    const world = new ProcessWorld();
    const [first, second] = await Promise.all([run(world), run(world)]);
    expect([first.outcome, second.outcome].toSorted()).toEqual(['told', 'waiting']);
    expect(await runNext(world)).toEqual({ outcome: 'repeat' });
    expect(world.told).toHaveLength(2);
  });
});

describe('a message that comes too early', () => {
  it('is sent again with the rest of its wait, and nothing is looked up', async () => {
    const world = new ProcessWorld();
    world.now = dueAt - 1;
    expect(await run(world)).toEqual({ outcome: 'early' });
    expect(world.queue).toEqual([message]);
    expect(world.told).toEqual([]);
    expect(world.target.size).toBe(0);
  });

  it('keeps since when it waits', async () => {
    const world = new ProcessWorld();
    world.now = dueAt - 1;
    const waiting = { ...message, since: iso(dueAt - hours), slots: { slack: dueAt + 5 } };
    await run(world, waiting);
    expect(world.queue).toEqual([waiting]);
  });

  it('says for how long its lead waits for what failed', async () => {
    const world = new ProcessWorld();
    world.now = dueAt - 1;
    expect(await run(world, { ...message, since: iso(dueAt - hours) })).toEqual({ outcome: 'early', overdue: 3600 });
  });
});

describe('where a lead came from, and by which request, is kept for the log', () => {
  const leasedUntil = dueAt + 15 * seconds;
  const unavailable = { id: 'close', lookUp: () => Promise.reject(new Later('Close answered 503')) };

  it.each<[string, (world: ProcessWorld) => unknown]>([
    ['a message that came too early', (world) => (world.now = dueAt - 1)],
    ['a directory', (world) => (world.directories = [unavailable])],
    ['a channel that can’t now', (world) => (world.answers = { slack: [new Later('Slack answered 500')] })],
    ['its turn', (world) => ((world.pace = { slack: 1 }), world.nextMoments.set('slack', dueAt + 60_000))],
    [
      'somebody else',
      (world) => world.records.set('lead_Zq3 slack', { channel: 'slack', state: 'leased', leasedUntil, attempts: 1 }),
    ],
    ['time to send', (world) => (world.timeLeft = 4999)],
  ])('over its wait for %s', async (_, prepare) => {
    const world = new ProcessWorld();
    prepare(world);
    await run(world, { ...message, source: 'meta', correlation_id: 'request-7' });
    expect(world.queue).toEqual([expect.objectContaining({ source: 'meta', correlation_id: 'request-7' })]);
  });

  it('over one wait after the other', async () => {
    const world = new ProcessWorld();
    world.answers = { slack: [new Later('Slack answered 500'), new Later('Slack answered 500', 5)] };
    await run(world);
    await runNext(world);
    expect(world.queue).toEqual([expect.objectContaining({ source: 'close', correlation_id: 'request-1' })]);
  });

  it('and is not needed: a message of an older release is told as well', async () => {
    const world = new ProcessWorld();
    const { source: _, correlation_id: __, ...older } = message;
    expect(await run(world, older)).toMatchObject({ outcome: 'told' });
  });
});

describe('a directory that can’t answer', () => {
  it('is asked again after 10 s, then each time after as long again, at most 15 minutes, for 24 hours', async () => {
    const world = new ProcessWorld();
    world.directories = [{ id: 'close', lookUp: () => Promise.reject(new Later('Close answered 503')) }];
    const waits: number[] = [];
    await run(world);
    while (world.queue.length > 0) {
      waits.push((Date.parse(world.queue[0]?.notBefore ?? '') - world.now) / seconds);
      await runNext(world);
    }
    expect(waits.slice(0, 9)).toEqual([10, 10, 20, 40, 80, 160, 320, 640, 900]);
    expect(Math.max(...waits)).toBe(900);
    expect(world.dlq).toEqual([{ message: expect.anything(), reason: 'waited 24 hours: Close answered 503' }]);
    expect(world.now).toBe(dueAt + 24 * hours);
  });
});

it('a message of a lead that nobody knows fails, to be tried again', async () => {
  const world = new ProcessWorld();
  await expect(run(world, { ...message, lead_id: 'lead_unknown' })).rejects.toThrow('the lead is not in the table');
});

describe('on a redelivery', () => {
  it('tells only the channel that failed the first time', async () => {
    const world = new ProcessWorld();
    world.answers = { email: [new Error('SNS says no')] };
    await expect(run(world)).rejects.toThrow('SNS says no');
    expect(world.told).toEqual(['slack']);
    world.now += 6 * 20 * seconds;
    expect(await run(world)).toMatchObject({ outcome: 'told' });
    expect(world.told).toEqual(['slack', 'email']);
  });

  it('says the same on every channel, though the owner changed meanwhile', async () => {
    const world = new ProcessWorld();
    world.answers = { email: [new Later('SNS: Throttling')] };
    await run(world);
    world.directories = [{ id: 'lookup', lookUp: async () => ({ lead_owner: 'Alan Turing' }) }];
    expect(await runNext(world)).toMatchObject({ outcome: 'told', owner: 'Grace Hopper' });
  });
});

describe('a channel that can’t now', () => {
  it('is tried again after as long as it asked for; the other is told at once and only once', async () => {
    const world = new ProcessWorld();
    world.answers = { slack: [new Later('Slack answered 429', 42)] };
    expect(await run(world)).toEqual({
      outcome: 'waiting',
      reason: 'slack: Slack answered 429',
      overdue: 0,
      owner: 'Grace Hopper',
      refused: [],
      isTest: false,
    });
    expect(world.queue).toEqual([{ ...message, notBefore: iso(dueAt + 42 * seconds), since: iso(dueAt) }]);
    expect(world.told).toEqual(['email']);
    expect(await runNext(world)).toMatchObject({ outcome: 'told' });
    expect(world.told).toEqual(['email', 'slack']);
  });

  it('is tried again after 10 s, 30 s, 1, 2, 5, 10, 15 and 15 minutes where it asked for nothing', async () => {
    const world = new ProcessWorld();
    world.channels = ['slack'];
    world.answers = { slack: Array.from({ length: 8 }, () => new Later('Slack answered 500')) };
    const waits: number[] = [];
    await run(world);
    for (let count = 0; count < 8; count += 1) {
      waits.push((Date.parse(world.queue[0]?.notBefore ?? '') - world.now) / seconds);
      await runNext(world);
    }
    expect(waits).toEqual([10, 30, 60, 120, 300, 600, 900, 900]);
    expect(world.told).toEqual(['slack']);
    expect(world.leads.get('lead_Zq3')).toHaveProperty('toldAt');
  });

  it('is not asked without a pause where it asks for none', async () => {
    const world = new ProcessWorld();
    world.answers = { slack: [new Later('Slack answered 429', 0)] };
    await run(world);
    expect(world.queue[0]?.notBefore).toBe(iso(dueAt + 10 * seconds));
  });

  it('says how long past its time the lead is', async () => {
    const world = new ProcessWorld();
    world.answers = { slack: [new Later('Slack answered 500')] };
    world.now = dueAt + 901 * seconds;
    expect(await run(world)).toMatchObject({ outcome: 'waiting', overdue: 901 });
  });

  it('holds the other back neither by waiting nor by failing', async () => {
    const world = new ProcessWorld();
    world.answers = { slack: [new Later('Slack did not answer')], email: [new Later('SNS: Throttling', 3)] };
    expect(await run(world)).toMatchObject({ reason: 'slack: Slack did not answer; email: SNS: Throttling' });
    expect(world.queue[0]?.notBefore).toBe(iso(dueAt + 3 * seconds));
    expect(await runNext(world)).toMatchObject({ outcome: 'told' });
    expect(world.told.toSorted()).toEqual(['email', 'slack']);
  });
});

describe('a wait', () => {
  const waitFor = async (retryAfter: number, now = dueAt) => {
    const world = new ProcessWorld();
    world.now = now;
    world.answers = { slack: [new Later('Slack answered 429', retryAfter)] };
    await run(world);
    return world.noted.get('lead_Zq3');
  };

  it('is noted on its lead where it ends long after that was due, so that nobody takes it for lost', async () => {
    expect(await waitFor(301)).toBe(iso(dueAt + 301 * seconds));
    expect(await waitFor(10, dueAt + 300 * seconds)).toBe(iso(dueAt + 310 * seconds));
  });

  it('that is over soon costs nothing', async () => {
    expect(await waitFor(300)).toBeUndefined();
  });

  it('of a digest is noted on that', async () => {
    const world = new ProcessWorld();
    world.channels = ['slack'];
    world.leads.set('lead_Zq3', { ...lead, isBulk: true });
    await run(world);
    world.answers = { slack: [new Later('Slack answered 500', 3600)] };
    const [digest] = world.digests.splice(0);
    if (!digest) throw new Error('there is no digest');
    world.now = Date.parse(digest.notBefore) + 16 * 60 * seconds;
    await tellDigest(digest, world.ports().ports);
    expect([...world.noted]).toEqual([[digestId(digest.digest), iso(world.now + 3600 * seconds)]]);
  });
});

describe('after 24 hours of waiting', () => {
  const waiting = { ...message, since: iso(dueAt), notBefore: iso(dueAt) };

  it('a lead is parked with its reason', async () => {
    const world = new ProcessWorld();
    world.answers = { slack: [new Later('Slack answered 500')] };
    world.now = dueAt + 24 * hours;
    expect(await run(world, waiting)).toMatchObject({
      outcome: 'gave_up',
      reason: 'slack: Slack answered 500',
      overdue: 24 * 3600,
    });
    expect(world.dlq).toEqual([{ message: waiting, reason: 'waited 24 hours: slack: Slack answered 500' }]);
    expect(world.queue).toEqual([]);
    expect(world.leads.get('lead_Zq3')).not.toHaveProperty('toldAt');
  });

  it('and not a moment before', async () => {
    const world = new ProcessWorld();
    world.answers = { slack: [new Later('Slack answered 500')] };
    world.now = dueAt + 24 * hours - 1;
    expect(await run(world, waiting)).toMatchObject({ outcome: 'waiting' });
  });

  it('counted from the first failure, a lead is parked whose channel never comes back', async () => {
    const world = new ProcessWorld();
    world.channels = ['slack'];
    world.answers = { slack: Array.from({ length: 200 }, () => new Later('Slack answered 500')) };
    await run(world);
    while (world.queue.length > 0) await runNext(world);
    expect(world.dlq).toEqual([
      { message: expect.objectContaining({ since: iso(dueAt) }), reason: 'waited 24 hours: slack: Slack answered 500' },
    ]);
    expect(world.now - dueAt).toBeGreaterThanOrEqual(24 * hours);
    expect(world.now - dueAt).toBeLessThan(24 * hours + 900 * seconds + 1);
    expect(world.records.get('lead_Zq3 slack')?.attempts).toBeGreaterThan(90);
  });

  it('a channel that asked for more time than that does not get it', async () => {
    const world = new ProcessWorld();
    world.channels = ['slack'];
    world.answers = { slack: [new Later('Slack answered 429', 999_999), new Later('Slack answered 429', 999_999)] };
    await run(world);
    expect(world.queue[0]?.notBefore).toBe(iso(dueAt + 24 * hours));
  });

  it('a lead that was sent back is told, and told only where it was not', async () => {
    const world = new ProcessWorld();
    world.answers = { slack: [new Later('Slack answered 500')] };
    world.now = dueAt + 24 * hours;
    await run(world, waiting);
    expect(await run(world, message)).toMatchObject({ outcome: 'told' });
    expect(world.told).toEqual(['email', 'slack']);
  });
});

describe('a channel that refuses for good', () => {
  it('is left out, and the lead is told on the other', async () => {
    const world = new ProcessWorld();
    world.answers = { slack: [new Refused('Slack answered 410')] };
    expect(await run(world)).toEqual({
      outcome: 'told',
      reason: 'slack: Slack answered 410',
      owner: 'Grace Hopper',
      refused: ['slack'],
      isTest: false,
    });
    expect(world.told).toEqual(['email']);
    expect(world.records.get('lead_Zq3 slack')).toEqual({
      channel: 'slack',
      state: 'refused',
      attempts: 1,
      detail: 'Slack answered 410',
    });
    expect(await run(world)).toEqual({ outcome: 'repeat' });
  });

  it('parks the lead with the reason where there is no other', async () => {
    const world = new ProcessWorld();
    world.channels = ['slack'];
    world.answers = { slack: [new Refused('Slack answered 410')] };
    expect(await run(world)).toEqual({
      outcome: 'gave_up',
      reason: 'slack: Slack answered 410',
      owner: 'Grace Hopper',
      refused: ['slack'],
      isTest: false,
    });
    expect(world.dlq).toEqual([{ message, reason: 'slack: Slack answered 410' }]);
    expect(world.leads.get('lead_Zq3')).not.toHaveProperty('toldAt');
  });

  it('parks the lead with both reasons where both do, and it is told when it is sent back', async () => {
    const world = new ProcessWorld();
    world.answers = { slack: [new Refused('Slack answered 410')], email: [new Refused('gone')] };
    expect(await run(world)).toMatchObject({ outcome: 'gave_up', refused: ['slack', 'email'] });
    expect(world.dlq[0]?.reason).toBe('slack: Slack answered 410; email: gone');
    expect(await run(world)).toMatchObject({ outcome: 'told' });
    expect(world.told.toSorted()).toEqual(['email', 'slack']);
  });

  it('does not park a lead whose other channel only waits', async () => {
    const world = new ProcessWorld();
    world.answers = { slack: [new Refused('gone'), new Refused('gone')], email: [new Later('SNS: Throttling')] };
    expect(await run(world)).toMatchObject({ outcome: 'waiting', refused: ['slack'] });
    expect(await runNext(world)).toMatchObject({ outcome: 'told', refused: ['slack'] });
    expect(world.dlq).toEqual([]);
    expect(world.told).toEqual(['email']);
  });
});

describe('a lead that somebody else is telling', () => {
  it('is not counted as told: it comes back when that one’s time is over', async () => {
    const world = new ProcessWorld();
    world.channels = ['slack'];
    const leasedUntil = dueAt + 15 * seconds;
    world.records.set('lead_Zq3 slack', { channel: 'slack', state: 'leased', leasedUntil, attempts: 1 });
    expect(await run(world)).toMatchObject({ outcome: 'waiting', reason: 'another one is sending' });
    expect(world.queue).toEqual([{ ...message, notBefore: iso(leasedUntil) }]);
    expect(world.leads.get('lead_Zq3')).not.toHaveProperty('toldAt');
    expect(await runNext(world)).toMatchObject({ outcome: 'told' });
    expect(world.told).toEqual(['slack']);
  });

  it('is told on its other channel meanwhile', async () => {
    const world = new ProcessWorld();
    world.records.set('lead_Zq3 slack', { channel: 'slack', state: 'leased', leasedUntil: dueAt + 1, attempts: 1 });
    expect(await run(world)).toMatchObject({ outcome: 'waiting' });
    expect(world.told).toEqual(['email']);
  });
});

describe('a function that has too little time left', () => {
  it('sends nothing that it could not finish, and the lead comes back at once', async () => {
    const world = new ProcessWorld();
    world.timeLeft = 4999;
    expect(await run(world)).toMatchObject({ outcome: 'waiting', reason: 'too little time left to send' });
    expect(world.queue).toEqual([{ ...message, notBefore: iso(dueAt) }]);
    expect(world.records.size).toBe(0);
    world.timeLeft = 5000;
    expect(await runNext(world)).toMatchObject({ outcome: 'told' });
  });
});

it('a lead that is already enriched is not looked up again', async () => {
  const world = new ProcessWorld();
  await run(world);
  world.leads.set('lead_Zq3', { ...lead, enrichedAt: iso(dueAt) });
  world.directories = [{ id: 'lookup', lookUp: () => Promise.reject(new Error('nobody should ask')) }];
  expect(await run(world)).toMatchObject({ outcome: 'told' });
  expect(world.told).toHaveLength(2);
});
