import { QueryCommand, UpdateCommand } from '@aws-sdk/lib-dynamodb';
import type { ChannelRecord } from '../core/channel.ts';
import type { Captured, Lead } from '../core/lead.ts';
import { keyOf, ROW_VERSION, table, unlessConditionFails } from './table.ts';

type Id = Pick<Lead, 'tenant' | 'lead_id'>;

/** Sets attributes of a lead and, unless nobody would see a difference, notes that it changed; returns the whole row, or `undefined` where the condition did not hold. */
async function update(
  tableName: string,
  { tenant, lead_id }: Id,
  at: string,
  change: Change,
): Promise<Lead | undefined> {
  const changed = { updatedAt: at, GSI2PK: `${tenant}#CHANGES`, GSI2SK: `${at}#${lead_id}` };
  const set = { tenant, lead_id, v: ROW_VERSION, ...(!change.unseen && changed), ...change.set };
  // An expression may name no value that is left out of the request.
  const once = Object.fromEntries(Object.entries(change.once ?? {}).filter(([, value]) => value !== undefined));
  const assignments = [
    ...Object.keys(set).map((name) => `#${name} = :${name}`),
    ...Object.keys(once).map((name) => `#${name} = if_not_exists(#${name}, :${name})`),
  ];
  const removed = change.remove ?? [];
  const values = { ...set, ...once };
  const result = await unlessConditionFails(
    table.send(
      new UpdateCommand({
        TableName: tableName,
        Key: keyOf.lead(tenant, lead_id),
        UpdateExpression: `SET ${assignments.join(', ')}${removed.length > 0 ? ` REMOVE ${removed.join(', ')}` : ''}`,
        ConditionExpression: change.condition,
        ExpressionAttributeNames: Object.fromEntries(Object.keys(values).map((name) => [`#${name}`, name])),
        ExpressionAttributeValues: Object.fromEntries(
          Object.entries(values).map(([name, value]) => [`:${name}`, value]),
        ),
        ReturnValues: 'ALL_NEW',
      }),
    ),
  );
  return result?.Attributes as Lead | undefined;
}

interface Change {
  set: Record<string, unknown>;
  /** Set only where the row has no such attribute yet. */
  once?: Record<string, unknown>;
  remove?: string[];
  condition?: string;
  /** Nothing that people see: the lead keeps its place among the changes, which would cost two writes more. */
  unseen?: boolean;
}

/**
 * Writes what an event says of a lead, unless the row knows something newer, and returns the row. A lead's times, raw key and
 * due time are those of the first write; it stands among those due until it is told, and never again.
 */
export async function saveLead(
  tableName: string,
  { tenant, lead_id, source, facts, asOf, created }: Captured,
  at: string,
): Promise<Lead> {
  const once = created && {
    ...created,
    capturedAt: at,
    GSI1PK: `${tenant}#LEADS`,
    GSI1SK: `${created.receivedAt}#${lead_id}`,
    GSI3PK: `${tenant}#DUE`,
    GSI3SK: `${created.dueAt}#${lead_id}`,
  };
  const isNewer = '(attribute_not_exists(#asOf) OR #asOf <= :asOf)';
  const changes: Change[] = once
    ? [
        { set: { source, facts, asOf }, once, condition: `${isNewer} AND attribute_not_exists(toldAt)` },
        { set: { source }, once, condition: 'attribute_not_exists(toldAt)' },
        { set: { source } },
      ]
    : [{ set: { source, facts, asOf }, condition: isNewer }, { set: { source } }];
  for (const change of changes) {
    const row = await update(tableName, { tenant, lead_id }, at, change);
    if (row) return row;
  }
  throw new Error('an update without a condition can not fail on one');
}

/** Notes that the vendor deleted the lead; what was known of it stays. */
export const markDeleted = (tableName: string, id: Id, deletedAt: string, at: string) =>
  update(tableName, id, at, { set: { deletedAt } });

/** Notes that the lead is in its wait. */
export const markQueued = (tableName: string, lead: Lead, at: string) =>
  update(tableName, lead, at, { set: { queuedAt: at }, unseen: true });

export const markEnriched = (tableName: string, lead: Lead, at: string) =>
  update(tableName, lead, at, { set: { lookedUpAt: at, enrichedAt: at } });

/** Notes that people were told; the lead is no longer due. */
export const markTold = (tableName: string, lead: Lead, at: string) =>
  update(tableName, lead, at, { set: { toldAt: at }, remove: ['GSI3PK', 'GSI3SK'] });

/** A lead with what was told of it on each channel, in one read; `undefined` where there is none. */
export async function leadOf(
  tableName: string,
  { tenant, lead_id }: Id,
): Promise<{ lead: Lead; channels: ChannelRecord[] } | undefined> {
  const { PK, SK } = keyOf.lead(tenant, lead_id);
  const { Items = [] } = await table.send(
    new QueryCommand({
      TableName: tableName,
      KeyConditionExpression: 'PK = :pk AND begins_with(SK, :sk)',
      ExpressionAttributeValues: { ':pk': PK, ':sk': SK },
      ConsistentRead: true,
    }),
  );
  const lead = Items.find((item) => item['SK'] === SK);
  if (!lead?.['receivedAt']) return undefined;
  return {
    lead: lead as unknown as Lead,
    channels: Items.filter((item) => item !== lead) as unknown as ChannelRecord[],
  };
}
