import { GetCommand, PutCommand } from '@aws-sdk/lib-dynamodb';
import { keyOf, ROW_VERSION, table } from './table.ts';

/** Where people find the dashboard, without a trailing slash; `undefined` where nobody said so (yet). */
export async function dashboardOf(tableName: string): Promise<string | undefined> {
  const { Item } = await table.send(new GetCommand({ TableName: tableName, Key: keyOf.dashboard() }));
  return Item?.['url'] as string | undefined;
}

/** Keeps where people find the dashboard, which is known only once it is deployed. */
export async function saveDashboard(tableName: string, url: string, at: string): Promise<void> {
  const Item = { ...keyOf.dashboard(), v: ROW_VERSION, url, changedAt: at };
  await table.send(new PutCommand({ TableName: tableName, Item }));
}
