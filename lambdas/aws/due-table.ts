import { QueryCommand } from '@aws-sdk/lib-dynamodb';
import type { Lead } from '../core/lead.ts';
import { leadsByIds } from './lead-list.ts';
import { table } from './table.ts';

/** Leads of the index of those that are due and not told, each with its place there, the ones that are due the longest first: two reads, at most 100 leads. */
export async function dueLeads(
  tableName: string,
  tenant: string,
  { from, until, after, limit }: { from: string; until: string; after: string | undefined; limit: number },
): Promise<{ leads: { key: string; lead: Lead | undefined }[]; isEnd: boolean }> {
  const low = after !== undefined && after > from ? after : from;
  if (low > until) return { leads: [], isEnd: true };
  const { Items = [], LastEvaluatedKey } = await table.send(
    new QueryCommand({
      TableName: tableName,
      IndexName: 'GSI3',
      KeyConditionExpression: 'GSI3PK = :pk AND GSI3SK BETWEEN :low AND :until',
      ExpressionAttributeValues: { ':pk': `${tenant}#DUE`, ':low': low, ':until': until },
      // The lead at the place itself may be there or not.
      Limit: limit,
    }),
  );
  const keys = Items.map((item) => String(item['GSI3SK'])).filter((key) => key !== after);
  const leads = await leadsByIds(tableName, tenant, keys.map(idIn));
  const isEnd = LastEvaluatedKey === undefined;
  return { leads: keys.map((key) => ({ key, lead: leads.find(({ lead_id }) => lead_id === idIn(key)) })), isEnd };
}

/** An id may have no `#`, and a time has none. */
const idIn = (key: string) => key.slice(key.indexOf('#') + 1);
