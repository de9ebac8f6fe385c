import { GetCommand, UpdateCommand } from '@aws-sdk/lib-dynamodb';
import type { Lead } from '../core/lead.ts';
import type { Rescue } from '../core/rescue.ts';
import { keyOf, ROW_VERSION, table, unlessConditionFails } from './table.ts';

/** Notes a new start on a lead that had so many before; false where another one was quicker, or it was told or erased meanwhile. */
export async function noteRescue(
  tableName: string,
  { tenant, lead_id }: Pick<Lead, 'tenant' | 'lead_id'>,
  rescue: Rescue,
  before: number,
): Promise<boolean> {
  const isFirst = before === 0;
  const noted = await unlessConditionFails(
    table.send(
      new UpdateCommand({
        TableName: tableName,
        Key: keyOf.lead(tenant, lead_id),
        UpdateExpression: isFirst ? 'SET rescues = :rescues' : 'SET rescues = list_append(rescues, :rescues)',
        ConditionExpression: `attribute_exists(receivedAt) AND attribute_not_exists(toldAt) AND attribute_not_exists(silentAt) AND ${isFirst ? 'attribute_not_exists(rescues)' : 'size(rescues) = :before'}`,
        ExpressionAttributeValues: { ':rescues': [rescue], ...(!isFirst && { ':before': before }) },
      }),
    ),
  );
  return noted !== undefined;
}

/** How often a delivery was given a new start, and when it was last. */
export async function rescuesOf(tableName: string, rawKey: string): Promise<{ count: number; lastAt?: string }> {
  const Key = keyOf.rescue(rawKey);
  const { Item } = await table.send(new GetCommand({ TableName: tableName, Key, ConsistentRead: true }));
  return Item === undefined ? { count: 0 } : { count: Number(Item['rescues']), lastAt: String(Item['rescuedAt']) };
}

/** Notes one more; false where another one was quicker. What the delivery is called is kept as a hash, since its name may outlive a person who is to be forgotten. */
export async function noteDeliveryRescue(
  tableName: string,
  rawKey: string,
  at: string,
  before: number,
): Promise<boolean> {
  const noted = await unlessConditionFails(
    table.send(
      new UpdateCommand({
        TableName: tableName,
        Key: keyOf.rescue(rawKey),
        UpdateExpression: 'SET rescues = :rescues, rescuedAt = :at, v = :v',
        ConditionExpression: before === 0 ? 'attribute_not_exists(rescues)' : 'rescues = :before',
        ExpressionAttributeValues: {
          ':rescues': before + 1,
          ':at': at,
          ':v': ROW_VERSION,
          ...(before > 0 && { ':before': before }),
        },
      }),
    ),
  );
  return noted !== undefined;
}

/** Since when deliveries are looked at, and when the last listing of the bucket began that came to its end. */
export async function listingNow(tableName: string): Promise<{ firstAt: string; startedAt: string } | undefined> {
  const get = new GetCommand({ TableName: tableName, Key: keyOf.listing(), ConsistentRead: true });
  const { Item } = await table.send(get);
  return Item as { firstAt: string; startedAt: string } | undefined;
}

/** Notes that a listing came to its end, unless one did that began later. */
export async function noteListing(tableName: string, startedAt: string): Promise<void> {
  const update = new UpdateCommand({
    TableName: tableName,
    Key: keyOf.listing(),
    UpdateExpression: 'SET startedAt = :at, firstAt = if_not_exists(firstAt, :at), v = :v',
    ConditionExpression: 'attribute_not_exists(startedAt) OR startedAt < :at',
    ExpressionAttributeValues: { ':at': startedAt, ':v': ROW_VERSION },
  });
  await unlessConditionFails(table.send(update));
}
