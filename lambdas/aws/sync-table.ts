import { GetCommand, PutCommand, QueryCommand, UpdateCommand } from '@aws-sdk/lib-dynamodb';
import type { Compared, Comparison, Found } from '../core/completeness.ts';
import type { SubscriptionState } from '../core/listing.ts';
import { keyOf, ROW_VERSION, table, unlessConditionFails } from './table.ts';

/** How far an account was compared; `undefined` where it never was. */
export async function comparisonNow(tableName: string, of: Compared): Promise<Comparison | undefined> {
  const { Item } = await table.send(
    new GetCommand({ TableName: tableName, Key: keyOf.comparison(of), ConsistentRead: true }),
  );
  return Item as Comparison | undefined;
}

/** How far all accounts of a tenant were compared. */
export async function comparisonsOf(tableName: string, tenant: string): Promise<Comparison[]> {
  const found: Comparison[] = [];
  let ExclusiveStartKey: Record<string, unknown> | undefined;
  do {
    const page = await table.send(
      new QueryCommand({
        TableName: tableName,
        KeyConditionExpression: 'PK = :pk',
        ExpressionAttributeValues: { ':pk': keyOf.comparison({ tenant, source: '', account: '' }).PK },
        ExclusiveStartKey,
      }),
    );
    found.push(...((page.Items ?? []) as Comparison[]));
    ExclusiveStartKey = page.LastEvaluatedKey;
  } while (ExclusiveStartKey);
  return found;
}

/** The row of an account, made where there is none: its leads count from `since` on. */
export async function beginComparing(tableName: string, of: Compared, since: number): Promise<Comparison> {
  const none = { vendor: 0, ours: 0 };
  const row: Comparison = { ...of, since, settledUntil: since, settled: none, recent: none };
  const Item = { ...keyOf.comparison(of), v: ROW_VERSION, ...row };
  const known = await comparisonNow(tableName, of);
  if (known) return known;
  const put = new PutCommand({ TableName: tableName, Item, ConditionExpression: 'attribute_not_exists(PK)' });
  const isFirst = (await unlessConditionFails(table.send(put))) !== undefined;
  return isFirst ? row : ((await comparisonNow(tableName, of)) ?? row);
}

/** Keeps an account for one comparison until then; false where another one has it. Milliseconds since 1970. */
export const takeAccount = (tableName: string, of: Compared, { now, until }: { now: number; until: number }) =>
  change(tableName, of, 'SET busyUntil = :until', 'attribute_not_exists(busyUntil) OR busyUntil <= :now', {
    ':until': until,
    ':now': now,
  });

/** Writes what a comparison found, and gives the account free; false where the watermark is not any more where the comparison saw it. */
export function saveComparison(
  tableName: string,
  of: Compared,
  began: Pick<Comparison, 'since' | 'settledUntil'>,
  { put, missingSince, ...found }: Found,
  now: number,
): Promise<boolean> {
  const set = Object.entries(found).filter(([, value]) => value !== undefined);
  const values = Object.fromEntries(set.map(([name, value]) => [`:${name}`, value]));
  const assignments = set.map(([name]) => `${name} = :${name}`);
  const isMissing = missingSince !== undefined;
  const isPut = put > 0;
  return change(
    tableName,
    of,
    [
      `SET ${[...assignments, ...(isMissing ? ['missingSince = :missingSince'] : []), ...(isPut ? ['backfilledAt = :now'] : [])].join(', ')}`,
      `REMOVE ${['busyUntil', 'trouble', ...(isMissing ? [] : ['missingSince'])].join(', ')}`,
      ...(isPut ? ['ADD backfilled :put'] : []),
    ].join(' '),
    'since = :began AND settledUntil = :until',
    {
      ...values,
      ':began': began.since,
      ':until': began.settledUntil,
      ...(isMissing && { ':missingSince': missingSince }),
      ...(isPut && { ':now': now, ':put': put }),
    },
  );
}

/** Notes why a vendor could not be asked, and since when, and gives the account free. */
export const noteTrouble = (tableName: string, of: Compared, reason: string, now: number) =>
  change(
    tableName,
    of,
    'SET trouble = :trouble REMOVE busyUntil',
    'attribute_exists(PK) AND (attribute_not_exists(trouble) OR trouble.reason <> :reason)',
    { ':trouble': { reason, since: now }, ':reason': reason },
  ).then((isNew) => isNew || change(tableName, of, 'REMOVE busyUntil', 'attribute_exists(PK)'));

/** Notes whether the vendor posts to us. */
export const noteSubscription = (tableName: string, of: Compared, state: SubscriptionState, now: number) =>
  change(tableName, of, 'SET subscription = :state', 'attribute_exists(PK)', { ':state': { ...state, at: now } });

/** Whether the condition held. */
async function change(
  tableName: string,
  of: Compared,
  UpdateExpression: string,
  ConditionExpression: string,
  ExpressionAttributeValues?: Record<string, unknown>,
): Promise<boolean> {
  const changed = table.send(
    new UpdateCommand({
      TableName: tableName,
      Key: keyOf.comparison(of),
      UpdateExpression,
      ConditionExpression,
      ...(ExpressionAttributeValues && { ExpressionAttributeValues }),
    }),
  );
  return (await unlessConditionFails(changed)) !== undefined;
}
