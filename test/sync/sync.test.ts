import { describe, expect, it } from '@jest/globals';
import { Later, TokenRefused } from '../../lambdas/core/failures.ts';
import { CursorExpired } from '../../lambdas/core/listing.ts';
import { listed, MINUTE, PAGE, START, syncWorld } from '../fixtures/sync-world.ts';

const JOB = '6f1e7c1a-0000-4000-8000-000000000001';
const nothing = { vendor: 0, ours: 0 };
const ids = (count: number, from = 0) => Array.from({ length: count }, (_, n) => `lead_${from + n}`);

describe('a comparison', () => {
  it('with nothing missing asks once for each page of results, and both counts are equal', async () => {
    const { world, compare } = syncWorld();
    world.vendor = ids(5).map((id, n) => listed(id, n));
    world.ours = new Set(ids(5));
    world.now = START + 60 * MINUTE;
    await compare();
    expect(world.asked).toEqual([undefined, '2', '4']);
    expect(world.row).toMatchObject({ settled: { vendor: 5, ours: 5 }, recent: { vendor: 0, ours: 0 } });
    expect(world.row?.settledUntil).toBe(world.now - 15 * MINUTE);
    expect(world.bucket.size).toBe(0);
  });

  it.each([0, 1, 2, 3, 4, 5])('fetches each of %i missing leads once, whatever page it stands on', async (count) => {
    const { world, compare } = syncWorld();
    world.vendor = ids(count).map((id, n) => listed(id, n));
    world.now = START + 60 * MINUTE;
    await compare();
    expect([...world.bucket.values()].flatMap((one) => one.ids).sort()).toEqual(ids(count));
    expect(world.row).toMatchObject({ settled: { vendor: count, ours: count }, backfilled: count });
    expect(world.row?.missingSince).toBeUndefined();
    await compare();
    expect(world.bucket.size).toBe(count);
    expect(world.row).toMatchObject({ settled: { vendor: count, ours: count } });
  });

  it('counts each lead once, however often it is listed before the watermark has passed it', async () => {
    const { world, compare } = syncWorld();
    world.vendor = ids(10).map((id, n) => listed(id, n * 7));
    world.ours = new Set(ids(10));
    for (let minute = 5; minute <= 100; minute += 15) {
      world.now = START + minute * MINUTE;
      await compare();
      const { settled = { vendor: 0 }, recent = { vendor: 0 } } = world.row ?? {};
      const made = world.vendor.filter(({ createdAt }) => createdAt < world.now).length;
      expect(settled.vendor + recent.vendor).toBe(made);
    }
  });

  it('leaves alone what was made a moment ago, whose webhook may be under way, unless somebody asked', async () => {
    const { world, compare } = syncWorld();
    world.vendor = [listed('lead_new', 29.9)];
    world.now = START + 30 * MINUTE;
    await compare();
    expect(world.bucket.size).toBe(0);
    expect(world.row?.recent).toEqual({ vendor: 0, ours: 0 });
    await compare({ job: JOB });
    expect(world.bucket.size).toBe(1);
    expect(world.parts.at(-1)).toEqual({ counts: { vendor: 1, ours: 1, missing: 0, put: 1 }, said: undefined });
  });

  it('puts many missing leads together, and a few each by itself', async () => {
    const { world, compare } = syncWorld();
    world.pageSize = 250;
    world.vendor = ids(250).map((id) => listed(id, 1));
    world.now = START + 60 * MINUTE;
    await compare();
    expect([...world.bucket.values()].map((one) => one.ids.length)).toEqual([100, 100, 50]);
    expect(world.row).toMatchObject({ settled: { vendor: 250, ours: 250 } });
  });

  it('moves the watermark only once what was put is here, and at last without it', async () => {
    const { world, compare } = syncWorld();
    world.vendor = [listed('lead_broken', 1)];
    world.now = START + 60 * MINUTE;
    await compare({}, { captures: false });
    expect(world.row).toMatchObject({ settledUntil: START, recent: { vendor: 1, ours: 0 } });
    expect(world.ran.map(({ outcome }) => outcome)).toEqual([
      'checking',
      'checking',
      'checking',
      'checking',
      'differs',
    ]);
    expect(world.row?.missingSince).toBeGreaterThan(START);
    world.now += 61 * MINUTE;
    await compare({}, { captures: false });
    expect(world.row).toMatchObject({ settled: { vendor: 1, ours: 0 } });
    expect(world.row?.settledUntil).toBeGreaterThan(START);
  });

  it('counts a lead of the very second in which its page was connected, since Meta has whole seconds', async () => {
    const { world, compare } = syncWorld({ accountsOf: async () => [{ ...PAGE, connectedAt: START + 900 }] });
    world.vendor = [listed('lead_first', 0)];
    world.now = START + 60 * MINUTE;
    await compare();
    expect(world.row).toMatchObject({ since: START, settled: { vendor: 1, ours: 1 } });
  });

  it('does not fetch again whom somebody had erased', async () => {
    const { world, compare } = syncWorld();
    world.vendor = [listed('lead_gone', 1)];
    world.erased.add('lead_gone');
    world.now = START + 60 * MINUTE;
    await compare();
    expect(world.bucket.size).toBe(0);
    expect(world.row).toMatchObject({ settled: { vendor: 1, ours: 1 } });
  });

  it('fetches what changed of a lead that we know otherwise, and counts it as nothing new', async () => {
    const { world, compare } = syncWorld();
    const changed = { changedAt: START + 2 * MINUTE, properties: { email: 'new@example.org' } };
    world.vendor = [listed('lead_old', -100, changed)];
    world.ours.add('lead_old');
    world.contacts.set('lead_old', { properties: { email: { value: 'old@example.org', at: 1, by: '' } } });
    world.now = START + 60 * MINUTE;
    await compare();
    expect([...world.bucket.keys()]).toEqual(['["lead_old","changed"]']);
    expect(world.row).toMatchObject({ settled: { vendor: 0, ours: 0 } });
    expect(world.ran[0]).toMatchObject({ put: 1, changed: 1 });
  });

  it('does not take old contacts for missing leads', async () => {
    const { world, compare } = syncWorld();
    world.vendor = [listed('lead_before_us', -5000, { changedAt: START + MINUTE })];
    world.now = START + 60 * MINUTE;
    await compare();
    expect(world.bucket.size).toBe(0);
  });

  it('is left alone while another one is at it', async () => {
    const { world, compare, ports } = syncWorld();
    await ports.begin({ tenant: 'north', source: 'meta', account: '111' }, START);
    await ports.take({ tenant: 'north', source: 'meta', account: '111' }, START + MINUTE);
    await compare();
    expect(world.asked).toEqual([]);
    world.now = START + 2 * MINUTE;
    await compare();
    expect(world.asked).toEqual([undefined]);
  });
});

describe('an import', () => {
  it('of older leads puts them quietly, and counts them from then on', async () => {
    const { world, compare } = syncWorld();
    world.vendor = [...ids(3).map((id, n) => listed(id, -1000 + n)), listed('lead_recent', 1)];
    world.ours.add('lead_recent');
    world.now = START + 60 * MINUTE;
    await compare();
    expect(world.bucket.size).toBe(0);
    await compare({ job: JOB, from: START - 2000 * MINUTE, quiet: true });
    expect([...world.bucket.values()].map(({ quiet }) => quiet)).toEqual([true, true, true]);
    expect(world.row).toMatchObject({ since: START - 2000 * MINUTE, settled: { vendor: 4, ours: 4 } });
    await compare();
    expect(world.row).toMatchObject({ settled: { vendor: 4, ours: 4 } });
  });

  it('that looks back less far than is counted already changes no count', async () => {
    const { world, compare } = syncWorld();
    world.vendor = ids(4).map((id, n) => listed(id, n));
    world.ours = new Set(ids(4));
    world.now = START + 60 * MINUTE;
    await compare();
    world.vendor.push(listed('lead_late_shown', 2));
    await compare({ job: JOB, from: START + 2 * MINUTE });
    expect(world.ours.has('lead_late_shown')).toBe(true);
    expect(world.row).toMatchObject({ since: START, settled: { vendor: 4, ours: 4 } });
  });
});

describe('a look for what was put', () => {
  it('goes on with the first answer in which something was missing still', async () => {
    const { world, ports, compare } = syncWorld();
    world.vendor = ids(6).map((id, n) => listed(id, n));
    world.now = START + 60 * MINUTE;
    const { sendAgain } = ports;
    const arriving = [['lead_0', 'lead_1', 'lead_2'], [], ['lead_3', 'lead_4', 'lead_5']];
    ports.sendAgain = async (round) => {
      await sendAgain(round);
      if (round.checks > 0) for (const id of arriving.shift() ?? []) world.ours.add(id);
    };
    await compare({}, { captures: false });
    expect(world.ran.map(({ outcome }) => outcome)).toEqual(['checking', 'checking', 'checking', 'equal']);
    const first = [undefined, '2', '4'];
    expect(world.asked).toEqual([...first, undefined, '2', '2', '2', '4']);
    expect(world.row).toMatchObject({ settled: { vendor: 6, ours: 6 }, backfilled: 6 });
  });

  it('of an import is repeated for an hour', async () => {
    const { world, compare } = syncWorld();
    world.row = { ...PAGE, since: START, settledUntil: START, settled: nothing, recent: nothing };
    world.vendor = [listed('lead_broken', -60)];
    world.now = START + 60 * MINUTE;
    const began = world.now;
    await compare({ from: START - 90 * MINUTE }, { captures: false, most: 1000 });
    expect((world.now - began) / MINUTE).toBeCloseTo(60, 0);
    expect(world.ran.at(-1)?.outcome).toBe('differs');
  });
});

describe('a vendor', () => {
  it('whose list can not be gone on with has it read from its beginning', async () => {
    const fails = { left: 1 };
    const { world, compare, ports } = syncWorld();
    const { page } = ports;
    ports.page = async (of, window, cursor) => {
      if (cursor === '2' && fails.left-- > 0) throw new CursorExpired('the cursor is too old');
      return page(of, window, cursor);
    };
    world.vendor = ids(5).map((id, n) => listed(id, n));
    world.now = START + 60 * MINUTE;
    await compare();
    expect(world.ran[0]?.outcome).toBe('begun_anew');
    expect(world.row).toMatchObject({ settled: { vendor: 5, ours: 5 } });
    expect([...world.bucket.values()].flatMap((one) => one.ids).sort()).toEqual(ids(5));
  });

  it('that answers later is asked again when it said, and given up after an hour', async () => {
    const { world, compare, ports } = syncWorld();
    let tries = 0;
    ports.page = async () => {
      tries += 1;
      throw new Later('HubSpot API: 429', tries === 1 ? 7 : undefined);
    };
    world.now = START + 60 * MINUTE;
    const begun = world.now;
    await compare({ job: JOB });
    expect(world.ran[0]).toMatchObject({ outcome: 'waiting', reason: 'HubSpot API: 429' });
    expect(world.now - begun).toBeGreaterThanOrEqual(60 * MINUTE);
    expect(world.row?.trouble?.reason).toBe('HubSpot API: 429');
    expect(world.parts).toEqual([{ counts: { refused: 1 }, said: 'HubSpot API: 429' }]);
    expect(world.row?.settledUntil).toBe(START);
  });

  it('that refuses the token is trouble that a person must see, until it is asked with success', async () => {
    const { world, compare, ports } = syncWorld();
    const { page } = ports;
    ports.page = async () => {
      throw new TokenRefused('Graph API: code 190');
    };
    world.now = START + 60 * MINUTE;
    await compare();
    expect(world.row?.trouble).toEqual({ reason: 'Graph API: code 190', since: world.now });
    ports.page = page;
    await compare();
    expect(world.row?.trouble).toBeUndefined();
  });

  it('is asked whether it posts to us once an hour, and whenever something was missing', async () => {
    let checks = 0;
    const counting = syncWorld({
      checkSubscription: async () => {
        checks += 1;
        return { state: 'active' };
      },
    });
    counting.world.now = START + 60 * MINUTE;
    await counting.compare();
    counting.world.now += 15 * MINUTE;
    await counting.compare();
    expect(checks).toBe(1);
    counting.world.vendor = [listed('lead_1', 61)];
    counting.world.now += 15 * MINUTE;
    await counting.compare();
    expect(checks).toBe(2);
    counting.world.now += 61 * MINUTE;
    await counting.compare();
    expect(checks).toBe(3);
  });
});

describe('after a crash', () => {
  it('in any place the same message does the same again, and no lead is lost or counted twice', async () => {
    const calls = ['page', 'missingOf', 'put', 'saveComparison', 'sendAgain', 'partDone', 'noteSubscription'] as const;
    for (const call of calls) {
      for (const when of ['before', 'after'] as const) {
        const { world, ports, compare } = syncWorld();
        const real = ports[call] as (...args: unknown[]) => Promise<unknown>;
        let isArmed = true;
        Object.assign(ports, {
          [call]: async (...args: unknown[]) => {
            const strikes = isArmed;
            isArmed = false;
            if (strikes && when === 'before') throw new Error('died');
            const result = await real(...args);
            if (strikes) throw new Error('died');
            return result;
          },
        });
        world.vendor = ids(5).map((id, n) => listed(id, n));
        world.now = START + 60 * MINUTE;
        const kept: string[] = [];
        const { queue } = world;
        const shift = queue.shift.bind(queue);
        queue.shift = () => {
          const message = shift();
          if (message) kept[0] = message;
          return message;
        };
        await compare({ job: JOB }).catch(() => queue.unshift(kept[0] ?? ''));
        await compare({ job: JOB });
        world.now += 20 * MINUTE;
        await compare({ job: JOB });
        expect({ call, when, settled: world.row?.settled }).toEqual({ call, when, settled: { vendor: 5, ours: 5 } });
        expect([...world.bucket.values()].flatMap((one) => one.ids).sort()).toEqual(ids(5));
      }
    }
  });

  it('goes on in a new message where the time runs out', async () => {
    const { world, compare } = syncWorld({ timeLeft: () => 1000 });
    world.vendor = ids(5).map((id, n) => listed(id, n));
    world.ours = new Set(ids(5));
    world.now = START + 60 * MINUTE;
    await compare();
    expect(world.ran.map(({ outcome }) => outcome)).toEqual(['goes_on', 'goes_on', 'equal']);
    expect(world.row).toMatchObject({ settled: { vendor: 5, ours: 5 } });
  });
});
