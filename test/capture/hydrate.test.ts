import { describe, expect, it } from '@jest/globals';
import { capture } from '../../lambdas/capture/capture.ts';
import type { Captures } from '../../lambdas/capture/capture-event.ts';
import type { TakePorts } from '../../lambdas/capture/take-message.ts';
import type { Slice } from '../../lambdas/core/capture-message.ts';
import type { SourceEvent } from '../../lambdas/core/event.ts';
import { Broken, Later, Refused } from '../../lambdas/core/failures.ts';
import { CaptureWorld, gone, leadgen, page, STARTED } from '../fixtures/capture-world.ts';

const key = 'source/meta_event_1.json';

/** Works on one lead of a page, or on the slice that holds it. */
async function take(
  world: CaptureWorld,
  { event = leadgen('9001'), slice, change }: { event?: SourceEvent; slice?: Slice; change?: Partial<TakePorts> } = {},
): Promise<Captures | undefined> {
  const delivery = world.deliver([event]);
  world.queue.pop();
  const [result] = await capture(delivery, slice, { ...world.ports().ports, ...change });
  return result;
}
const retried = (retry: 'released' | 'probe'): Slice => ({ v: 1, key, from: 0, to: 1, retry });

describe('a lead that came as an id', () => {
  it('is read with the token of its page, and kept as it was received before anything else is', async () => {
    const world = new CaptureWorld(page);
    world.records.set('9001', '{ "name":"Zoë Müller" }');
    expect(await take(world)).toMatchObject({ outcome: 'done', started: true, tenant: 'north' });
    expect(world.asked).toEqual(['9001 with token-1']);
    expect(world.details.get('north meta 9001')).toBe('{ "name":"Zoë Müller" }');
    expect(world.leads.get('north 9001')?.facts.display_name).toBe('Zoë Müller');
    expect(world.writes).toEqual(['details', 'list', 'lead', 'message', 'queuedAt', 'event']);
    expect(world.events.get('north 9001')).toEqual({ outcome: 'done', readAt: STARTED });
  });

  it('costs no call where its event is done with', async () => {
    const world = new CaptureWorld(page);
    await take(world);
    expect(await take(world)).toMatchObject({ outcome: 'duplicate', reason: 'already done' });
    expect(world.asked).toHaveLength(1);
  });

  it('that the vendor’s testing tool made is a test', async () => {
    const world = new CaptureWorld(page);
    world.records.set('9001', '{"name":"TEST"}');
    await take(world);
    expect(world.leads.get('north 9001')?.isTest).toBe(true);
  });

  it('whose record came with it, since it is a test of ours, needs no token and no call', async () => {
    const world = new CaptureWorld({ ...page, refused: { since: STARTED, token: 'v1' } });
    world.tokens.clear();
    const event = leadgen('9001', { isTest: true, record: '{"name":"Zoë Test"}' });
    expect(await take(world, { event })).toMatchObject({ outcome: 'done', started: true });
    expect(world.asked).toEqual([]);
    expect(world.leads.get('north 9001')).toMatchObject({ isTest: true, facts: { display_name: 'Zoë Test' } });
    expect(world.accounts.get(page.id)?.refused).toEqual({ since: STARTED, token: 'v1' });
    expect(world.events.get('north 9001')).not.toHaveProperty('readAt', expect.anything());
  });
});

describe('what the vendor says instead of a lead', () => {
  it.each<[string, Error, { outcome: string; reason: string; parked: number; refused: boolean; later: number }]>([
    [
      'that the lead is not there',
      gone(),
      {
        outcome: 'broken',
        reason: 'Meta has no such lead, or does not show it (Graph API: code 100, subcode 33)',
        parked: 0,
        refused: false,
        later: 0,
      },
    ],
    [
      'that this token may not read it',
      new Refused('Graph API: code 200'),
      {
        outcome: 'parked',
        reason:
          'The Meta Page Access Token for page_id: 1001 may not read this lead (Graph API: code 200). Give it the right, or replace it with npm run pages -- token 1001',
        parked: 1,
        refused: false,
        later: 0,
      },
    ],
    [
      'something that is no lead',
      new Broken('the record is not JSON'),
      { outcome: 'broken', reason: 'the record is not JSON', parked: 0, refused: false, later: 0 },
    ],
    [
      'that it can’t now',
      new Later('Graph API: 503'),
      {
        outcome: 'parked',
        reason: 'Failed to fetch lead details (Graph API: 503)',
        parked: 0,
        refused: false,
        later: 1,
      },
    ],
  ])('%s: what is recorded, parked and sent', async (_, failure, { outcome, reason, parked, refused, later }) => {
    const world = new CaptureWorld(page);
    world.records.set('9001', failure);
    expect(await take(world)).toMatchObject({ reason });
    expect(world.events.get('north 9001')).toMatchObject({ outcome, reason });
    expect(world.events.get('north 9001')?.waitingUntil !== undefined).toBe(later > 0);
    expect([...world.parked.values()].map((one) => one.reason)).toEqual(Array<string>(parked).fill(reason));
    expect(world.accounts.get(page.id)?.refused !== undefined).toBe(refused);
    expect(world.slices).toHaveLength(later);
    expect(world.isWatched).toBe(parked > 0);
    expect(world.leads.size).toBe(0);
    expect(world.started).toEqual([]);
  });

  it('that the token is no good: the lead is parked, and which version of the token it was is noted', async () => {
    const world = new CaptureWorld(page);
    world.valid.clear();
    const reason =
      'Invalid Meta Page Access Token for page_id: 1001 (Graph API: code 190, subcode 463). Replace it with npm run pages -- token 1001';
    expect(await take(world)).toMatchObject({ outcome: 'parked', reason });
    expect(world.events.get('north 9001')).toEqual({ outcome: 'parked', reason });
    expect([...world.parked.values()]).toEqual([
      {
        tenant: 'north',
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
    expect(world.accounts.get(page.id)).toMatchObject({ refused: { since: STARTED, token: 'v1' } });
    expect(world.isWatched).toBe(true);
    expect(world.slices).toEqual([]);
  });

  it('that this token may not read it: no other is looked for, since this one is taken', async () => {
    const world = new CaptureWorld(page);
    world.records.set('9001', new Refused('Graph API: code 200'));
    const freshTokenOf = () => Promise.reject(new Error('there is no need to read it anew'));
    expect(await take(world, { change: { freshTokenOf } })).toMatchObject({ outcome: 'parked' });
  });

  it.each([
    ['nobody filled it in', { version: 'v1' }],
    ['it is empty', { value: '', version: 'v1' }],
  ])('that there is no token, which it need not be asked for: %s', async (_, token) => {
    const world = new CaptureWorld(page);
    world.tokens.set(page.id, token);
    expect(await take(world)).toMatchObject({
      outcome: 'parked',
      reason:
        'Invalid Meta Page Access Token for page_id: 1001 (there is none). Replace it with npm run pages -- token 1001',
    });
    expect(world.asked).toEqual([]);
  });

  it('anything else fails, to be tried again, and is recorded as nothing', async () => {
    const world = new CaptureWorld(page);
    world.records.set('9001', new TypeError('a mistake of ours'));
    await expect(take(world)).rejects.toThrow('a mistake of ours');
    expect(world.writes).toEqual([]);
  });

  it('a lead whose record speaks of another one is broken, and its record is not kept', async () => {
    const world = new CaptureWorld(page);
    const understand = () => {
      throw new Broken('the answer is about another lead');
    };
    expect(await take(world, { change: { understand } })).toMatchObject({
      outcome: 'broken',
      reason: 'the answer is about another lead',
    });
    expect(world.details.size).toBe(0);
  });

  it('a source that names leads without pages can not be read at all, which is a mistake of ours', async () => {
    const { account: _, ...event } = leadgen('9001');
    await expect(take(new CaptureWorld(page), { event })).rejects.toThrow('without an account');
  });
});

describe('a page whose token is refused', () => {
  const refusedPage = { ...page, refused: { since: '2026-03-05T09:00:00.000Z', token: 'v1' } };

  it('costs no call to the vendor: its leads are parked as they come', async () => {
    const world = new CaptureWorld(refusedPage);
    world.valid.clear();
    for (const id of ['9001', '9002', '9003']) await take(world, { event: leadgen(id) });
    expect(world.asked).toEqual([]);
    expect(world.parked.size).toBe(3);
    expect(world.reasonOf('9003')).toContain('Invalid Meta Page Access Token for page_id: 1001 (refused before)');
  });

  it('is noted once and keeps the time of the first refusal', async () => {
    const world = new CaptureWorld(page);
    world.valid.clear();
    await take(world);
    for (const id of ['9002', '9003']) {
      world.now += 60_000;
      await take(world, { event: leadgen(id) });
    }
    expect(world.writes.filter((write) => write === 'refused')).toHaveLength(1);
    expect(world.accounts.get(page.id)?.refused).toEqual({ since: STARTED, token: 'v1' });
    expect(world.asked).toEqual(['9001 with token-1']);
  });

  it('is found out once by a delivery of many leads', async () => {
    const world = new CaptureWorld(page);
    world.valid.clear();
    const delivery = world.deliver(Array.from({ length: 25 }, (_, n) => leadgen(String(9001 + n))));
    await capture(delivery, undefined, world.ports().ports);
    expect(world.parked.size).toBe(25);
    // Four are under way when the first answer comes.
    expect(world.asked.length).toBeLessThanOrEqual(8);
    expect(new Set([...world.parked.values()].map(({ account }) => account))).toEqual(new Set(['1001']));
  });

  it('is tried at once with a token that is another one, and the parked leads follow', async () => {
    const world = new CaptureWorld(page);
    world.valid.clear();
    await take(world);
    world.now += 60_000;
    world.replaceToken('token-2', 'v2');
    expect(await take(world, { event: leadgen('9002') })).toMatchObject({ outcome: 'done' });
    expect(world.asked).toEqual(['9001 with token-1', '9002 with token-2']);
    expect(world.accounts.get(page.id)?.refused).toBeUndefined();
    expect(world.slices).toEqual([retried('released')]);
    expect(world.parked.size).toBe(0);
  });

  it('is read with the other token at once by a function that knows no older one', async () => {
    const world = new CaptureWorld(refusedPage);
    world.replaceToken('token-2', 'v2');
    const freshTokenOf = () => Promise.reject(new Error('there is no need to read it anew'));
    expect(await take(world, { change: { freshTokenOf } })).toMatchObject({ outcome: 'done' });
    expect(world.asked).toEqual(['9001 with token-2']);
  });

  it('does not have its token read anew with each lead of it', async () => {
    const world = new CaptureWorld(page);
    world.valid.clear();
    await take(world);
    world.replaceToken('token-2', 'v2');
    world.now += 29_000;
    expect(await take(world, { event: leadgen('9002') })).toMatchObject({ outcome: 'parked' });
    world.now += 1000;
    expect(await take(world, { event: leadgen('9003') })).toMatchObject({ outcome: 'done' });
  });

  it('that has the wrong token again is refused with that one, noted as such', async () => {
    const world = new CaptureWorld(page);
    world.valid.clear();
    await take(world);
    world.now += 60_000;
    world.replaceToken('token-2', 'v2', false);
    expect(await take(world, { event: leadgen('9002') })).toMatchObject({ outcome: 'parked' });
    expect(world.asked).toEqual(['9001 with token-1', '9002 with token-2']);
    expect(world.accounts.get(page.id)?.refused).toEqual({ since: '2026-03-05T13:31:02.000Z', token: 'v2' });
  });

  it('whose token was replaced a moment ago is read with the new one, though the old one is what we knew', async () => {
    const world = new CaptureWorld(page);
    await take(world);
    world.replaceToken('token-2', 'v2');
    expect(await take(world, { event: leadgen('9002') })).toMatchObject({ outcome: 'done' });
    expect(world.asked).toEqual(['9001 with token-1', '9002 with token-1', '9002 with token-2']);
    expect(world.writes).not.toContain('refused');
  });

  it('goes on being refused where the secret store fails: the lead is tried again', async () => {
    const world = new CaptureWorld(refusedPage);
    const freshTokenOf = () => Promise.reject(new Error('Secrets Manager is down'));
    await expect(take(world, { change: { freshTokenOf } })).rejects.toThrow('Secrets Manager is down');
    expect(world.writes).toEqual([]);
  });
});

describe('a lead that was parked', () => {
  const refused = { ...page, refused: { since: STARTED, token: 'v1' } };

  it('and is released is read with the token that there is, whatever became of it before', async () => {
    const world = new CaptureWorld(refused);
    expect(await take(world, { slice: retried('released') })).toMatchObject({ outcome: 'done' });
    expect(world.asked).toEqual(['9001 with token-1']);
  });

  it('and is tried for the others lets them follow when it can be read', async () => {
    const world = new CaptureWorld(page);
    for (const id of ['9002', '9003']) {
      world.records.set(id, new Refused('Graph API: code 200'));
      await take(world, { event: leadgen(id) });
    }
    world.queue = [];
    expect(await take(world, { slice: retried('probe') })).toMatchObject({ outcome: 'done' });
    expect(world.slices.map(({ retry }) => retry)).toEqual(['released', 'released']);
    expect(world.parked.size).toBe(0);
  });

  it('and is tried for the others clears what was noted of the token when it can be read', async () => {
    const world = new CaptureWorld(refused);
    expect(await take(world, { slice: retried('probe') })).toMatchObject({ outcome: 'done' });
    expect(world.accounts.get(page.id)?.refused).toBeUndefined();
  });

  it('and is tried for the others leaves them where they are when it can not', async () => {
    const world = new CaptureWorld(refused);
    world.valid.clear();
    for (const id of ['9002', '9003']) await take(world, { event: leadgen(id) });
    expect(await take(world, { slice: retried('probe') })).toMatchObject({ outcome: 'parked' });
    expect(world.asked).toEqual(['9001 with token-1']);
    expect(world.slices).toEqual([]);
    expect([...world.parked.keys()]).toHaveLength(3);
  });

  it('lets nobody follow where the page was never refused: one lead that can be read says nothing of others', async () => {
    const world = new CaptureWorld(page);
    world.records.set('9002', new Refused('Graph API: code 200'));
    await take(world, { event: leadgen('9002') });
    await take(world);
    expect(world.parked.size).toBe(1);
    expect(world.slices).toEqual([]);
  });
});

describe('a lead that its vendor does not have any more', () => {
  it('is told from what was kept of it, when the function died after that', async () => {
    const world = new CaptureWorld(page);
    world.details.set('north meta 9001', '{"name":"Zoë Müller"}');
    world.records.set('9001', gone());
    expect(await take(world)).toMatchObject({ outcome: 'done', started: true });
    expect(world.leads.get('north 9001')?.facts.display_name).toBe('Zoë Müller');
    expect(world.details.get('north meta 9001')).toBe('{"name":"Zoë Müller"}');
  });

  it('is broken where nothing was kept, or of another lead only', async () => {
    const world = new CaptureWorld(page);
    world.details.set('north meta 9002', '{"name":"Ada"}');
    world.records.set('9001', gone());
    expect(await take(world)).toMatchObject({ outcome: 'broken' });
  });

  it('is broken where only another tenant was told of it: its page can’t be named to see what theirs was told', async () => {
    const world = new CaptureWorld(page);
    world.details.set('south meta 9001', '{"name":"Ada"}');
    world.records.set('9001', gone());
    expect(await take(world)).toMatchObject({ outcome: 'broken' });
    expect(world.leads.size).toBe(0);
  });

  it('comes from the vendor wherever it has the lead: what was kept may be old', async () => {
    const world = new CaptureWorld(page);
    world.details.set('north meta 9001', '{"name":"Zoë Müller"}');
    world.records.set('9001', '{"name":"Zoë Renamed"}');
    await take(world);
    expect(world.leads.get('north 9001')?.facts.display_name).toBe('Zoë Renamed');
    expect(world.details.get('north meta 9001')).toBe('{"name":"Zoë Renamed"}');
  });
});
