import { DeleteCommand, UpdateCommand } from '@aws-sdk/lib-dynamodb';
import type { Parked } from '../core/account.ts';
import { type EventOrigin, eventTypes, isFinal, type Outcome, type Settled, type SourceEvent } from '../core/event.ts';
import { rowNow } from './rows.ts';
import { keyOf, ROW_VERSION, table, unlessConditionFails } from './table.ts';

/** What a row says of an event. */
export type RecordedEvent = Pick<SourceEvent, 'id' | 'type' | 'leadId' | 'objectId' | 'account' | 'occurredAt'> & {
  effect?: SourceEvent['effect'];
};

/** The outcome of an event; `undefined` for one that was not worked through, or whose very reception only a quiet replay has worked through: its own turn is still to come. */
export async function outcomeOf(
  tableName: string,
  event: Pick<SourceEvent, 'id' | 'leadId'>,
  from: EventOrigin,
): Promise<Outcome | undefined> {
  const row = await rowNow(tableName, eventKey(event, from));
  const received = row?.['received'] as Set<string> | undefined;
  const isToCome = row?.['quiet'] === true && received?.has(from.mark) === true;
  return isToCome ? undefined : (row?.['outcome'] as Outcome | undefined);
}

/**
 * Notes what became of an event: the last write of `capture`, after which the same event is a repeat. What is final stays, and
 * this one then counts as a repeat; what is run again replaces it, at its old place among the events. Since when it was held up, and
 * why last, stays beside it.
 */
export async function recordEvent(
  tableName: string,
  event: RecordedEvent,
  from: EventOrigin,
  { outcome, reason, readAt, waitingUntil, attempts = 1, again, at }: Settled & { at: string },
): Promise<void> {
  const { tenant, source, rawKey, delivery } = from;
  const isHeld = !isFinal(outcome);
  const said = {
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
    received_at: delivery?.receivedAt,
    stored_at: delivery?.storedAt,
    origin: delivery?.origin,
    digest: delivery?.digest,
    read_at: readAt,
    held_for: isHeld ? (reason ?? outcome) : undefined,
    outcome,
    reason,
    waiting_until: waitingUntil,
  };
  const first = {
    GSI1PK: `${tenant}#RAW#${rawKey}`,
    GSI1SK: event.id,
    GSI2PK: `${tenant}#EVENTS`,
    GSI2SK: `${at}#${event.id}`,
    raw_key: rawKey,
    at,
  };
  const quiet = again === 'quiet' ? true : undefined;
  const isOpen = 'attribute_not_exists(outcome) OR outcome IN (:noRoute, :parked) OR quiet = :true';
  const write = (set: Record<string, unknown>, condition?: string) =>
    setOn(tableName, eventKey(event, from), {
      set,
      mark: from.mark,
      attempts,
      condition,
      heldAt: isHeld ? at : undefined,
    });
  const recorded = await write({ ...said, ...first, quiet }, isOpen);
  if (recorded) return;
  if (again) await write({ ...said, again_at: at });
  else await countRepeat(tableName, event, from, at);
}

interface Written {
  set: Record<string, unknown>;
  mark: string;
  attempts: number;
  condition: string | undefined;
  /** When it was found that it must wait. */
  heldAt: string | undefined;
}

/** Sets what is given and removes what may be absent; false where the condition does not hold. */
async function setOn(tableName: string, Key: object, written: Written): Promise<boolean> {
  const { set, mark, attempts, condition, heldAt } = written;
  const given = Object.entries(set).filter(([, value]) => value !== undefined);
  const absent = ['reason', 'waiting_until', ...('quiet' in set ? ['quiet'] : [])].filter(
    (name) => set[name] === undefined,
  );
  const held = heldAt === undefined ? '' : ', held_at = if_not_exists(held_at, :heldAt)';
  const removed = absent.length > 0 ? ` REMOVE ${absent.join(', ')}` : '';
  const recorded = await unlessConditionFails(
    table.send(
      new UpdateCommand({
        TableName: tableName,
        Key,
        UpdateExpression: `SET ${given.map(([name]) => `#${name} = :${name}`).join(', ')}${held}${removed} ADD received :mark, attempts :attempts`,
        ConditionExpression: condition,
        ExpressionAttributeNames: Object.fromEntries(given.map(([name]) => [`#${name}`, name])),
        ExpressionAttributeValues: {
          ...Object.fromEntries(given.map(([name, value]) => [`:${name}`, value])),
          ':mark': new Set([mark]),
          ':attempts': attempts,
          ...(heldAt !== undefined && { ':heldAt': heldAt }),
          ...(condition !== undefined && { ':noRoute': 'no_route', ':parked': 'parked', ':true': true }),
        },
      }),
    ),
  );
  return recorded !== undefined;
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
