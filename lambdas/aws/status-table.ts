import { GetCommand, UpdateCommand } from '@aws-sdk/lib-dynamodb';
import { defaultStatuses, type FollowUpStatus } from '../core/statuses.ts';
import type { Changer } from '../core/users.ts';
import { keyOf, ROW_VERSION, table, unlessConditionFails } from './table.ts';

interface Statuses {
  statuses: FollowUpStatus[];
  /** How often they were changed. */
  version: number;
}

/** The statuses of a tenant; the usual ones where they never were changed. */
export async function statusesOf(tableName: string, tenant: string): Promise<Statuses> {
  const Key = keyOf.statuses(tenant);
  const { Item } = await table.send(new GetCommand({ TableName: tableName, Key, ConsistentRead: true }));
  return Item
    ? { statuses: Item['statuses'] as FollowUpStatus[], version: Item['edits'] as number }
    : { statuses: defaultStatuses, version: 0 };
}

/** Replaces the statuses of a tenant; `undefined` where somebody was faster. */
export async function saveStatuses(
  tableName: string,
  tenant: string,
  { statuses, version }: Statuses,
  { by, at }: { by: Changer; at: string },
): Promise<Statuses | undefined> {
  const saved = await unlessConditionFails(
    table.send(
      new UpdateCommand({
        TableName: tableName,
        Key: keyOf.statuses(tenant),
        UpdateExpression:
          'SET tenant = :tenant, statuses = :statuses, edits = :edits, changedAt = :at, changedBy = :by, v = :v',
        ConditionExpression: version === 0 ? 'attribute_not_exists(PK)' : 'edits = :before',
        ExpressionAttributeValues: {
          ':tenant': tenant,
          ':statuses': statuses,
          ':edits': version + 1,
          ':at': at,
          ':by': by,
          ':v': ROW_VERSION,
          ...(version > 0 && { ':before': version }),
        },
      }),
    ),
  );
  return saved && { statuses, version: version + 1 };
}
