import { GetCommand } from '@aws-sdk/lib-dynamodb';
import { defaultStatuses, type FollowUpStatus } from '../core/statuses.ts';
import { keyOf, table } from './table.ts';

/** The statuses of a tenant, and how often they were changed; the usual ones where they never were. */
export async function statusesOf(
  tableName: string,
  tenant: string,
): Promise<{ statuses: FollowUpStatus[]; version: number }> {
  const Key = keyOf.statuses(tenant);
  const { Item } = await table.send(new GetCommand({ TableName: tableName, Key, ConsistentRead: true }));
  return (
    (Item as { statuses: FollowUpStatus[]; version: number } | undefined) ?? { statuses: defaultStatuses, version: 0 }
  );
}
