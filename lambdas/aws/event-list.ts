import { PutCommand, QueryCommand } from '@aws-sdk/lib-dynamodb';
import type { EventPlace, EventRow, Reveal } from '../core/event-row.ts';
import { keyOf, ROW_VERSION, table } from './table.ts';

/** Before and behind every time. */
const [FIRST, LAST] = ['0', '9'];

/** A tenant's newest events before a place, not before `from` and before `to`: one query. */
export async function eventsBefore(
  tableName: string,
  tenant: string,
  {
    before,
    from = FIRST,
    to = LAST,
  }: { before?: EventPlace | undefined; from?: string | undefined; to?: string | undefined },
  most: number,
): Promise<{ events: EventRow[]; isEnd: boolean }> {
  const place = before && `${before.at}#${before.id}`;
  const high = place !== undefined && place < to ? place : to;
  if (from > high) return { events: [], isEnd: true };
  const { Items = [], LastEvaluatedKey } = await table.send(
    new QueryCommand({
      TableName: tableName,
      IndexName: 'GSI2',
      KeyConditionExpression: 'GSI2PK = :pk AND GSI2SK BETWEEN :low AND :high',
      ExpressionAttributeValues: { ':pk': `${tenant}#EVENTS`, ':low': from, ':high': high },
      ScanIndexForward: false,
      // The event at the place itself may be there or not.
      Limit: most + 1,
    }),
  );
  const events = Items.filter((item) => item['GSI2SK'] !== place) as EventRow[];
  return { events: events.slice(0, most), isEnd: LastEvaluatedKey === undefined && events.length <= most };
}

/** A tenant's events of one delivery, at most 1,000. */
export async function eventsIn(tableName: string, tenant: string, rawKey: string): Promise<EventRow[]> {
  const { Items = [] } = await table.send(
    new QueryCommand({
      TableName: tableName,
      IndexName: 'GSI1',
      KeyConditionExpression: 'GSI1PK = :pk',
      ExpressionAttributeValues: { ':pk': `${tenant}#RAW#${rawKey}` },
      Limit: 1000,
    }),
  );
  return Items as EventRow[];
}

/** Notes that somebody sees the personal fields of a delivery. */
export async function noteReveal(tableName: string, tenant: string, rawKey: string, reveal: Reveal): Promise<void> {
  const Item = { ...keyOf.reveal(tenant, rawKey, `${reveal.at}#${reveal.by.id}`), v: ROW_VERSION, tenant, ...reveal };
  await table.send(new PutCommand({ TableName: tableName, Item }));
}

/** Who saw them, the last first. */
export async function revealsOf(tableName: string, tenant: string, rawKey: string): Promise<Reveal[]> {
  const { PK, SK } = keyOf.reveal(tenant, rawKey, '');
  const { Items = [] } = await table.send(
    new QueryCommand({
      TableName: tableName,
      KeyConditionExpression: 'PK = :pk AND begins_with(SK, :sk)',
      ExpressionAttributeValues: { ':pk': PK, ':sk': SK },
      ScanIndexForward: false,
      Limit: 100,
    }),
  );
  return (Items as Reveal[]).map(({ by, at }) => ({ by, at }));
}
