import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import type * as EventList from '../../lambdas/aws/event-list.ts';
import { startTable, TABLE } from '../fixtures/table.ts';

let table: Awaited<ReturnType<typeof startTable>>;
let list: typeof EventList;
beforeAll(async () => {
  table = await startTable();
  list = await import('../../lambdas/aws/event-list.ts');
  const { recordEvent } = await import('../../lambdas/aws/event-table.ts');
  for (const [id, tenant, rawKey, at] of [
    ['a', 'north', 'source/meta_event_1.json', '2026-03-05T13:30:00.000Z'],
    ['b', 'north', 'source/meta_event_1.json', '2026-03-05T13:31:00.000Z'],
    ['c', 'north', 'source/meta_event_2.json', '2026-03-05T13:31:00.000Z'],
    ['d', 'south', 'source/meta_event_1.json', '2026-03-05T13:31:00.000Z'],
  ] as const)
    await recordEvent(
      TABLE,
      { id, type: 'page.leadgen', leadId: id },
      { tenant, source: 'meta', rawKey, mark: `${rawKey}#1` },
      { outcome: 'done', at },
    );
});
afterAll(() => table.stop());

describe('the events of a tenant', () => {
  const before = async (within: Parameters<typeof list.eventsBefore>[2], most = 10) => {
    const { events, isEnd } = await list.eventsBefore(TABLE, 'north', within, most);
    return { ids: events.map(({ event_id }) => event_id), isEnd };
  };

  it('come the newest first, and go on behind a place, also one whose event is gone', async () => {
    expect(await before({})).toEqual({ ids: ['c', 'b', 'a'], isEnd: true });
    expect(await before({}, 2)).toEqual({ ids: ['c', 'b'], isEnd: false });
    expect(await before({ before: { at: '2026-03-05T13:31:00.000Z', id: 'b' } })).toEqual({ ids: ['a'], isEnd: true });
    expect(await before({ before: { at: '2026-03-05T13:30:30.000Z', id: 'x' } })).toEqual({ ids: ['a'], isEnd: true });
  });

  it('are those of a time', async () => {
    const [half, after] = ['2026-03-05T13:30:30.000Z', '2026-03-05T14:00:00.000Z'];
    expect((await before({ from: half })).ids).toEqual(['c', 'b']);
    expect((await before({ to: half })).ids).toEqual(['a']);
    expect(await before({ from: after, to: half })).toEqual({ ids: [], isEnd: true });
  });

  it('of one delivery are its own alone', async () => {
    const idsIn = async (tenant: string) =>
      (await list.eventsIn(TABLE, tenant, 'source/meta_event_1.json')).map(({ event_id }) => event_id);
    expect([await idsIn('north'), await idsIn('south'), await idsIn('west')]).toEqual([['a', 'b'], ['d'], []]);
  });
});

it('who saw a delivery is noted each time, and known to its tenant alone', async () => {
  const key = 'source/meta_event_1.json';
  const by = { id: 'ana', name: 'Ana Diaz' };
  for (const at of ['2026-03-05T13:30:00.000Z', '2026-03-05T13:40:00.000Z'])
    await list.noteReveal(TABLE, 'north', key, { by, at });
  expect((await list.revealsOf(TABLE, 'north', key)).map(({ at }) => at)).toEqual([
    '2026-03-05T13:40:00.000Z',
    '2026-03-05T13:30:00.000Z',
  ]);
  expect(await list.revealsOf(TABLE, 'south', key)).toEqual([]);
});
