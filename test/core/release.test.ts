import { describe, expect, it } from '@jest/globals';
import type { Parked } from '../../lambdas/core/account.ts';
import type { Slice } from '../../lambdas/core/capture-message.ts';
import { NOBODY } from '../../lambdas/core/account.ts';
import { release, type ReleasePorts } from '../../lambdas/core/release.ts';
import { Crash, crashing } from '../fixtures/crashing.ts';

const page = { source: 'meta', id: '6041', tenant: 'north' };
const parked = (index: number, change: Partial<Parked> = {}): Parked => ({
  tenant: 'north',
  source: 'meta',
  account: '6041',
  // By their ids in the order of their numbers.
  eventId: String(1000 + index),
  leadId: String(1000 + index),
  rawKey: 'source/meta_event_abc.json',
  index,
  reason: 'Invalid Meta Page Access Token',
  at: '2026-03-05T13:30:02.000Z',
  ...change,
});
const many = (count: number, change?: Partial<Parked>) =>
  Array.from({ length: count }, (_, index) => parked(index, change));
const idsOf = (slices: Slice[]) => slices.map(({ from }) => String(1000 + from));

/** The rows as the table holds them, and what was sent. */
function worldWith(rows: Parked[]) {
  const world = { rows: [...rows], sent: [] as Slice[], batches: [] as number[], forgotten: [] as string[] };
  const isSame = (a: Parked, b: Parked) => a.eventId === b.eventId && a.tenant === b.tenant && a.account === b.account;
  const ports: ReleasePorts = {
    parkedOf: async ({ tenant, source, account }, { after = '', limit }) =>
      world.rows
        .filter((row) => row.tenant === tenant && row.source === source && row.account === account)
        .filter(({ eventId }) => eventId > after)
        .toSorted((a, b) => (a.eventId < b.eventId ? -1 : 1))
        .slice(0, limit),
    sendToCapture: async (slices) => {
      world.batches.push(slices.length);
      world.sent.push(...slices);
    },
    unpark: async (one) => {
      world.rows = world.rows.filter((row) => !(isSame(row, one) && row.at === one.at));
    },
    forgetNobodys: async ({ eventId }) => void world.forgotten.push(eventId),
  };
  return { world, ports };
}

describe('what was parked for a page', () => {
  it('goes to capture once more, each event alone, and is parked no longer', async () => {
    const { world, ports } = worldWith([parked(3), parked(7, { rawKey: 'source/meta_event_1007.json', index: 0 })]);
    expect(await release(page, ports)).toBe(2);
    expect(world.sent).toEqual([
      { v: 1, key: 'source/meta_event_abc.json', from: 3, to: 4, retry: 'released' },
      { v: 1, key: 'source/meta_event_1007.json', from: 0, to: 1, retry: 'released' },
    ]);
    expect(world.rows).toEqual([]);
  });

  it('is nothing where nothing was', async () => {
    const { world, ports } = worldWith([]);
    expect(await release(page, ports)).toBe(0);
    expect(world.sent).toEqual([]);
  });

  it('is not what was parked for another page, source or tenant', async () => {
    const others = [parked(1, { account: '7188' }), parked(2, { source: 'hubspot' }), parked(3, { tenant: 'south' })];
    const { world, ports } = worldWith([...others, parked(4)]);
    expect(await release(page, ports)).toBe(1);
    expect(idsOf(world.sent)).toEqual(['1004']);
    expect(world.rows).toEqual(others);
  });

  it.each([99, 100, 101, 250])('goes a hundred at a time, all %i of it', async (count) => {
    const { world, ports } = worldWith(many(count));
    expect(await release(page, ports)).toBe(count);
    expect(idsOf(world.sent)).toEqual(many(count).map(({ eventId }) => eventId));
    expect(Math.max(...world.batches)).toBeLessThanOrEqual(100);
    expect(world.rows).toEqual([]);
  });

  it('by nobody is forgotten as nobody’s; by its tenant it is not', async () => {
    const ours = worldWith([parked(1)]);
    await release(page, ours.ports);
    expect(ours.world.forgotten).toEqual([]);
    const nobodys = worldWith(many(2, { tenant: NOBODY }));
    expect(await release({ ...page, tenant: NOBODY }, nobodys.ports)).toBe(2);
    expect(nobodys.world.forgotten).toEqual(['1000', '1001']);
  });
});

it('an event that was parked once more meanwhile stays parked, and is not sent in circles', async () => {
  const { world, ports } = worldWith(many(150));
  const sendToCapture: ReleasePorts['sendToCapture'] = async (slices) => {
    await ports.sendToCapture(slices);
    // Capture was quicker than we are, and its token was refused again.
    const again = slices.map(({ from }) => parked(from, { at: '2026-03-05T13:31:00.000Z' }));
    world.rows = [...world.rows.filter(({ index }) => !slices.some(({ from }) => from === index)), ...again];
  };
  expect(await release(page, { ...ports, sendToCapture })).toBe(150);
  expect(world.sent).toHaveLength(150);
  expect(world.rows.map(({ at }) => at)).toEqual(Array.from({ length: 150 }, () => '2026-03-05T13:31:00.000Z'));
});

it('is not forgotten where it could not be sent', async () => {
  const { world, ports } = worldWith(many(3, { tenant: NOBODY }));
  const sendToCapture = () => Promise.reject(new Error('SQS is down'));
  await expect(release({ ...page, tenant: NOBODY }, { ...ports, sendToCapture })).rejects.toThrow('SQS is down');
  expect(world.rows).toHaveLength(3);
  expect(world.forgotten).toEqual([]);
});

describe('a crash, wherever it comes,', () => {
  const whole = async (tenant: string) => {
    const { world, ports } = worldWith(many(12, { tenant }));
    const run = crashing(ports);
    await release({ ...page, tenant }, run.ports);
    return { calls: run.calls(), sent: world.sent };
  };

  it.each(['north', NOBODY])(
    'loses nothing of %s’s: what was not sent is still parked, and goes the next time',
    async (tenant) => {
      const { calls } = await whole(tenant);
      expect(calls).toBeGreaterThan(12);
      for (let call = 1; call <= calls; call += 1) {
        for (const carriedOut of [false, true]) {
          const { world, ports } = worldWith(many(12, { tenant }));
          const dying = crashing(ports, { call, carriedOut });
          await expect(release({ ...page, tenant }, dying.ports)).rejects.toThrow(Crash);
          const known = new Set([...idsOf(world.sent), ...world.rows.map(({ eventId }) => eventId)]);
          expect(known.size).toBe(12);
          await release({ ...page, tenant }, ports);
          expect(new Set(idsOf(world.sent)).size).toBe(12);
          expect(world.rows).toEqual([]);
        }
      }
    },
  );

  it('leaves no event behind that is neither parked nor nobody’s any more', async () => {
    const { calls } = await whole(NOBODY);
    for (let call = 1; call <= calls; call += 1) {
      const { world, ports } = worldWith(many(12, { tenant: NOBODY }));
      const dying = crashing(ports, { call, carriedOut: true });
      await expect(release({ ...page, tenant: NOBODY }, dying.ports)).rejects.toThrow(Crash);
      const gone = many(12).filter(({ eventId }) => !world.rows.some((row) => row.eventId === eventId));
      expect(world.forgotten).toEqual(expect.arrayContaining(gone.map(({ eventId }) => eventId)));
    }
  });
});
