import { DeleteCommand, PutCommand, QueryCommand } from '@aws-sdk/lib-dynamodb';
import type { Lead } from '../core/lead.ts';
import { termsOf } from '../core/search-terms.ts';
import { putRow } from './rows.ts';
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
export async function saveTerms(tableName: string, lead: Lead): Promise<void> {
  const { updatedAt: at } = lead;
  const rows = await findRowsOf(tableName, lead);
  const wanted = wantedRows(lead);
  const condition = {
    ConditionExpression: 'attribute_not_exists(#at) OR #at <= :at',
    ExpressionAttributeNames: { '#at': 'at' },
    ExpressionAttributeValues: { ':at': at },
  };
  const isThere = (one: FindRow) => rows.some(({ SK, GSI4SK }) => SK === one.SK && GSI4SK === one.GSI4SK);
  const puts = wanted
    .filter((one) => !isThere(one))
    .map((Item) => table.send(new PutCommand({ TableName: tableName, Item, ...condition })));
  const removals = rows
    .filter(({ SK }) => !wanted.some((one) => one.SK === SK))
    .map(({ PK, SK }) => table.send(new DeleteCommand({ TableName: tableName, Key: { PK, SK }, ...condition })));
  await Promise.all([...puts, ...removals].map((write) => unlessConditionFails<unknown>(write)));
}

/** The same for a lead that was written just now for the first time, whose rows need no look at others. `leadNow` reads it again. */
export async function saveFirstTerms(
  tableName: string,
  lead: Lead,
  leadNow: () => Promise<Lead | undefined>,
): Promise<void> {
  await Promise.all(wantedRows(lead).map((row) => putRow(tableName, row)));
  // Somebody who was quicker with a later state of the lead wrote rows that these may have replaced.
  const now = await leadNow();
  if (now && String(termsOf(now)) !== String(termsOf(lead))) await saveTerms(tableName, now);
}

const wantedRows = (lead: Lead) =>
  termsOf(lead).map((term, number) => ({
    ...keyOf.find(lead.tenant, lead.lead_id, number),
    v: ROW_VERSION,
    at: lead.updatedAt,
    GSI4PK: `${lead.tenant}#FIND`,
    GSI4SK: `${term}#${lead.lead_id}`,
  }));

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
