import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import type * as ChannelTable from '../../lambdas/aws/channel-table.ts';
import type * as LeadTable from '../../lambdas/aws/lead-table.ts';
import { fullFacts } from '../fixtures/lead.ts';
import { startTable, TABLE } from '../fixtures/table.ts';

let table: Awaited<ReturnType<typeof startTable>>;
let channels: typeof ChannelTable;
let leads: typeof LeadTable;
beforeAll(async () => {
  table = await startTable();
  channels = await import('../../lambdas/aws/channel-table.ts');
  leads = await import('../../lambdas/aws/lead-table.ts');
});
afterAll(() => table.stop());

/** Each test has a lead and a tenant of its own. */
let id: { tenant: string; lead_id: string };
let count = 0;
beforeEach(() => {
  count += 1;
  id = { tenant: `team-${count}`, lead_id: 'lead_Zq3' };
});

const lease = (now: number, until = now + 20_000, channel = 'slack') =>
  channels.leaseChannel(TABLE, id, channel, { now, until });
const settle = (state: 'waiting' | 'told' | 'refused', detail = 'ok') =>
  channels.settleChannel(TABLE, id, 'slack', { state, detail, at: '2026-03-05T13:40:02.000Z' });

describe('the right to tell a lead on a channel', () => {
  it('is given to one of any number who ask at the same time', async () => {
    const taken = await Promise.all(Array.from({ length: 64 }, () => lease(1000)));
    expect(taken.filter((record) => record !== undefined)).toHaveLength(1);
  });

  it('is nobody else’s until it ends', async () => {
    expect(await lease(1000)).toMatchObject({ channel: 'slack', state: 'leased', leasedUntil: 21_000, attempts: 1 });
    expect(await lease(20_999)).toBeUndefined();
    expect(await lease(21_000)).toMatchObject({ leasedUntil: 41_000, attempts: 2 });
  });

  it('is free again after a wait or a refusal, and counts the tries', async () => {
    await lease(1000);
    await settle('waiting', 'Slack answered 500');
    expect(await lease(1001)).toMatchObject({ attempts: 2 });
    await settle('refused', 'Slack answered 410');
    expect(await lease(1002)).toMatchObject({ attempts: 3 });
  });

  it('is over once it was told, for ever', async () => {
    await lease(1000);
    await settle('told');
    expect(await lease(1001)).toBeUndefined();
    expect(await lease(Date.parse('9999-01-01'))).toBeUndefined();
  });

  it('is each channel’s own', async () => {
    await lease(1000);
    expect(await lease(1000, 21_000, 'email')).toMatchObject({ channel: 'email', attempts: 1 });
  });
});

it('what was told of a lead is read together with it', async () => {
  const created = {
    receivedAt: '2026-03-05T13:30:01.000Z',
    dueAt: '2026-03-05T13:40:01.000Z',
    rawKey: 'k',
    isTest: false,
  };
  await leads.saveLead(
    TABLE,
    { ...id, source: 'close', facts: fullFacts, asOf: '2026-03-05T13:30:00.000Z', created },
    created.receivedAt,
  );
  await lease(1000);
  await settle('told', 'ok');
  await lease(1000, 21_000, 'email');
  const known = await leads.leadOf(TABLE, id);
  expect(known?.lead.lead_id).toBe('lead_Zq3');
  expect(known?.channels).toEqual([
    expect.objectContaining({ channel: 'email', state: 'leased', leasedUntil: 21_000, attempts: 1 }),
    expect.objectContaining({ channel: 'slack', state: 'told', attempts: 1, receipt: 'ok' }),
  ]);
  expect(known?.channels[1]).not.toHaveProperty('leasedUntil');
});

const reserve = (now: number, channel = 'slack') =>
  channels.reserveSlot(TABLE, { tenant: id.tenant, channel }, { now, spacing: 1100 });

describe('the moments of a channel', () => {
  it('lie apart as asked, and the first is now', async () => {
    expect(await reserve(1_000_000)).toBe(1_000_000);
    expect(await reserve(1_000_000)).toBe(1_001_100);
    expect(await reserve(1_000_500)).toBe(1_002_200);
  });

  it('are never in the past', async () => {
    await reserve(1_000_000);
    expect(await reserve(9_000_000)).toBe(9_000_000);
    expect(await reserve(9_000_000)).toBe(9_001_100);
  });

  it('are given to one each of many who ask at the same time', async () => {
    const slots = await Promise.all(Array.from({ length: 40 }, () => reserve(1_000_000)));
    expect(slots.sort((a, b) => a - b)).toEqual(Array.from({ length: 40 }, (_, index) => 1_000_000 + index * 1100));
  });

  it('are each channel’s and each tenant’s own', async () => {
    await reserve(1_000_000);
    expect(await reserve(1_000_000, 'email')).toBe(1_000_000);
  });
});

const miss = (hit: boolean) => channels.countMiss(TABLE, { tenant: id.tenant, directory: 'lookup' }, hit);

it('misses of an owner directory are counted in a row', async () => {
  expect(await miss(false)).toBe(1);
  expect(await miss(false)).toBe(2);
  expect(await miss(true)).toBe(0);
  expect(await miss(false)).toBe(1);
});

it('fails where the table does', async () => {
  await expect(channels.leaseChannel('no-such-table', id, 'slack', { now: 1, until: 2 })).rejects.toMatchObject({
    name: 'ResourceNotFoundException',
  });
  await expect(
    channels.reserveSlot('no-such-table', { tenant: 'north', channel: 'slack' }, { now: 1, spacing: 2 }),
  ).rejects.toMatchObject({ name: 'ResourceNotFoundException' });
});
