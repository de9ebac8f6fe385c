import { DeleteCommand, GetCommand, PutCommand } from '@aws-sdk/lib-dynamodb';
import type { Parked } from '../core/account.ts';
import type { EventOrigin, Outcome, SourceEvent } from '../core/event.ts';
import { keyOf, ROW_VERSION, table, unlessConditionFails } from './table.ts';

/** The outcome of an event; `undefined` for one that was not worked through. */
export async function outcomeOf(
  tableName: string,
  event: Pick<SourceEvent, 'id' | 'leadId'>,
  from: EventOrigin,
): Promise<Outcome | undefined> {
  const Key = keyOf.event(from.tenant, { leadId: event.leadId, rawKey: from.rawKey }, event.id);
  const { Item } = await table.send(new GetCommand({ TableName: tableName, Key, ConsistentRead: true }));
  return Item?.['outcome'] as Outcome | undefined;
}

/** Notes what became of an event: the last write of `capture`, after which the same event is a repeat. What is final stays. */
export async function recordEvent(
  tableName: string,
  event: Pick<SourceEvent, 'id' | 'type' | 'leadId' | 'occurredAt'>,
  from: EventOrigin,
  { outcome, reason, at }: { outcome: Outcome; reason?: string | undefined; at: string },
): Promise<void> {
  const { tenant, source, rawKey } = from;
  const Item = {
    ...keyOf.event(tenant, { leadId: event.leadId, rawKey }, event.id),
    GSI1PK: `${tenant}#RAW#${rawKey}`,
    GSI1SK: event.id,
    GSI2PK: `${tenant}#EVENTS`,
    GSI2SK: `${at}#${event.id}`,
    v: ROW_VERSION,
    tenant,
    source,
    event: event.type,
    event_id: event.id,
    lead_id: event.leadId,
    occurred_at: event.occurredAt,
    raw_key: rawKey,
    outcome,
    reason,
    at,
  };
  await unlessConditionFails(
    table.send(
      new PutCommand({
        TableName: tableName,
        Item,
        ConditionExpression: 'attribute_not_exists(outcome) OR outcome IN (:noRoute, :parked)',
        ExpressionAttributeValues: { ':noRoute': 'no_route', ':parked': 'parked' },
      }),
    ),
  );
}

/** Forgets what was noted of an event that was nobody's: from now on it is somebody's. */
export async function forgetNobodys(tableName: string, { tenant, leadId, rawKey, eventId }: Parked): Promise<void> {
  const Key = keyOf.event(tenant, { leadId, rawKey }, eventId);
  await table.send(new DeleteCommand({ TableName: tableName, Key }));
}
