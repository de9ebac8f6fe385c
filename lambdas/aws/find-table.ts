import { DeleteCommand, PutCommand, QueryCommand } from '@aws-sdk/lib-dynamodb';
import type { Lead } from '../core/lead.ts';
import { termsOf } from '../core/search-terms.ts';
import { keyOf, ROW_VERSION, table, unlessConditionFails } from './table.ts';

interface FindRow {
  PK: string;
  SK: string;
  GSI4SK: string;
}

/**
 * Has a lead found by what is known of it now, and no longer by what was known before. Done again it does nothing; of two at once
 * the one that knows the later state of the lead stays.
 */
export async function saveTerms(tableName: string, lead: Lead, isNew = false): Promise<void> {
  const { tenant, lead_id, updatedAt: at } = lead;
  const keys = termsOf(lead).map((term) => `${term}#${lead_id}`);
  const rows = isNew ? [] : await findRowsOf(tableName, lead);
  const isOurs = {
    ConditionExpression: 'attribute_not_exists(#at) OR #at <= :at',
    ExpressionAttributeNames: { '#at': 'at' },
  };
  const condition = { ...isOurs, ExpressionAttributeValues: { ':at': at } };
  const puts = keys.flatMap((GSI4SK, number) => {
    const Key = keyOf.find(tenant, lead_id, number);
    if (rows.some((row) => row.SK === Key.SK && row.GSI4SK === GSI4SK)) return [];
    const Item = { ...Key, v: ROW_VERSION, at, GSI4PK: `${tenant}#FIND`, GSI4SK };
    return [table.send(new PutCommand({ TableName: tableName, Item, ...condition }))];
  });
  const wanted = new Set(keys.map((_, number) => keyOf.find(tenant, lead_id, number).SK));
  const removals = rows
    .filter(({ SK }) => !wanted.has(SK))
    .map(({ PK, SK }) => table.send(new DeleteCommand({ TableName: tableName, Key: { PK, SK }, ...condition })));
  await Promise.all([...puts, ...removals].map((write) => unlessConditionFails<unknown>(write)));
}

async function findRowsOf(tableName: string, { tenant, lead_id }: Pick<Lead, 'tenant' | 'lead_id'>) {
  const { PK } = keyOf.lead(tenant, lead_id);
  const { Items = [] } = await table.send(
    new QueryCommand({
      TableName: tableName,
      KeyConditionExpression: 'PK = :pk AND begins_with(SK, :find)',
      ExpressionAttributeValues: { ':pk': PK, ':find': 'FIND#' },
      ConsistentRead: true,
    }),
  );
  return Items as FindRow[];
}

/** Ids of leads that are found by a term that begins so. */
export async function findLeads(tableName: string, tenant: string, prefix: string, most: number): Promise<string[]> {
  const { Items = [] } = await table.send(
    new QueryCommand({
      TableName: tableName,
      IndexName: 'GSI4',
      KeyConditionExpression: 'GSI4PK = :pk AND begins_with(GSI4SK, :prefix)',
      ExpressionAttributeValues: { ':pk': `${tenant}#FIND`, ':prefix': prefix },
      Limit: most,
    }),
  );
  const partition = keyOf.lead(tenant, '').PK;
  return Items.map((item) => String(item['PK']).slice(partition.length));
}
