import { GetCommand, PutCommand } from '@aws-sdk/lib-dynamodb';
import type { EventOrigin, Outcome, SourceEvent } from '../core/event.ts';
import { keyOf, ROW_VERSION, table } from './table.ts';

/** The outcome of an event that was worked through; `undefined` for one that was not, or not to its end. */
export async function outcomeOf(
  tableName: string,
  event: SourceEvent,
  from: EventOrigin,
): Promise<Outcome | undefined> {
  const Key = keyOf.event(from.tenant, { leadId: event.leadId, rawKey: from.rawKey }, event.id);
  const { Item } = await table.send(new GetCommand({ TableName: tableName, Key, ConsistentRead: true }));
  return Item?.['outcome'] as Outcome | undefined;
}

/** Marks an event as worked through: the last write of `capture`, after which the same event is a repeat. */
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
  await table.send(new PutCommand({ TableName: tableName, Item }));
}
