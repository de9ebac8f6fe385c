import { GetCommand, UpdateCommand } from '@aws-sdk/lib-dynamodb';
import type { ChannelRecord } from '../core/channel.ts';
import type { Lead } from '../core/lead.ts';
import { keyOf, ROW_VERSION, table, unlessConditionFails } from './table.ts';

type Id = Pick<Lead, 'tenant' | 'lead_id'>;

/** Takes the right to tell a lead on a channel, for one sender at a time; `undefined` where another has it or it was told. Times in milliseconds. */
export async function leaseChannel(
  tableName: string,
  { tenant, lead_id }: Id,
  channel: string,
  { now, until }: { now: number; until: number },
) {
  const result = await unlessConditionFails(
    table.send(
      new UpdateCommand({
        TableName: tableName,
        Key: keyOf.channel(tenant, lead_id, channel),
        UpdateExpression: 'SET #state = :leased, leasedUntil = :until, channel = :channel, v = :v ADD attempts :one',
        ConditionExpression:
          'attribute_not_exists(#state) OR (#state <> :told AND (attribute_not_exists(leasedUntil) OR leasedUntil <= :now))',
        ExpressionAttributeNames: { '#state': 'state' },
        ExpressionAttributeValues: {
          ':leased': 'leased',
          ':told': 'told',
          ':until': until,
          ':now': now,
          ':channel': channel,
          ':v': ROW_VERSION,
          ':one': 1,
        },
        ReturnValues: 'ALL_NEW',
      }),
    ),
  );
  return result?.Attributes as ChannelRecord | undefined;
}

/** What came of a channel so far; `undefined` where nothing was begun. */
export async function channelRecordOf(
  tableName: string,
  { tenant, lead_id }: Id,
  channel: string,
): Promise<ChannelRecord | undefined> {
  const Key = keyOf.channel(tenant, lead_id, channel);
  const { Item } = await table.send(new GetCommand({ TableName: tableName, Key, ConsistentRead: true }));
  return Item as ChannelRecord | undefined;
}

/** Notes which digest a lead is in; false where it was told. */
export async function noteDigest(
  tableName: string,
  { tenant, lead_id }: Id,
  channel: string,
  window: number,
): Promise<boolean> {
  const noted = await unlessConditionFails(
    table.send(
      new UpdateCommand({
        TableName: tableName,
        Key: keyOf.channel(tenant, lead_id, channel),
        UpdateExpression:
          'SET #state = :digest, #window = :window, channel = :channel, v = :v, attempts = if_not_exists(attempts, :zero)',
        ConditionExpression: 'attribute_not_exists(#state) OR #state <> :told',
        ExpressionAttributeNames: { '#state': 'state', '#window': 'window' },
        ExpressionAttributeValues: {
          ':digest': 'digest',
          ':told': 'told',
          ':window': window,
          ':channel': channel,
          ':v': ROW_VERSION,
          ':zero': 0,
        },
      }),
    ),
  );
  return noted !== undefined;
}

/** Ends a lease with what came of it. `detail` is the channel's receipt, or the reason why it was not told. */
export async function settleChannel(
  tableName: string,
  { tenant, lead_id }: Id,
  channel: string,
  { state, detail, at }: { state: 'waiting' | 'told' | 'refused'; detail: string; at: string },
): Promise<void> {
  const told = state === 'told';
  await table.send(
    new UpdateCommand({
      TableName: tableName,
      Key: keyOf.channel(tenant, lead_id, channel),
      UpdateExpression: `SET #state = :state, settledAt = :at, ${told ? 'receipt' : 'reason'} = :detail REMOVE leasedUntil`,
      ExpressionAttributeNames: { '#state': 'state' },
      ExpressionAttributeValues: { ':state': state, ':at': at, ':detail': detail },
    }),
  );
}

/** Reserves the channel's next free moment in milliseconds: not before `now`, and `spacing` after the one before it. */
export async function reserveSlot(
  tableName: string,
  { tenant, channel }: { tenant: string; channel: string },
  { now, spacing }: { now: number; spacing: number },
): Promise<number> {
  const move = (expression: string, condition: string, values: Record<string, number>) =>
    unlessConditionFails(
      table.send(
        new UpdateCommand({
          TableName: tableName,
          Key: keyOf.pace(tenant, channel),
          UpdateExpression: expression,
          ConditionExpression: condition,
          ExpressionAttributeValues: { ':now': now, ...values },
          ReturnValues: 'UPDATED_NEW',
        }),
      ),
    );
  for (;;) {
    const moved =
      (await move('SET nextAt = nextAt + :spacing', 'nextAt > :now', { ':spacing': spacing })) ??
      (await move('SET nextAt = :next', 'attribute_not_exists(nextAt) OR nextAt <= :now', { ':next': now + spacing }));
    if (moved) return Number(moved.Attributes?.['nextAt']) - spacing;
  }
}

/** Counts misses in a row of an owner directory: a hit starts anew. Returns the count. */
export async function countMiss(
  tableName: string,
  { tenant, directory }: { tenant: string; directory: string },
  hit: boolean,
): Promise<number> {
  const { Attributes } = await table.send(
    new UpdateCommand({
      TableName: tableName,
      Key: keyOf.misses(tenant, directory),
      UpdateExpression: hit ? 'SET misses = :n' : 'ADD misses :n',
      ExpressionAttributeValues: { ':n': hit ? 0 : 1 },
      ReturnValues: 'UPDATED_NEW',
    }),
  );
  return Number(Attributes?.['misses']);
}
