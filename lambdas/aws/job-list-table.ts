import { PutCommand, QueryCommand } from '@aws-sdk/lib-dynamodb';
import type { JobId } from '../core/job.ts';
import type { Lead } from '../core/lead.ts';
import { keyOf, ROW_VERSION, table } from './table.ts';

/** A lead that people may never have been told of. */
export type Untold = Pick<Lead, 'lead_id' | 'source' | 'rawKey' | 'receivedAt'>;

const listOf = (tenant: string, job: string) => `${tenant}#UNTOLD#${job}`;

/** Lists for whoever asked for the job that people may never have been told of a lead; twice is once. */
export async function noteUntold(
  tableName: string,
  { tenant, job }: { tenant: string; job: string },
  { lead_id, source, rawKey, receivedAt }: Untold,
  at: string,
): Promise<void> {
  const Item = {
    ...keyOf.untold(tenant, lead_id, job),
    GSI1PK: listOf(tenant, job),
    GSI1SK: lead_id,
    v: ROW_VERSION,
    tenant,
    lead_id,
    source,
    rawKey,
    receivedAt,
    at,
  };
  await table.send(new PutCommand({ TableName: tableName, Item }));
}

/** The leads that a job listed, at most so many. */
export async function untoldOf(tableName: string, { tenant, id }: JobId, most: number): Promise<Untold[]> {
  const { Items = [] } = await table.send(
    new QueryCommand({
      TableName: tableName,
      IndexName: 'GSI1',
      KeyConditionExpression: 'GSI1PK = :pk',
      ExpressionAttributeValues: { ':pk': listOf(tenant, id) },
      Limit: most,
    }),
  );
  return (Items as Untold[]).map(({ lead_id, source, rawKey, receivedAt }) => ({
    lead_id,
    source,
    rawKey,
    receivedAt,
  }));
}
