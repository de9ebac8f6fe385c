import { DynamoDBDocumentClient, paginateQuery } from '@aws-sdk/lib-dynamodb';
import type { Lead } from '../../lambdas/core/lead.ts';
import type { LocalRun } from '../e2e/local-run.ts';

/** Every lead of the first tenant by its id. */
export async function leadsOf({ dynamodb, settings }: LocalRun): Promise<Map<string, Lead>> {
  const found = new Map<string, Lead>();
  const pages = paginateQuery(
    { client: DynamoDBDocumentClient.from(dynamodb) },
    {
      TableName: settings.table,
      IndexName: 'GSI1',
      KeyConditionExpression: 'GSI1PK = :pk',
      ExpressionAttributeValues: { ':pk': `${settings.tenants[0]?.tenant}#LEADS` },
    },
  );
  for await (const { Items = [] } of pages)
    for (const item of Items as unknown as Lead[]) found.set(item.lead_id, item);
  return found;
}
