import { BatchGetCommand, QueryCommand } from '@aws-sdk/lib-dynamodb';
import type { Lead } from '../core/lead.ts';
import { keyOf, table } from './table.ts';

/** A place in a list that is sorted by a time. */
export interface Place {
  /** ISO 8601, UTC. */
  at: string;
  id: string;
}

/** Rows as an index has them, and whether nothing is behind them. */
interface Stretch {
  leads: Lead[];
  isEnd: boolean;
}

const sortKey = ({ at, id }: Place) => `${at}#${id}`;
/** Before and behind every time. */
const [FIRST, LAST] = ['0', '9'];

/** The newest leads that came in before a place, not before `from` and before `until`: one query, whose rows are whole. */
export async function leadsBefore(
  tableName: string,
  tenant: string,
  {
    before,
    from = FIRST,
    until = LAST,
  }: { before?: Place | undefined; from?: string | undefined; until?: string | undefined },
  most: number,
): Promise<Stretch> {
  const place = before && sortKey(before);
  const high = place !== undefined && place < until ? place : until;
  if (from > high) return { leads: [], isEnd: true };
  const { Items = [], LastEvaluatedKey } = await table.send(
    new QueryCommand({
      TableName: tableName,
      IndexName: 'GSI1',
      KeyConditionExpression: 'GSI1PK = :pk AND GSI1SK BETWEEN :low AND :high',
      ExpressionAttributeValues: { ':pk': `${tenant}#LEADS`, ':low': from, ':high': high },
      ScanIndexForward: false,
      // The lead at the place itself may be there or not; one more says whether there are more.
      Limit: most + 2,
    }),
  );
  const leads = Items.filter((item) => item['GSI1SK'] !== place) as Lead[];
  return { leads: leads.slice(0, most), isEnd: LastEvaluatedKey === undefined && leads.length <= most };
}

/** Leads, and contacts that are none, that changed after a moment or behind a place, the oldest change first: one query. */
export async function changesAfter(
  tableName: string,
  tenant: string,
  after: string | Place,
  most: number,
): Promise<Stretch> {
  const { Items = [], LastEvaluatedKey } = await table.send(
    new QueryCommand({
      TableName: tableName,
      IndexName: 'GSI2',
      KeyConditionExpression: 'GSI2PK = :pk AND GSI2SK > :after',
      ExpressionAttributeValues: {
        ':pk': `${tenant}#CHANGES`,
        ':after': typeof after === 'string' ? after : sortKey(after),
      },
      Limit: most,
    }),
  );
  return { leads: Items as Lead[], isEnd: LastEvaluatedKey === undefined };
}

/** What DynamoDB reads at once, and how often is asked for what it left out. */
const BATCH = 100;
const TRIES = 5;

/** Leads by their ids, at most 100, in no order; what is no lead is left out. */
export async function leadsByIds(tableName: string, tenant: string, ids: string[]): Promise<Lead[]> {
  const leads: Lead[] = [];
  let Keys = [...new Set(ids)].slice(0, BATCH).map((id): Record<string, unknown> => keyOf.lead(tenant, id));
  for (let tries = 0; Keys.length > 0 && tries < TRIES; tries += 1) {
    const { Responses, UnprocessedKeys } = await table.send(
      new BatchGetCommand({ RequestItems: { [tableName]: { Keys } } }),
    );
    leads.push(...((Responses?.[tableName] ?? []) as Lead[]));
    Keys = UnprocessedKeys?.[tableName]?.Keys ?? [];
  }
  if (Keys.length > 0) throw new Error(`${Keys.length} rows were not read in ${TRIES} tries`);
  return leads.filter(({ receivedAt }) => receivedAt !== undefined);
}
