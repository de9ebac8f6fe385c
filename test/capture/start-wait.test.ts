import { describe, expect, it } from '@jest/globals';
import { capture } from '../../lambdas/capture/capture.ts';
import { takeMessage } from '../../lambdas/capture/take-message.ts';
import type { Account } from '../../lambdas/core/account.ts';
import { Later } from '../../lambdas/core/failures.ts';
import { close } from '../../lambdas/sources/close/index.ts';
import { CaptureWorld, leadgen, leadgens, page, RECEIVED } from '../fixtures/capture-world.ts';
import { fullFacts } from '../fixtures/lead.ts';

const owned: Account = { ...page, owner: 'Ada Lovelace', ownerEmail: 'ada@example.com' };

/** A lead of this page as it was captured, and its wait. */
async function captured(
  account: Account,
  wait: CaptureWorld['wait'],
  receivedAt = RECEIVED,
  timeZone = 'Europe/Berlin',
) {
  const world = new CaptureWorld(account);
  world.wait = wait;
  world.timeZones = { north: timeZone };
  const delivery = { ...world.deliver([leadgen('9001')]), receivedAt };
  await capture(delivery, undefined, world.ports().ports);
  const [message] = world.started;
  const lead = world.leads.get('north 9001');
  return { world, lead, message };
}

describe('the wait of a new lead', () => {
  it.each<[string, Account, CaptureWorld['wait'], string]>([
    ['is the delay of its source', page, { delay: 600, forOwner: false }, '2026-03-05T13:40:01.000Z'],
    [
      'is that delay too where its page names an owner',
      owned,
      { delay: 600, forOwner: false },
      '2026-03-05T13:40:01.000Z',
    ],
    [
      'is over at once where it waits for an owner and its page names one',
      owned,
      { delay: 600, forOwner: true },
      RECEIVED,
    ],
    [
      'is the delay where it waits for an owner and its page names none',
      page,
      { delay: 600, forOwner: true },
      '2026-03-05T13:40:01.000Z',
    ],
    ['is over at once where there is no delay', page, { delay: 0, forOwner: false }, RECEIVED],
  ])('%s', async (_, account, wait, dueAt) => {
    const { lead, message } = await captured(account, wait);
    expect(lead?.dueAt).toBe(dueAt);
    expect(message?.notBefore).toBe(dueAt);
  });

  it('is counted from when the delivery came in, however late it is captured', async () => {
    const { lead } = await captured(page, { delay: 600, forOwner: false }, '2026-03-04T08:00:00.000Z');
    expect(lead?.dueAt).toBe('2026-03-04T08:10:00.000Z');
  });

  it('is the one it was given first, also where its page got an owner since', async () => {
    const { world } = await captured(page, { delay: 600, forOwner: true });
    world.accounts.set(page.id, owned);
    await capture(
      world.deliver([leadgen('9001', { id: 'again' })], 'source/other.json'),
      undefined,
      world.ports().ports,
    );
    expect(world.started).toHaveLength(1);
    expect(world.leads.get('north 9001')?.dueAt).toBe('2026-03-05T13:40:01.000Z');
    expect(world.leads.get('north 9001')?.accountOwner).toBeUndefined();
  });
});

describe('a lead whose function died right after it was kept', () => {
  it('has the wait that it was given then, though another delivery begins it', async () => {
    const world = new CaptureWorld(page);
    const first = world.deliver([leadgen('9001')]);
    const { ports } = world.ports();
    const startWait = () => Promise.reject(new Error('the function died'));
    await expect(capture(first, undefined, { ...ports, startWait })).rejects.toThrow('the function died');
    const later = { ...world.deliver([leadgen('9001')], 'source/other.json'), receivedAt: '2026-03-05T15:00:00.000Z' };
    await capture(later, undefined, ports);
    expect(world.started).toMatchObject([{ notBefore: '2026-03-05T13:40:01.000Z' }]);
  });
});

describe('a lead that no webhook brought', () => {
  async function fetched(occurredAt: string, more: { isQuiet?: boolean } = {}) {
    const world = new CaptureWorld(page);
    const delivery = { ...world.deliver([leadgen('9001', { occurredAt })]), isBackfill: true, ...more };
    await capture(delivery, undefined, world.ports().ports);
    return { lead: world.leads.get('north 9001'), message: world.started[0] };
  }

  it('waits as any other, and says since when its vendor has it', async () => {
    const { lead, message } = await fetched('2026-03-05T12:00:00.000Z');
    expect(lead).toMatchObject({ lateSince: '2026-03-05T12:00:00.000Z', dueAt: '2026-03-05T13:40:01.000Z' });
    expect([lead?.isBulk, lead?.isQuiet, message?.bulk]).toEqual([undefined, undefined, undefined]);
  });

  it('is told with others where it is over a day old', async () => {
    expect((await fetched('2026-03-04T13:30:01.000Z')).lead?.isBulk).toBeUndefined();
    const { lead, message } = await fetched('2026-03-04T13:30:00.000Z');
    expect([lead?.isBulk, message?.bulk]).toEqual([true, true]);
  });

  it('is told to nobody where it was fetched like that', async () => {
    expect((await fetched('2026-03-05T12:00:00.000Z', { isQuiet: true })).lead?.isQuiet).toBe(true);
  });
});

describe('a new lead of Meta', () => {
  it('is new, in the list of Meta’s leads, and has its id in a remark', async () => {
    const { lead } = await captured(page, { delay: 600, forOwner: false });
    expect(lead).toMatchObject({
      list: 'Meta Ads Leads',
      remark: 'Meta Lead ID: 9001',
      status: 'new',
      account: '1001',
    });
  });

  it('knows the user of its page, with an address where there is one', async () => {
    const wait = { delay: 600, forOwner: false };
    expect((await captured(owned, wait)).lead?.accountOwner).toEqual({
      name: 'Ada Lovelace',
      email: 'ada@example.com',
    });
    const { ownerEmail: _, ...nameless } = owned;
    expect((await captured(nameless, wait)).lead?.accountOwner).toEqual({ name: 'Ada Lovelace', email: null });
    expect((await captured(page, wait)).lead?.accountOwner).toBeUndefined();
  });

  it.each([
    ['2026-03-05T22:59:59.000Z', 'Europe/Berlin', '2026-03-05'],
    ['2026-03-05T23:00:00.000Z', 'Europe/Berlin', '2026-03-06'],
    ['2026-03-06T02:59:59.000Z', 'America/Santiago', '2026-03-05'],
    ['2026-03-06T03:00:00.000Z', 'America/Santiago', '2026-03-06'],
    ['2026-03-28T22:59:59.000Z', 'Europe/Berlin', '2026-03-28'],
    ['2026-03-29T21:59:59.000Z', 'Europe/Berlin', '2026-03-29'],
    ['2026-03-29T22:00:00.000Z', 'Europe/Berlin', '2026-03-30'],
    ['2026-12-31T10:00:00.000Z', 'Pacific/Kiritimati', '2027-01-01'],
  ])('received at %s is to be called today, which in %s is %s', async (receivedAt, timeZone, day) => {
    const { lead } = await captured(page, { delay: 600, forOwner: false }, receivedAt, timeZone);
    expect(lead?.nextCallDate).toBe(day);
  });

  it('has its list made with the first of them, for each tenant, and not once more', async () => {
    const world = new CaptureWorld(page, { ...page, id: '2002', tenant: 'south' });
    world.tokens.set('2002', { value: 'token-1', version: 'v1' });
    world.deliver([...leadgens(3), leadgen('9101', { account: '2002' })]);
    await world.pass(1);
    const list = {
      name: 'Meta Ads Leads',
      description: 'Leads automatically imported from Meta Ads',
      nameless: 'Meta Lead',
      companyless: 'Meta Ads',
    };
    expect(world.lists).toEqual([
      { tenant: 'north', ...list },
      { tenant: 'south', ...list },
    ]);
  });

  it('is in its list before it is in the table: whoever sees the lead finds the list', async () => {
    const { world } = await captured(page, { delay: 600, forOwner: false });
    expect(world.writes.indexOf('list')).toBeLessThan(world.writes.indexOf('lead'));
  });
});

it('a lead of Close is in no list, has no remark and no page, and is to be called today all the same', async () => {
  const world = new CaptureWorld();
  const event = { id: 'ev_1', type: 'lead.created', leadId: 'lead_Zq3', effect: 'new_lead' as const, facts: fullFacts };
  await capture({ ...world.deliver([event]), source: close, tenant: 'north' }, undefined, world.ports().ports);
  expect(world.lists).toEqual([]);
  expect(world.leads.get('north lead_Zq3')).toMatchObject({
    list: undefined,
    remark: undefined,
    account: undefined,
    accountOwner: undefined,
    status: 'new',
    nextCallDate: '2026-03-05',
  });
});

it('a lead of a delivery that was found unread knows when that was, and what', async () => {
  const world = new CaptureWorld(page);
  const key = world.deliver([leadgen('9001'), leadgen('9002')]).rawKey;
  world.queue = [];
  const rescuedAt = '2026-03-05T13:55:00.000Z';
  world.records.set('9002', new Later('Graph API: 503'));
  await takeMessage(JSON.stringify({ v: 1, key, from: 0, to: 2, rescuedAt }), 1, world.ports().ports);
  world.records.clear();
  await world.pass(1);
  const rescues = [{ at: rescuedAt, what: 'not_captured' }];
  expect(world.leads.get('north 9001')?.rescues).toEqual(rescues);
  expect(world.leads.get('north 9002')?.rescues).toEqual(rescues);
});
