import { beforeEach, describe, expect, it } from '@jest/globals';
import { QueryClient } from '@tanstack/react-query';
import { listKey, rowsOf } from '../../../dashboard/src/leads/list-data.ts';
import { fullCheck } from '../../../dashboard/src/live/full-check.ts';
import type { LeadRow } from '../../../lambdas/api/schemas/lead.ts';
import { page, row } from '../row.ts';

const tenant = { time_zone: 'UTC', statuses: [] };
// Nothing is forgotten by a timer that would outlive the test.
const client = new QueryClient({ defaultOptions: { queries: { gcTime: Infinity } } });

/** Pages of these leads, as the API would cut them. */
const reading = (stored: LeadRow[]) => async (place: { cursor?: string; limit: number }) => {
  const start = place.cursor ? stored.findIndex(({ id }) => id === place.cursor) : 0;
  const end = start + place.limit;
  const last = stored[end - 1];
  return page(stored.slice(start, end), {
    cursor: stored[end]?.id ?? null,
    reached: stored[end] && last ? last.received_at : null,
  });
};
/** Leads from the newest to the oldest, as many as there are minutes. */
const leads = (from: number, to: number) =>
  Array.from({ length: from - to + 1 }, (_, index) => row(String(1000 + from - index), from - index));
const shownIds = () => rowsOf(client.getQueryData(listKey({}))).map(({ id }) => id);

beforeEach(() => client.clear());

describe('a full check of a view', () => {
  it('compares as many leads as are shown, and leaves the next page to whoever asks for it', async () => {
    const stored = leads(120, 1);
    client.setQueryData(listKey({}), { pages: [await reading(stored)({ limit: 50 })] });
    const { stored: found } = await fullCheck(client, {}, tenant, reading(stored));
    expect(found).toEqual({ compared: 50, missing: 0, changed: 0, gone: 0 });
    expect(shownIds()).toHaveLength(50);
  });

  it('shows what was missing, above and between', async () => {
    const stored = leads(60, 1);
    const known = stored.filter(({ id }) => id !== '1060' && id !== '1030').slice(0, 50);
    client.setQueryData(listKey({}), {
      pages: [page(known, { cursor: '1008', reached: known.at(-1)?.received_at ?? null })],
    });
    const { stored: found } = await fullCheck(client, {}, tenant, reading(stored));
    expect(found).toEqual({ compared: 52, missing: 2, changed: 0, gone: 0 });
    expect(shownIds().slice(0, 52)).toEqual(stored.slice(0, 52).map(({ id }) => id));
  });

  it('reads all pages that were loaded', async () => {
    const stored = leads(300, 1);
    const first = await reading(stored)({ limit: 200 });
    const second = await reading(stored)({ cursor: first.cursor ?? '', limit: 100 });
    client.setQueryData(listKey({}), { pages: [first, second] });
    const { stored: found } = await fullCheck(client, {}, tenant, reading(stored));
    expect(found).toEqual({ compared: 300, missing: 0, changed: 0, gone: 0 });
    expect(shownIds()).toHaveLength(300);
  });

  it('takes out what is no longer stored', async () => {
    const stored = leads(10, 1);
    client.setQueryData(listKey({}), { pages: [page([row('erased', 11), ...stored])] });
    const { stored: found } = await fullCheck(client, {}, tenant, reading(stored));
    expect(found).toEqual({ compared: 10, missing: 0, changed: 0, gone: 1 });
    expect(shownIds()).toEqual(stored.map(({ id }) => id));
  });

  it('keeps what comes in while it reads', async () => {
    const stored = leads(10, 1);
    client.setQueryData(listKey({}), { pages: [page(stored)] });
    const read = async (place: { limit: number }) => {
      const answer = await reading(stored)(place);
      client.setQueryData(listKey({}), { pages: [page([row('1011', 11), ...stored])] });
      return answer;
    };
    await fullCheck(client, {}, tenant, read);
    expect(shownIds()[0]).toBe('1011');
  });
});
