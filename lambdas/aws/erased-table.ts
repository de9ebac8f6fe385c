import { PutCommand, UpdateCommand } from '@aws-sdk/lib-dynamodb';
import { NOBODY } from '../core/account.ts';
import type { Lead } from '../core/lead.ts';
import { rowNow } from './rows.ts';
import { keyOf, ROW_VERSION, table, unlessConditionFails } from './table.ts';

type Id = Pick<Lead, 'tenant' | 'source' | 'lead_id'>;

/** Remembers, by hashes alone, that a lead was erased: what comes of it again is not taken. */
export const rememberErased = (tableName: string, { tenant, source, lead_id }: Id, at: string) =>
  put(tableName, keyOf.erased(tenant, source, lead_id), at);

/** The same of a delivery in `source/`, whose messages may still be under way. */
export const rememberErasedKey = (tableName: string, rawKey: string, at: string) =>
  put(tableName, keyOf.erased(NOBODY, rawKey), at);

export const isErased = (tableName: string, { tenant, source, lead_id }: Id) =>
  has(tableName, keyOf.erased(tenant, source, lead_id));

export const isErasedKey = (tableName: string, rawKey: string) => has(tableName, keyOf.erased(NOBODY, rawKey));

/** Counts that something of an erased lead came again. */
export const countReturn = (tableName: string, { tenant, source, lead_id }: Id, at: string) =>
  unlessConditionFails(
    table.send(
      new UpdateCommand({
        TableName: tableName,
        Key: keyOf.erased(tenant, source, lead_id),
        UpdateExpression: 'SET returnedAt = :at ADD timesReturned :one',
        ConditionExpression: 'attribute_exists(PK)',
        ExpressionAttributeValues: { ':at': at, ':one': 1 },
      }),
    ),
  );

type Key = ReturnType<typeof keyOf.erased>;

async function put(tableName: string, key: Key, at: string): Promise<void> {
  const Item = { ...key, v: ROW_VERSION, erasedAt: at };
  const ConditionExpression = 'attribute_not_exists(PK)';
  await unlessConditionFails(table.send(new PutCommand({ TableName: tableName, Item, ConditionExpression })));
}

const has = async (tableName: string, key: Key): Promise<boolean> => (await rowNow(tableName, key)) !== undefined;
