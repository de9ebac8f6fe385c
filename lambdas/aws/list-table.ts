import { PutCommand } from '@aws-sdk/lib-dynamodb';
import { keyOf, ROW_VERSION, table, unlessConditionFails } from './table.ts';

/** Makes a list of a tenant, unless there is one of this name. */
export async function saveList(
  tableName: string,
  { tenant, name, description }: { tenant: string; name: string; description: string },
  at: string,
): Promise<void> {
  const Item = { ...keyOf.list(tenant, name), v: ROW_VERSION, tenant, name, description, createdAt: at };
  const ConditionExpression = 'attribute_not_exists(PK)';
  await unlessConditionFails(table.send(new PutCommand({ TableName: tableName, Item, ConditionExpression })));
}
