import { BatchGetCommand, BatchWriteCommand } from '@aws-sdk/lib-dynamodb';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import { mockClient } from 'aws-sdk-client-mock';
import type * as Rows from '../../lambdas/aws/rows.ts';
import type * as Table from '../../lambdas/aws/table.ts';
import { startTable, TABLE, tableCalls } from '../fixtures/table.ts';

let started: Awaited<ReturnType<typeof startTable>>;
let rows: typeof Rows;
let table: typeof Table.table;
beforeAll(async () => {
  started = await startTable();
  rows = await import('../../lambdas/aws/rows.ts');
  ({ table } = await import('../../lambdas/aws/table.ts'));
});
afterAll(() => started.stop());

/** Each test has a partition of its own. */
let PK: string;
let count = 0;
beforeEach(() => {
  count += 1;
  PK = `north#TEST#${count}`;
});

const key = (n: number | string) => ({ PK, SK: `ROW#${n}` });
const row = (n: number | string, more: object = {}) => ({ ...key(n), v: 1, n, ...more });
const numbers = (length: number) => Array.from({ length }, (_, n) => n);
const putAll = (length: number) => Promise.all(numbers(length).map((n) => rows.putRow(TABLE, row(n))));
const written = (n: number | string) => started.row(PK, `ROW#${n}`);

describe('rows that are asked for at once', () => {
  it('are each its own, whole, or nothing where there is none', async () => {
    await putAll(3);
    const marks = new Set(['a', 'b']);
    await rows.putRow(TABLE, row('more', { marks, facts: { name: 'Zoë', tags: [1, null, true] } }));
    expect(await Promise.all([2, 'none', 0, 'more', 1].map((n) => rows.rowNow(TABLE, key(n))))).toEqual([
      row(2),
      undefined,
      row(0),
      row('more', { marks, facts: { name: 'Zoë', tags: [1, null, true] } }),
      row(1),
    ]);
  });

  it('are read a hundred at once', async () => {
    await putAll(120);
    const { calls, stop } = await tableCalls();
    const asked = [...numbers(240)].sort((a, b) => (a % 7) - (b % 7));
    const found = await Promise.all(asked.map((n) => rows.rowNow(TABLE, key(n))));
    stop();
    expect(found).toEqual(asked.map((n) => (n < 120 ? row(n) : undefined)));
    expect(calls.map(({ command }) => command)).toEqual(Array(3).fill('BatchGetItemCommand'));
  });

  it('are each there where two ask for the same one', async () => {
    await putAll(2);
    const { calls, stop } = await tableCalls();
    const found = await Promise.all([1, 'none', 1, 0, 'none'].map((n) => rows.rowNow(TABLE, key(n))));
    stop();
    expect(found).toEqual([row(1), undefined, row(1), row(0), undefined]);
    expect(calls).toHaveLength(1);
  });

  it('are as of now: what was written before is in them', async () => {
    for (const n of [1, 2, 3]) {
      await rows.putRow(TABLE, row('same', { n }));
      expect(await rows.rowNow(TABLE, key('same'))).toEqual(row('same', { n }));
    }
  });

  it('fail alone: a key that the table refuses keeps nobody from theirs', async () => {
    await putAll(2);
    const asked = [key(0), { PK, SK: '' }, key(1)];
    expect(await Promise.allSettled(asked.map((one) => rows.rowNow(TABLE, one)))).toEqual([
      { status: 'fulfilled', value: row(0) },
      { status: 'rejected', reason: expect.objectContaining({ name: 'ValidationException' }) },
      { status: 'fulfilled', value: row(1) },
    ]);
  });

  it('are of the table that was asked', async () => {
    await putAll(1);
    const [here, elsewhere] = await Promise.allSettled([
      rows.rowNow(TABLE, key(0)),
      rows.rowNow('no-such-table', key(0)),
    ]);
    expect(here).toEqual({ status: 'fulfilled', value: row(0) });
    expect(elsewhere).toMatchObject({ reason: { name: 'ResourceNotFoundException' } });
  });
});

describe('rows that are written at once', () => {
  it('are all there, twenty-five a call', async () => {
    const { calls, stop } = await tableCalls();
    await putAll(60);
    stop();
    expect(await Promise.all(numbers(60).map(written))).toEqual(numbers(60).map((n) => row(n)));
    expect(calls.map(({ command }) => command)).toEqual(Array(3).fill('BatchWriteItemCommand'));
  });

  it('stand in place of what was there before', async () => {
    await rows.putRow(TABLE, row(0, { before: true }));
    await rows.putRow(TABLE, row(0));
    expect(await written(0)).toEqual(row(0));
  });

  it('are the later one where two have the same place', async () => {
    await Promise.all([
      rows.putRow(TABLE, row(0, { said: 'first' })),
      rows.putRow(TABLE, row(1)),
      rows.putRow(TABLE, row(0, { said: 'second' })),
      rows.putRow(TABLE, row(0, { said: 'third' })),
    ]);
    expect(await written(0)).toEqual(row(0, { said: 'third' }));
    expect(await written(1)).toEqual(row(1));
  });

  it('are there without what nobody said of them', async () => {
    await rows.putRow(TABLE, row(0, { owner: undefined }));
    expect(await written(0)).toEqual(row(0));
  });

  it('fail alone: one that the table refuses keeps no other from being written', async () => {
    const all = [row(0), { ...row(1), SK: '' }, row(2), row(3)];
    const results = await Promise.allSettled(all.map((one) => rows.putRow(TABLE, one)));
    expect(results.map(({ status }) => status)).toEqual(['fulfilled', 'rejected', 'fulfilled', 'fulfilled']);
    expect(results[1]).toMatchObject({ reason: { name: 'ValidationException' } });
    expect(await Promise.all([0, 2, 3].map(written))).toEqual([row(0), row(2), row(3)]);
  });
});

describe('a table that does only a part of what it is asked for', () => {
  let throttled: ReturnType<typeof mockClient>;
  beforeEach(() => void (throttled = mockClient(table)));
  afterEach(() => throttled.restore());

  const keysOf = () =>
    throttled.commandCalls(BatchGetCommand).map(({ args: [{ input }] }) => input.RequestItems?.[TABLE]?.Keys);
  const itemsOf = () =>
    throttled
      .commandCalls(BatchWriteCommand)
      .map(({ args: [{ input }] }) => input.RequestItems?.[TABLE]?.map(({ PutRequest }) => PutRequest?.Item));
  const put = (...items: object[]) => items.map((Item) => ({ PutRequest: { Item } }));

  it('is asked again for those that it left out, and everybody gets theirs', async () => {
    throttled
      .on(BatchGetCommand)
      .resolvesOnce({
        Responses: { [TABLE]: [row(1)] },
        UnprocessedKeys: { [TABLE]: { Keys: [key(0), key(2), key(3)] } },
      })
      .resolvesOnce({ Responses: { [TABLE]: [] }, UnprocessedKeys: { [TABLE]: { Keys: [key(0), key(2), key(3)] } } })
      .resolvesOnce({ Responses: { [TABLE]: [row(3), row(0)] }, UnprocessedKeys: {} });
    expect(await Promise.all([0, 1, 2, 3].map((n) => rows.rowNow(TABLE, key(n))))).toEqual([
      row(0),
      row(1),
      undefined,
      row(3),
    ]);
    expect(keysOf()).toEqual([
      [key(0), key(1), key(2), key(3)],
      [key(0), key(2), key(3)],
      [key(0), key(2), key(3)],
    ]);
    const consistent = throttled
      .commandCalls(BatchGetCommand)
      .map(({ args: [{ input }] }) => input.RequestItems?.[TABLE]?.ConsistentRead);
    expect(consistent).toEqual([true, true, true]);
  });

  it('is asked again to write those that it left out', async () => {
    throttled
      .on(BatchWriteCommand)
      .resolvesOnce({ UnprocessedItems: { [TABLE]: put(row(0), row(2)) } })
      .resolvesOnce({ UnprocessedItems: { [TABLE]: put(row(2)) } })
      .resolvesOnce({ UnprocessedItems: {} });
    await Promise.all([0, 1, 2].map((n) => rows.putRow(TABLE, row(n))));
    expect(itemsOf()).toEqual([[row(0), row(1), row(2)], [row(0), row(2)], [row(2)]]);
  });

  it('is asked five times for a row, and that fails then', async () => {
    throttled.on(BatchGetCommand).resolves({ UnprocessedKeys: { [TABLE]: { Keys: [key(0)] } } });
    await expect(rows.rowNow(TABLE, key(0))).rejects.toThrow('only a part of what it was asked for');
    expect(keysOf()).toEqual(numbers(5).map(() => [key(0)]));
  });

  it('is asked five times to write a row, and that fails then', async () => {
    throttled.on(BatchWriteCommand).resolves({ UnprocessedItems: { [TABLE]: put(row(0)) } });
    await expect(rows.putRow(TABLE, row(0))).rejects.toThrow('only a part of what it was asked for');
    expect(itemsOf()).toEqual(numbers(5).map(() => [row(0)]));
  });

  it('waits longer before each further try', async () => {
    const at: number[] = [];
    throttled.on(BatchGetCommand).callsFake(async () => {
      at.push(performance.now());
      return { UnprocessedKeys: { [TABLE]: { Keys: [key(0)] } } };
    });
    await expect(rows.rowNow(TABLE, key(0))).rejects.toThrow();
    // A timer may be a millisecond early.
    for (const [index, wait] of [25, 50, 100, 200].entries())
      expect((at[index + 1] ?? 0) - (at[index] ?? 0)).toBeGreaterThanOrEqual(wait - 2);
  });
});
