import type { Tables } from '../cloud/tables.ts';

type Item = Record<string, { S?: string } | undefined>;

/** Rows of a tenant that are shown. */
const most = 1000;

/** What became of an event. */
export interface Outcome {
  source: string | null;
  event: string | null;
  lead_id: string | null;
  outcome: string | null;
  reason: string | null;
  at: string | null;
}

/** The outcomes in the table: those of one lead, or the latest of all tenants. What belongs to nobody has the tenant `none`. */
export async function outcomesOf(
  tables: Tables,
  table: string,
  tenants: string[],
  leadId: string | undefined,
): Promise<Outcome[]> {
  const perTenant = [...tenants, 'none'].map((tenant) =>
    query(tables, leadId === undefined ? latest(table, tenant) : ofLead(table, tenant, leadId)),
  );
  const items = (await Promise.all(perTenant)).flat();
  return items.map(outcome).sort((a, b) => (a.at ?? '').localeCompare(b.at ?? ''));
}

const ofLead = (TableName: string, tenant: string, leadId: string) => ({
  TableName,
  KeyConditionExpression: 'PK = :pk AND begins_with(SK, :sk)',
  ExpressionAttributeValues: { ':pk': { S: `${tenant}#LEAD#${leadId}` }, ':sk': { S: 'EVENT#' } },
});

const latest = (TableName: string, tenant: string) => ({
  TableName,
  IndexName: 'GSI2',
  KeyConditionExpression: 'GSI2PK = :pk',
  ExpressionAttributeValues: { ':pk': { S: `${tenant}#EVENTS` } },
  ScanIndexForward: false,
});

/** Asks page by page: one ends at 1 MB, which a thousand rows can exceed. */
async function query(tables: Tables, question: object): Promise<Item[]> {
  const items: Item[] = [];
  let from: object | undefined = {};
  while (from && items.length < most) {
    const { status, body } = await tables.call('Query', { ...question, ...from, Limit: most - items.length });
    if (status !== 200) throw new Error(`the table can't be read: ${JSON.stringify(body)}`);
    const { Items, LastEvaluatedKey } = body as { Items: Item[]; LastEvaluatedKey?: object };
    items.push(...Items);
    from = LastEvaluatedKey && { ExclusiveStartKey: LastEvaluatedKey };
  }
  return items;
}

function outcome({ source, event, lead_id, outcome: result, reason, at }: Item): Outcome {
  return {
    source: source?.S ?? null,
    event: event?.S ?? null,
    lead_id: lead_id?.S ?? null,
    outcome: result?.S ?? null,
    reason: reason?.S ?? null,
    at: at?.S ?? null,
  };
}
