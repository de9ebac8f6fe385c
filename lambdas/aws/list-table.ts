import { PutCommand, QueryCommand } from '@aws-sdk/lib-dynamodb';
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

/** The lists of a tenant, by name. */
export async function listsOf(tableName: string, tenant: string): Promise<Pick<LeadList, 'name' | 'description'>[]> {
  const { Items = [] } = await table.send(
    new QueryCommand({
      TableName: tableName,
      KeyConditionExpression: 'PK = :pk AND begins_with(SK, :list)',
      ExpressionAttributeValues: { ':pk': keyOf.list(tenant, '').PK, ':list': keyOf.list(tenant, '').SK },
    }),
  );
  return Items.map((item) => ({ name: String(item['name']), description: String(item['description'] ?? '') }));
}
