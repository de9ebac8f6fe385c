import { PutCommand, UpdateCommand } from '@aws-sdk/lib-dynamodb';
import type { CountState, Move } from '../core/count.ts';
import type { Lead } from '../core/lead.ts';
import { rowNow } from './rows.ts';
import { keyOf, ROW_VERSION, table, unlessConditionFails } from './table.ts';

type Id = Pick<Lead, 'tenant' | 'lead_id'>;

/** What a lead is counted as, as of this moment. */
export async function countNow(tableName: string, { tenant, lead_id }: Id): Promise<CountState> {
  const row = await rowNow(tableName, keyOf.count(tenant, lead_id));
  if (!row) return { moves: 0, names: [] };
  const { moves, day, names, next } = row as unknown as Required<CountState>;
  return { moves, day, names, next };
}

/** Notes a move before it is made; false where another one was, or one is under way. */
export async function beginMove(tableName: string, move: Move): Promise<boolean> {
  const { tenant, lead_id, number, day, names, next } = move;
  const isFirst = number === 1;
  const Item = { ...keyOf.count(tenant, lead_id), v: ROW_VERSION, moves: number, day, names, next };
  const begun = await unlessConditionFails(
    table.send(
      new PutCommand({
        TableName: tableName,
        Item,
        ConditionExpression: isFirst ? 'attribute_not_exists(PK)' : 'moves = :before AND attribute_not_exists(#next)',
        ...(!isFirst && {
          ExpressionAttributeNames: { '#next': 'next' },
          ExpressionAttributeValues: { ':before': number - 1 },
        }),
      }),
    ),
  );
  return begun !== undefined;
}

/** Notes that the lead is counted so now; nothing where somebody did, or where the lead was erased. */
export const endMove = (tableName: string, { tenant, lead_id, number }: Move) =>
  unlessConditionFails(
    table.send(
      new UpdateCommand({
        TableName: tableName,
        Key: keyOf.count(tenant, lead_id),
        UpdateExpression: 'SET #names = #next REMOVE #next',
        ConditionExpression: 'moves = :number AND attribute_exists(#next)',
        ExpressionAttributeNames: { '#names': 'names', '#next': 'next' },
        ExpressionAttributeValues: { ':number': number },
      }),
    ),
  );

/** Keeps the name under which an owner was counted first. */
export const nameOwner = (tableName: string, tenant: string, { key, name }: { key: string; name: string }) =>
  unlessConditionFails(
    table.send(
      new PutCommand({
        TableName: tableName,
        Item: { ...keyOf.owner(tenant, key), v: ROW_VERSION, name },
        ConditionExpression: 'attribute_not_exists(PK)',
      }),
    ),
  );
