import { setTimeout as wait } from 'node:timers/promises';
import { BatchGetCommand, BatchWriteCommand } from '@aws-sdk/lib-dynamodb';
import { table } from './table.ts';
import { forEachNamed, together } from './together.ts';

/** What DynamoDB reads at once (https://docs.aws.amazon.com/amazondynamodb/latest/APIReference/API_BatchGetItem.html). */
const READ_AT_ONCE = 100;
/** And what it writes (https://docs.aws.amazon.com/amazondynamodb/latest/APIReference/API_BatchWriteItem.html). */
const WRITTEN_AT_ONCE = 25;
/** A table that is throttled gives a part of what was asked for, and more a moment later. */
const MOST_TRIES = 5;
/** Until it is asked for the rest: milliseconds, twice as long each time. */
const FIRST_WAIT = 25;

type Key = { PK: string; SK: string };
type Row = Key & Record<string, unknown>;

/** Those of the rows that exist, as of this moment: whole, or with only these attributes beside their keys. */
export async function rowsAt(tableName: string, keys: Key[], attributes?: string[]): Promise<Row[]> {
  const names = attributes && ['PK', 'SK', ...attributes];
  const found: Row[] = [];
  for (let from = 0; from < keys.length; from += READ_AT_ONCE) {
    let asked: Key[] = keys.slice(from, from + READ_AT_ONCE);
    for (let tries = 0; asked.length > 0; tries += 1) {
      await patience(tries);
      const { Responses, UnprocessedKeys } = await table.send(
        new BatchGetCommand({
          RequestItems: {
            [tableName]: {
              Keys: asked,
              ConsistentRead: true,
              ...(names && {
                ProjectionExpression: names.map((name) => `#${name}`).join(', '),
                ExpressionAttributeNames: Object.fromEntries(names.map((name) => [`#${name}`, name])),
              }),
            },
          },
        }),
      );
      found.push(...((Responses?.[tableName] ?? []) as Row[]));
      asked = (UnprocessedKeys?.[tableName]?.Keys ?? []) as Key[];
    }
  }
  return found;
}

/** The row as of this moment; `undefined` where there is none. What is asked for at the same time is read together. */
export const rowNow = (tableName: string, key: Key): Promise<Row | undefined> => readerOf(tableName)(key);

/** Writes the row whatever stood there before. What is written at the same time is written together. */
export const putRow = (tableName: string, row: Row): Promise<void> => writerOf(tableName)(row);

const readerOf = forEachNamed((tableName) =>
  together<Key, Row | undefined>(READ_AT_ONCE, async (keys) => {
    const rows = await rowsAt(tableName, [...byKey(keys).values()]);
    const found = byKey(rows);
    return keys.map((key) => found.get(nameOf(key)));
  }),
);

const writerOf = forEachNamed((tableName) =>
  together<Row, void>(WRITTEN_AT_ONCE, async (rows) => {
    // Of two for the same place the later one stays, as if they had been written one after the other.
    let left: object[] = [...byKey(rows).values()].map((Item) => ({ PutRequest: { Item } }));
    for (let tries = 0; left.length > 0; tries += 1) {
      await patience(tries);
      const { UnprocessedItems } = await table.send(new BatchWriteCommand({ RequestItems: { [tableName]: left } }));
      left = UnprocessedItems?.[tableName] ?? [];
    }
    return rows.map(() => undefined);
  }),
);

/** Waits before a further try, and throws where there were enough of them. */
async function patience(tries: number) {
  if (tries === MOST_TRIES) throw new Error('the table did only a part of what it was asked for');
  if (tries > 0) await wait(FIRST_WAIT * 2 ** (tries - 1));
}

const nameOf = ({ PK, SK }: Key) => JSON.stringify([PK, SK]);
const byKey = <T extends Key>(rows: readonly T[]) => new Map(rows.map((row) => [nameOf(row), row]));
