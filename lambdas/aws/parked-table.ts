import { DeleteCommand, PutCommand, QueryCommand } from '@aws-sdk/lib-dynamodb';
import type { Parked } from '../core/account.ts';
import { keyOf, ROW_VERSION, table, unlessConditionFails } from './table.ts';

type Place = Pick<Parked, 'tenant' | 'source' | 'account'>;

/** Puts an event aside until somebody mends what it waits for; the same event again is one. */
export async function park(tableName: string, parked: Parked): Promise<void> {
  const { tenant, source, account, eventId } = parked;
  const Item = { ...keyOf.parked(tenant, source, account, eventId), v: ROW_VERSION, ...parked };
  await table.send(new PutCommand({ TableName: tableName, Item }));
}

/** Parked events of a page or portal behind this one, at most `limit`. Read as of this moment: who parks one now sees every change made before. */
export async function parkedOf(
  tableName: string,
  { tenant, source, account }: Place,
  { after = '', limit }: { after?: string | undefined; limit: number },
): Promise<Parked[]> {
  const { PK, SK } = keyOf.parked(tenant, source, account, after);
  const { Items = [] } = await table.send(
    new QueryCommand({
      TableName: tableName,
      KeyConditionExpression: 'PK = :pk AND SK > :after',
      ExpressionAttributeValues: { ':pk': PK, ':after': SK },
      ConsistentRead: true,
      Limit: limit,
    }),
  );
  return Items as Parked[];
}

/** Forgets that an event was parked; where a time is given, unless it was parked again since. */
export async function unpark(
  tableName: string,
  { tenant, source, account, eventId, at }: Pick<Parked, 'tenant' | 'source' | 'account' | 'eventId'> & { at?: string },
): Promise<void> {
  const since = at !== undefined && {
    ConditionExpression: '#at = :at',
    ExpressionAttributeNames: { '#at': 'at' },
    ExpressionAttributeValues: { ':at': at },
  };
  const Key = keyOf.parked(tenant, source, account, eventId);
  await unlessConditionFails(table.send(new DeleteCommand({ TableName: tableName, Key, ...since })));
}
