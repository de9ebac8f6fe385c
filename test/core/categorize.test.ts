import { describe, expect, it } from '@jest/globals';
import * as fc from 'fast-check';
import { categorize, type CategorizePorts } from '../../lambdas/core/categorize.ts';
import type { Category } from '../../lambdas/core/category.ts';
import { Later } from '../../lambdas/core/failures.ts';
import type { CategoryChange, Lead } from '../../lambdas/core/lead.ts';
import { Crash, crashing, type CrashPoint } from '../fixtures/crashing.ts';
import { lead } from '../fixtures/lead.ts';

/** A lead's row, and what the topic was told, as table and topic behave. */
class Row {
  row: Lead = { ...lead };
  told: string[] = [];

  now = Date.parse('2026-03-05T13:30:02.000Z');

  effects(): Omit<CategorizePorts, 'now' | 'leaseTime'> {
    return {
      changeCategory: async (_: Lead, change: CategoryChange) => {
        if ((this.row.categoryVersion ?? 0) !== change.version - 1) return undefined;
        const announcements = { ...this.row.announcements, [change.version]: change };
        this.row = { ...this.row, category: change.category, categoryVersion: change.version, announcements };
        return structuredClone(this.row);
      },
      leadNow: async () => structuredClone(this.row),
      leaseAnnouncement: async (_: Lead, { version, leasedUntil }: CategoryChange, until: number) => {
        const known = this.row.announcements?.[version];
        if (known?.leasedUntil !== leasedUntil) return false;
        known.leasedUntil = until;
        return true;
      },
      announce: async (_: Lead, { version, category, previous }: CategoryChange) =>
        void this.told.push(`${version} ${previous ?? 'new'} > ${category}`),
      markAnnounced: async (_: Lead, version: number) => {
        const { [String(version)]: _gone, ...announcements } = this.row.announcements ?? {};
        this.row = { ...this.row, announcements };
      },
    };
  }

  run(category: Category, by: string, point?: CrashPoint): Promise<void> {
    const { ports } = crashing(this.effects(), point);
    return categorize(structuredClone(this.row), category, by, {
      ...ports,
      now: () => new Date(this.now).toISOString(),
      leaseTime: 20_000,
    });
  }
}

describe('a category', () => {
  it('is announced with the first version when the lead is new, and with the next at each change', async () => {
    const row = new Row();
    await row.run('pending', 'ev_1');
    await row.run('pending', 'ev_2');
    await row.run('subscribed', 'ev_3');
    await row.run('terminated', 'members');
    expect(row.told).toEqual(['1 new > pending', '2 pending > subscribed', '3 subscribed > terminated']);
    expect(row.row).toMatchObject({ category: 'terminated', categoryVersion: 3, announcements: {} });
  });

  it('is announced though the process dies at any call, once what made it comes again', async () => {
    for (let call = 1; call <= 3; call += 1) {
      for (const carriedOut of [false, true]) {
        const row = new Row();
        await expect(row.run('subscribed', 'ev_1', { call, carriedOut })).rejects.toThrow(Crash);
        row.now += 48_000;
        await row.run('subscribed', 'ev_1');
        expect(new Set(row.told)).toEqual(new Set(['1 new > subscribed']));
        expect(row.row.announcements).toEqual({});
      }
    }
  });

  it('that another one made is not announced by this one: it comes again by itself', async () => {
    const row = new Row();
    await expect(row.run('subscribed', 'ev_1', { call: 1, carriedOut: true })).rejects.toThrow(Crash);
    await row.run('subscribed', 'ev_2');
    expect(row.told).toEqual([]);
    await row.run('terminated', 'ev_3');
    row.now += 48_000;
    await row.run('terminated', 'ev_1');
    expect(row.told.toSorted()).toEqual(['1 new > subscribed', '2 subscribed > terminated']);
  });

  it('that the same event is announcing just now makes that event come back later, and is announced once', async () => {
    const row = new Row();
    await expect(row.run('subscribed', 'ev_1', { call: 1, carriedOut: true })).rejects.toThrow(Crash);
    await expect(row.run('subscribed', 'ev_1')).rejects.toEqual(
      expect.objectContaining({ message: 'another one is announcing it', retryAfter: 20 }),
    );
    expect(row.told).toEqual([]);
    row.now += 20_000;
    await row.run('subscribed', 'ev_1');
    await row.run('subscribed', 'ev_1');
    expect(row.told).toEqual(['1 new > subscribed']);
  });

  it('of the same event many times at once is announced once', async () => {
    await fc.assert(
      fc.asyncProperty(fc.scheduler(), async (scheduler) => {
        const row = new Row();
        const effects = row.effects();
        const ports = {
          ...effects,
          now: () => new Date(row.now).toISOString(),
          leaseTime: 20_000,
          changeCategory: scheduler.scheduleFunction(effects.changeCategory),
          announce: scheduler.scheduleFunction(effects.announce),
        };
        const start = structuredClone(row.row);
        const tries = Array.from({ length: 5 }, () =>
          categorize(start, 'subscribed', 'ev_1', ports).catch((error: unknown) => {
            if (!(error instanceof Later)) throw error;
          }),
        );
        await scheduler.waitFor(Promise.all(tries));
        row.now += 20_000;
        await row.run('subscribed', 'ev_1');
        expect(row.told).toEqual(['1 new > subscribed']);
      }),
      { numRuns: 200 },
    );
  });

  it('of many at once is announced once each, every version there is', async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.scheduler(),
        fc.array(fc.constantFrom('pending', 'subscribed', 'terminated'), { minLength: 1, maxLength: 6 }),
        async (scheduler, wanted) => {
          const row = new Row();
          const effects = row.effects();
          const ports = {
            ...effects,
            now: () => new Date(row.now).toISOString(),
            leaseTime: 20_000,
            changeCategory: scheduler.scheduleFunction(effects.changeCategory),
            leadNow: scheduler.scheduleFunction(effects.leadNow),
          };
          const start = structuredClone(row.row);
          await scheduler.waitFor(
            Promise.all(wanted.map((category, index) => categorize(start, category, `ev_${index}`, ports))),
          );
          const versions = row.told.map((text) => Number(text.split(' ')[0])).sort((a, b) => a - b);
          expect(versions).toEqual(Array.from({ length: row.row.categoryVersion ?? 0 }, (_, index) => index + 1));
        },
      ),
      { numRuns: 200 },
    );
  });
});
