import { QueryCommand } from '@aws-sdk/lib-dynamodb';
import type { DayCounts } from '../core/stats.ts';
import { keyOf, table } from './table.ts';

/** What of a day's row is no counter. */
const isCounter = (name: string, value: unknown): value is number =>
  typeof value === 'number' && name !== 'v' && !name.startsWith('guard#');

/** The counters of these days, both included: one query of at most as many small rows as there are days. */
export async function daysOf(tableName: string, tenant: string, from: string, to: string): Promise<DayCounts[]> {
  const { PK, SK } = keyOf.day(tenant, from);
  const { Items = [] } = await table.send(
    new QueryCommand({
      TableName: tableName,
      KeyConditionExpression: 'PK = :pk AND SK BETWEEN :from AND :to',
      ExpressionAttributeValues: { ':pk': PK, ':from': SK, ':to': keyOf.day(tenant, to).SK },
    }),
  );
  return Items.map((row) => ({
    day: String(row['SK']).slice('DAY#'.length),
    counts: Object.fromEntries(Object.entries(row).filter((entry): entry is [string, number] => isCounter(...entry))),
  }));
}
