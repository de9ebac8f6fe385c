import { GetCommand, QueryCommand } from '@aws-sdk/lib-dynamodb';
import { keyOf, table } from './table.ts';

/** Somebody of the tenant, as far as it is about who owns leads. */
export interface NamedUser {
  id: string;
  name: string;
  /** As CRMs write them. */
  names: string[];
}

/** So many of a kind are read: a tenant is one team. */
const MOST = 1000;

/** The people of a tenant, by all their names. */
export async function usersOf(tableName: string, tenant: string): Promise<NamedUser[]> {
  const { PK, SK } = keyOf.user(tenant, '');
  const rows = await rowsUnder(tableName, PK, SK);
  return rows.map((row) => ({
    id: String(row['SK']).slice(SK.length),
    name: String(row['name'] ?? ''),
    names: [...((row['names'] ?? []) as Iterable<string>)],
  }));
}

/** The names that CRMs know one of them by; none where nobody entered any. */
export async function namesOf(tableName: string, tenant: string, id: string): Promise<string[]> {
  const { Item } = await table.send(new GetCommand({ TableName: tableName, Key: keyOf.user(tenant, id) }));
  return [...((Item?.['names'] ?? []) as Iterable<string>)];
}

/** The names of those who own leads that were counted. */
export async function ownerNamesOf(tableName: string, tenant: string): Promise<string[]> {
  const { PK, SK } = keyOf.owner(tenant, '');
  const rows = await rowsUnder(tableName, PK, SK);
  return rows.flatMap(({ name }) => (typeof name === 'string' ? [name] : []));
}

async function rowsUnder(tableName: string, partition: string, prefix: string) {
  const { Items = [] } = await table.send(
    new QueryCommand({
      TableName: tableName,
      KeyConditionExpression: 'PK = :pk AND begins_with(SK, :prefix)',
      ExpressionAttributeValues: { ':pk': partition, ':prefix': prefix },
      Limit: MOST,
    }),
  );
  return Items;
}
