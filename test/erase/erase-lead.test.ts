import { describe, expect, it } from '@jest/globals';
import * as fc from 'fast-check';
import type { LeadTraces } from '../../lambdas/core/traces.ts';
import { Erasure } from '../../lambdas/core/erasure.ts';
import { erase } from '../../lambdas/erase/erase.ts';
import { eraseLead, type EraseLeadPorts } from '../../lambdas/erase/erase-lead.ts';
import { hubspot } from '../../lambdas/sources/hubspot/index.ts';
import { Crash, crashing, type CrashPoint } from '../fixtures/crashing.ts';

const event = (portalId: number, objectId: number, eventId = objectId) => ({
  eventId,
  portalId,
  objectId,
  occurredAt: 1772717400123,
  subscriptionType: 'contact.creation',
});
const nothing: LeadTraces = { rows: [], rawKeys: [], persons: [], parked: [], digests: [] };
const lead = { tenant: 'north', source: 'hubspot', lead_id: '9_1' };
const other = { ...lead, lead_id: '9_2' };

/** A bucket that keeps versions, and a table's rows, in memory; they survive a crash. */
class Stores {
  objects = new Map<string, { versionId: string; body: Buffer; metadata: Record<string, string> }[]>();
  rows = new Map<string, string>();
  traces = new Map<string, LeadTraces>();
  erased = new Set<string>();
  left: string[] = [];
  /** Lists of leads that people had made, by id: whose they are, and the leads in them. */
  exports = new Map<string, { tenant: string; leads: string[] }>();
  #version = 0;

  put(key: string, content: unknown, metadata: Record<string, string> = { source: 'hubspot' }): void {
    const body = Buffer.from(JSON.stringify(content));
    this.objects.set(key, [
      { versionId: `v${(this.#version += 1)}`, body, metadata },
      ...(this.objects.get(key) ?? []),
    ]);
  }
  /** Everything that is anywhere, as text. */
  get all(): string {
    return [...this.objects]
      .flatMap(([key, versions]) => versions.map(({ body }) => `${key} ${String(body)}`))
      .join('\n');
  }
  json(key: string): unknown {
    return JSON.parse(String(this.objects.get(key)?.[0]?.body));
  }

  ports(point?: CrashPoint): { ports: EraseLeadPorts; calls: () => number } {
    const { ports, calls } = crashing(this.effects(), point);
    return {
      calls,
      ports: {
        ...ports,
        sourceOf: (id) => (id === 'hubspot' ? hubspot : undefined),
        objectsOf: ({ tenant, lead_id }) => [`details/${tenant}/${lead_id}.json`, `target/${lead_id}.json`],
        copyOf: (rawKey, { lead_id }) => `details/rewriting/${lead_id}/${rawKey}`,
        sha256: (body) => `digest of ${body.length}`,
      },
    };
  }

  effects() {
    return {
      rememberErased: async ({ lead_id }: typeof lead) => void this.erased.add(lead_id),
      rememberErasedKey: async (rawKey: string) => void this.erased.add(rawKey),
      tracesOf: async ({ tenant, lead_id }: { tenant: string; lead_id: string }) => {
        const found = this.traces.get(`${tenant} ${lead_id}`) ?? nothing;
        const isThere = found.rows.some(({ PK, SK }) => this.rows.has(`${PK} ${SK}`));
        return isThere ? found : nothing;
      },
      personRowsOf: async (partition: string, leadId: string) =>
        [...this.rows].flatMap(([key, of]) => {
          const [PK = '', SK = ''] = key.split(' ');
          return PK === partition && (of === leadId || SK === 'MEMBER#list') ? [{ PK, SK }] : [];
        }),
      deleteRow: async ({ PK, SK }: { PK: string; SK: string }) => void this.rows.delete(`${PK} ${SK}`),
      forgetDelivery: async (tenant: string, rawKey: string) => {
        const noted = [...this.rows.keys()].filter((key) => key.startsWith(`${tenant}#RAW#${rawKey} `));
        for (const key of noted) this.rows.delete(key);
        return noted.length;
      },
      leaveDigest: async (place: { window: number }, leadId: string) =>
        void this.left.push(`${place.window} ${leadId}`),
      deleteVersions: async (key: string, which: 'all' | 'old' | { versionId: string } = 'all') => {
        const versions = this.objects.get(key) ?? [];
        const kept = versions.filter(({ versionId }, index) =>
          which === 'all' ? false : which === 'old' ? index === 0 : versionId !== which.versionId,
        );
        if (kept.length > 0) this.objects.set(key, kept);
        else this.objects.delete(key);
        return versions.length - kept.length;
      },
      deleteExports: async (tenant: string) => {
        const own = [...this.exports].filter(([, made]) => made.tenant === tenant);
        for (const [id] of own) this.exports.delete(id);
        return own.length;
      },
      objectNow: async (key: string) => this.objects.get(key)?.[0],
      putObject: async (key: string, { body, metadata }: { body: Buffer; metadata: Record<string, string> }) => {
        if (this.objects.has(key)) return false;
        this.objects.set(key, [{ versionId: `v${(this.#version += 1)}`, body, metadata }]);
        return true;
      },
    };
  }
}

/** Two contacts of one batch, each with a delivery of its own, details, a target, rows, and a person. */
function worldOf(): Stores {
  const stores = new Stores();
  stores.put('source/batch.json', [event(9, 1), event(9, 2), event(9, 1, 77)], {
    source: 'hubspot',
    'received-at': 'then',
  });
  for (const n of [1, 2]) {
    const id = `9_${n}`;
    stores.put(`source/alone_${n}.json`, [event(9, n, 900 + n)]);
    stores.put(`details/north/${id}.json`, { email: `old${n}@example.org` });
    stores.put(`details/north/${id}.json`, { email: `zoe${n}@example.org` });
    stores.put(`target/${id}.json`, { lead_id: id });
    const rows = ['LEAD', 'CONTACT', 'LEAD#slack', 'EVENT#a'].map((SK) => ({ PK: `north#LEAD#${id}`, SK }));
    for (const { PK, SK } of rows) stores.rows.set(`${PK} ${SK}`, id);
    stores.rows.set(`person LEAD#${id}`, id);
    stores.traces.set(`north ${id}`, {
      rows,
      rawKeys: ['source/batch.json', `source/alone_${n}.json`],
      persons: ['person'],
      parked: [],
      digests: [{ tenant: 'north', channel: 'slack', window: n }],
    });
  }
  stores.rows.set('person MEMBER#list', 'list');
  stores.exports.set('x1', { tenant: 'north', leads: ['9_1', '9_2'] });
  stores.exports.set('x2', { tenant: 'north', leads: ['9_2'] });
  stores.exports.set('x3', { tenant: 'south', leads: ['9_7'] });
  return stores;
}

describe('a lead that is erased', () => {
  it('is nowhere any more, in no version of any object; others of its batch are where they were', async () => {
    const stores = worldOf();
    const removed = await eraseLead(lead, [], stores.ports().ports);
    expect(stores.json('source/batch.json')).toEqual([{ erased: 1 }, event(9, 2), { erased: 1 }]);
    expect([...stores.objects.keys()].sort()).toEqual([
      'details/north/9_2.json',
      'source/alone_2.json',
      'source/batch.json',
      'target/9_2.json',
    ]);
    expect(stores.objects.get('details/north/9_2.json')).toHaveLength(2);
    expect(stores.all).not.toMatch(/"objectId":1\b|zoe1|old1/);
    expect(stores.objects.get('source/batch.json')?.[0]?.metadata).toMatchObject({
      'received-at': 'then',
      source: 'hubspot',
    });
    expect([...stores.rows.keys()].filter((key) => /9_1|MEMBER/.test(key))).toEqual([]);
    expect([...stores.rows.keys()].filter((key) => key.includes('9_2'))).toHaveLength(5);
    expect(stores.left).toEqual(['1 9_1']);
    expect(removed).toEqual({
      rows: 6,
      objects: 5,
      rewritten: 1,
      exports: 2,
      rawKeys: ['source/batch.json', 'source/alone_1.json'],
    });
    expect([...stores.exports.keys()]).toEqual(['x3']);
  });

  it('leaves nothing of who saw a delivery of which nothing is left', async () => {
    const stores = worldOf();
    for (const name of ['alone_1', 'batch']) stores.rows.set(`north#RAW#source/${name}.json REVEAL#then#ana`, 'ana');
    expect(await eraseLead(lead, [], stores.ports().ports)).toMatchObject({ rows: 7 });
    expect([...stores.rows.keys()].filter((key) => key.includes('REVEAL'))).toEqual([
      'north#RAW#source/batch.json REVEAL#then#ana',
    ]);
  });

  it('is remembered by that alone, and the deliveries of which nothing is left too', async () => {
    const stores = worldOf();
    await eraseLead(lead, [], stores.ports().ports);
    expect([...stores.erased]).toEqual(['9_1', 'source/alone_1.json']);
  });

  it('a second time has nothing left, and a delivery that brought it again is erased by its name', async () => {
    const stores = worldOf();
    await eraseLead(lead, [], stores.ports().ports);
    stores.put('source/again.json', [event(9, 1), event(9, 3)]);
    expect(await eraseLead(lead, ['source/again.json'], stores.ports().ports)).toMatchObject({
      rows: 0,
      objects: 1,
      rewritten: 1,
    });
    expect(stores.json('source/again.json')).toEqual([{ erased: 1 }, event(9, 3)]);
  });

  it('whose last neighbour is erased too takes its delivery along', async () => {
    const stores = worldOf();
    await eraseLead(lead, [], stores.ports().ports);
    await eraseLead(other, [], stores.ports().ports);
    expect([stores.all, [...stores.rows.keys()]]).toEqual(['', []]);
  });

  it('at which the process dies at any call is gone after the next try, and no neighbour is ever lost', async () => {
    const first = worldOf().ports();
    await eraseLead(lead, [], first.ports);
    expect(first.calls()).toBeGreaterThan(20);
    for (let call = 1; call <= first.calls(); call += 1) {
      for (const carriedOut of [false, true]) {
        const stores = worldOf();
        await expect(eraseLead(lead, [], stores.ports({ call, carriedOut }).ports)).rejects.toThrow(Crash);
        expect(stores.all).toContain('"objectId":2');
        await eraseLead(lead, ['source/batch.json', 'source/alone_1.json'], stores.ports().ports);
        expect([call, carriedOut, stores.json('source/batch.json')]).toEqual([
          call,
          carriedOut,
          [{ erased: 1 }, event(9, 2), { erased: 1 }],
        ]);
        expect(stores.all).not.toMatch(/"objectId":1\b|zoe1|rewriting/);
        expect([...stores.exports.keys()]).toEqual(['x3']);
        expect([...stores.rows.keys()].filter((key) => /9_1|MEMBER/.test(key))).toEqual([]);
      }
    }
  });

  it('together with a neighbour leaves neither, in whatever order the calls of both are carried out', async () => {
    await fc.assert(
      fc.asyncProperty(fc.scheduler(), async (scheduler) => {
        const stores = worldOf();
        const { ports } = stores.ports();
        const slow = {
          ...ports,
          objectNow: scheduler.scheduleFunction(ports.objectNow),
          putObject: scheduler.scheduleFunction(ports.putObject),
          deleteVersions: scheduler.scheduleFunction(ports.deleteVersions),
        };
        const keys = ['source/batch.json', 'source/alone_1.json', 'source/alone_2.json'];
        await scheduler.waitFor(Promise.all([eraseLead(lead, [], slow), eraseLead(other, [], slow)]));
        for (const one of [lead, other]) await eraseLead(one, keys, ports);
        expect(stores.all).toBe('');
      }),
      { numRuns: 300 },
    );
  });
});

describe('an erasure', () => {
  const message = { v: 1, erase: lead } as const;
  const now = Date.parse('2026-03-05T13:30:00.000Z');
  const run = async (more: object, stores = worldOf()) => {
    const sent: unknown[] = [];
    const ports = {
      ...stores.ports().ports,
      now: () => now,
      longestWork: 20_000,
      sendAgain: async (again: unknown) => void sent.push(again),
    };
    return { removed: await erase({ ...message, ...more }, ports), sent };
  };

  it('comes once more when everybody who was at work with the lead has ended, with all that it was in', async () => {
    const { removed, sent } = await run({});
    expect(removed).toMatchObject({ rewritten: 1 });
    expect(sent).toEqual([
      {
        v: 1,
        erase: lead,
        rawKeys: ['source/batch.json', 'source/alone_1.json'],
        isLast: true,
        notBefore: '2026-03-05T13:30:40.000Z',
      },
    ]);
    expect((await run({ isLast: true })).sent).toEqual([]);
  });

  it('takes an export along that was made between its two passes', async () => {
    const stores = worldOf();
    const { sent } = await run({}, stores);
    stores.exports.set('late', { tenant: 'north', leads: ['9_1'] });
    await run({ ...Erasure.parse(sent[0]), notBefore: undefined }, stores);
    expect([...stores.exports.keys()]).toEqual(['x3']);
  });

  it('whose time has not come goes back', async () => {
    const early = { notBefore: '2026-03-05T13:30:40.000Z', isLast: true };
    expect(await run(early)).toEqual({ removed: undefined, sent: [{ ...message, ...early }] });
  });
});

it('nothing is remembered of a lead that the doctor made up, and no list goes with it', async () => {
  const objectId = `${'0'.repeat(12)}17727174010000000001`;
  const made = { ...lead, lead_id: `9_${objectId}` };
  const stores = worldOf();
  stores.put('source/made.json', [{ ...event(9, 1), objectId }]);
  stores.rows.set(`north#LEAD#${made.lead_id} LEAD`, made.lead_id);
  stores.traces.set(`north ${made.lead_id}`, {
    ...nothing,
    rows: [{ PK: `north#LEAD#${made.lead_id}`, SK: 'LEAD' }],
    rawKeys: ['source/made.json'],
  });
  const removed = await eraseLead(made, [], stores.ports().ports);
  expect(removed).toMatchObject({ rows: 1, exports: 0 });
  expect(stores.all).not.toContain(objectId);
  expect([...stores.rows.keys()].join()).not.toContain(made.lead_id);
  expect([...stores.erased]).toEqual([]);
  expect(stores.exports.size).toBe(3);
});
