import { PutCommand } from '@aws-sdk/lib-dynamodb';
import type { Changer } from '../core/users.ts';
import { keyOf, ROW_VERSION, table } from './table.ts';

/** Notes who changed a setting last, and when, of those that have no row of their own: never what it is. */
export async function noteChange(
  tableName: string,
  tenant: string,
  what: string,
  { by, at }: { by: Changer; at: string },
): Promise<void> {
  const Item = { ...keyOf.change(tenant, what), v: ROW_VERSION, tenant, changedAt: at, changedBy: by };
  await table.send(new PutCommand({ TableName: tableName, Item }));
}
