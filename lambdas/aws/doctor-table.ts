import { GetCommand, PutCommand } from '@aws-sdk/lib-dynamodb';
import type { Report } from '../core/report.ts';
import { keyOf, ROW_VERSION, table } from './table.ts';

/** What the doctor found of a tenant at its last examination; `undefined` before the first. */
export async function reportOf(tableName: string, tenant: string): Promise<Report | undefined> {
  const Key = keyOf.doctor(tenant);
  const { Item } = await table.send(new GetCommand({ TableName: tableName, Key, ConsistentRead: true }));
  return Item as Report | undefined;
}

export async function saveReport(tableName: string, tenant: string, report: Report): Promise<void> {
  const Item = { ...keyOf.doctor(tenant), v: ROW_VERSION, tenant, ...report };
  await table.send(new PutCommand({ TableName: tableName, Item }));
}
