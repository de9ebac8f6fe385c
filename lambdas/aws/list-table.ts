import { PutCommand } from '@aws-sdk/lib-dynamodb';
import type { LeadList } from '../core/source.ts';
import { keyOf, ROW_VERSION, table, unlessConditionFails } from './table.ts';

/** Makes a list of a tenant, unless there is one of this name. */
export async function saveList(
  tableName: string,
  { tenant, ...list }: LeadList & { tenant: string },
  at: string,
): Promise<void> {
  const Item = { ...keyOf.list(tenant, list.name), v: ROW_VERSION, tenant, ...list, createdAt: at };
  const ConditionExpression = 'attribute_not_exists(PK)';
  await unlessConditionFails(table.send(new PutCommand({ TableName: tableName, Item, ConditionExpression })));
}
