import { DeleteCommand, GetCommand, UpdateCommand } from '@aws-sdk/lib-dynamodb';
import type { Parked } from '../core/account.ts';
import { type EventOrigin, eventTypes, isFinal, type Outcome, type Settled, type SourceEvent } from '../core/event.ts';
import { keyOf, ROW_VERSION, table, unlessConditionFails } from './table.ts';

/** What a row says of an event. */
export type RecordedEvent = Pick<SourceEvent, 'id' | 'type' | 'leadId' | 'objectId' | 'account' | 'occurredAt'> & {
  effect?: SourceEvent['effect'];
};

/** The outcome of an event; `undefined` for one that was not worked through. */
export async function outcomeOf(
  tableName: string,
  event: Pick<SourceEvent, 'id' | 'leadId'>,
  from: EventOrigin,
): Promise<Outcome | undefined> {
  const Key = eventKey(event, from);
  const { Item } = await table.send(new GetCommand({ TableName: tableName, Key, ConsistentRead: true }));
  return Item?.['outcome'] as Outcome | undefined;
}

/**
 * Notes what became of an event: the last write of `capture`, after which the same event is a repeat. What is final stays, and
 * this one then counts as a repeat. Since when it was held up, and why last, stays beside it.
 */
export async function recordEvent(
  tableName: string,
  event: RecordedEvent,
  from: EventOrigin,
  { outcome, reason, readAt, waitingUntil, at }: Settled & { at: string },
): Promise<void> {
  const { tenant, source, rawKey, delivery } = from;
  const isHeld = !isFinal(outcome);
  const values = {
    GSI1PK: `${tenant}#RAW#${rawKey}`,
    GSI1SK: event.id,
    GSI2PK: `${tenant}#EVENTS`,
    GSI2SK: `${at}#${event.id}`,
    v: ROW_VERSION,
    tenant,
    source,
    event: event.type,
    event_type: event.effect && eventTypes[event.effect],
    event_id: event.id,
    lead_id: event.leadId,
    object_id: event.objectId,
    account: event.account,
    occurred_at: event.occurredAt,
    raw_key: rawKey,
    received_at: delivery?.receivedAt,
    stored_at: delivery?.storedAt,
    origin: delivery?.origin,
    digest: delivery?.digest,
    read_at: readAt,
    held_for: isHeld ? (reason ?? outcome) : undefined,
    outcome,
    reason,
    waiting_until: waitingUntil,
    at,
  };
  const gone = [...(reason === undefined ? ['reason'] : []), ...(waitingUntil === undefined ? ['waiting_until'] : [])];
  const given = Object.entries(values).filter(([, value]) => value !== undefined);
  const recorded = await unlessConditionFails(
    table.send(
      new UpdateCommand({
        TableName: tableName,
        Key: eventKey(event, from),
        UpdateExpression: `SET ${given.map(([name]) => `#${name} = :${name}`).join(', ')}${isHeld ? ', held_at = if_not_exists(held_at, :at)' : ''}${gone.length > 0 ? ` REMOVE ${gone.join(', ')}` : ''} ADD received :mark`,
        ConditionExpression: 'attribute_not_exists(outcome) OR outcome IN (:noRoute, :parked)',
        ExpressionAttributeNames: Object.fromEntries(given.map(([name]) => [`#${name}`, name])),
        ExpressionAttributeValues: {
          ...Object.fromEntries(given.map(([name, value]) => [`:${name}`, value])),
          ':mark': new Set([from.mark]),
          ':noRoute': 'no_route',
          ':parked': 'parked',
        },
      }),
    ),
  );
  if (!recorded) await countRepeat(tableName, event, from, at);
}

/** Counts that an event was received once more; false where this very reception is counted already. The event is found among those repeated then. */
export async function countRepeat(
  tableName: string,
  event: Pick<SourceEvent, 'id' | 'leadId'>,
  from: EventOrigin,
  at: string,
): Promise<boolean> {
  const counted = await unlessConditionFails(
    table.send(
      new UpdateCommand({
        TableName: tableName,
        Key: eventKey(event, from),
        UpdateExpression: 'SET GSI3PK = :pk, GSI3SK = :sk ADD received :marks',
        ConditionExpression: 'attribute_exists(PK) AND NOT contains(received, :mark)',
        ExpressionAttributeValues: {
          ':pk': `${from.tenant}#REPEATS`,
          ':sk': `${at}#${event.id}`,
          ':marks': new Set([from.mark]),
          ':mark': from.mark,
        },
      }),
    ),
  );
  return counted !== undefined;
}

/** Forgets what was noted of an event that was nobody's: from now on it is somebody's. */
export async function forgetNobodys(tableName: string, { tenant, leadId, rawKey, eventId }: Parked): Promise<void> {
  const Key = keyOf.event(tenant, { leadId, rawKey }, eventId);
  await table.send(new DeleteCommand({ TableName: tableName, Key }));
}

const eventKey = ({ id, leadId }: Pick<SourceEvent, 'id' | 'leadId'>, { tenant, rawKey }: EventOrigin) =>
  keyOf.event(tenant, { leadId, rawKey }, id);
