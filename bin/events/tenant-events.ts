import { BatchGetCommand, type QueryCommandInput, paginateQuery } from '@aws-sdk/lib-dynamodb';
import { table } from '../../lambdas/aws/table.ts';
import type { Stage } from '../stage.ts';
import type { StoredEvent } from './stored-event.ts';

type Place = Pick<Stage, 'table' | 'tenant'>;
type Row = Record<string, unknown>;

/** What DynamoDB reads at once (https://docs.aws.amazon.com/amazondynamodb/latest/APIReference/API_BatchGetItem.html). */
const BATCH = 100;

/** The latest events of a tenant, newest first. */
export async function latestEvents({ table: TableName, tenant }: Place, limit: number): Promise<StoredEvent[]> {
  const rows = await query(limit, {
    TableName,
    IndexName: 'GSI2',
    KeyConditionExpression: 'GSI2PK = :pk',
    ExpressionAttributeValues: { ':pk': `${tenant}#EVENTS` },
    ScanIndexForward: false,
  });
  return rows as unknown as StoredEvent[];
}

/** The events of a tenant that were received more than once, the one first that was repeated last. */
export async function repeatedEvents({ table: TableName, tenant }: Place, limit: number): Promise<StoredEvent[]> {
  const keys = await query(limit, {
    TableName,
    IndexName: 'GSI3',
    KeyConditionExpression: 'GSI3PK = :pk',
    ExpressionAttributeValues: { ':pk': `${tenant}#REPEATS` },
    ScanIndexForward: false,
  });
  const rows = await rowsOf(TableName, keys);
  return rows.sort((a, b) => ((a.GSI3SK ?? '') < (b.GSI3SK ?? '') ? 1 : -1));
}

/** Rows of an index, as many as are asked for. */
async function query(limit: number, input: QueryCommandInput): Promise<Row[]> {
  const rows: Row[] = [];
  for await (const { Items = [] } of paginateQuery({ client: table, pageSize: limit }, input)) {
    rows.push(...Items);
    if (rows.length >= limit) break;
  }
  return rows.slice(0, limit);
}

/** The rows of some keys in any order, without those that are gone. */
async function rowsOf(TableName: string, keys: Row[]): Promise<StoredEvent[]> {
  const rows: Row[] = [];
  let rest: Row[] = keys.map(({ PK, SK }) => ({ PK, SK }));
  while (rest.length > 0) {
    const Keys = rest.splice(0, BATCH);
    const { Responses, UnprocessedKeys } = await table.send(
      new BatchGetCommand({ RequestItems: { [TableName]: { Keys, ConsistentRead: true } } }),
    );
    rows.push(...(Responses?.[TableName] ?? []));
    rest = [...rest, ...(UnprocessedKeys?.[TableName]?.Keys ?? [])];
  }
  return rows as unknown as StoredEvent[];
}
