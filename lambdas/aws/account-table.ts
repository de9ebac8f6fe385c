import { DeleteCommand, GetCommand, QueryCommand, UpdateCommand } from '@aws-sdk/lib-dynamodb';
import type { Account, Refusal } from '../core/account.ts';
import { keyOf, ROW_VERSION, table, unlessConditionFails } from './table.ts';

type Id = Pick<Account, 'source' | 'id'>;

/** A page or portal as the table knows it just now; `undefined` where nobody has it. */
export async function accountOf(tableName: string, { source, id }: Id): Promise<Account | undefined> {
  const Key = keyOf.account(source, id);
  const { Item } = await table.send(new GetCommand({ TableName: tableName, Key, ConsistentRead: true }));
  return Item && toAccount(Item);
}

/** A tenant's pages or portals, by their ids. */
export async function accountsOf(tableName: string, { tenant, source }: Pick<Account, 'tenant' | 'source'>) {
  const accounts: Account[] = [];
  let ExclusiveStartKey: Record<string, unknown> | undefined;
  do {
    const page = await table.send(
      new QueryCommand({
        TableName: tableName,
        IndexName: 'GSI1',
        KeyConditionExpression: 'GSI1PK = :pk AND begins_with(GSI1SK, :source)',
        ExpressionAttributeValues: { ':pk': `${tenant}#ACCOUNTS`, ':source': `${source}#` },
        ExclusiveStartKey,
      }),
    );
    accounts.push(...(page.Items ?? []).map(toAccount));
    ExclusiveStartKey = page.LastEvaluatedKey;
  } while (ExclusiveStartKey);
  return accounts;
}

/** Gives a page or portal to its tenant, or changes what is known of it there; false where another tenant has it. */
export async function saveAccount(
  tableName: string,
  { tenant, source, id, name, owner, ownerEmail, country }: Account,
  at: string,
): Promise<boolean> {
  const known = { name, owner, ownerEmail, country };
  const given = Object.entries(known).filter(([, value]) => value !== undefined && value !== '');
  const emptied = Object.entries(known).filter(([, value]) => value === '');
  const values = {
    ...Object.fromEntries(given),
    tenant,
    source,
    id,
    v: ROW_VERSION,
    changedAt: at,
    GSI1PK: `${tenant}#ACCOUNTS`,
    GSI1SK: `${source}#${id}`,
  };
  const set = Object.keys(values).map((attribute) => `#${attribute} = :${attribute}`);
  const remove = emptied.map(([attribute]) => `#${attribute}`);
  const names = [...Object.keys(values), ...emptied.map(([attribute]) => attribute)];
  const saved = await unlessConditionFails(
    table.send(
      new UpdateCommand({
        TableName: tableName,
        Key: keyOf.account(source, id),
        UpdateExpression: `SET ${set.join(', ')}, connectedAt = if_not_exists(connectedAt, :changedAt)${remove.length > 0 ? ` REMOVE ${remove.join(', ')}` : ''}`,
        ConditionExpression: 'attribute_not_exists(PK) OR #tenant = :tenant',
        ExpressionAttributeNames: Object.fromEntries(names.map((attribute) => [`#${attribute}`, attribute])),
        ExpressionAttributeValues: Object.fromEntries(
          Object.entries(values).map(([attribute, value]) => [`:${attribute}`, value]),
        ),
      }),
    ),
  );
  return saved !== undefined;
}

/** Takes a page or portal from its tenant; false where that tenant does not have it. */
export async function deleteAccount(tableName: string, { tenant, source, id }: Account): Promise<boolean> {
  const deleted = await unlessConditionFails(
    table.send(
      new DeleteCommand({
        TableName: tableName,
        Key: keyOf.account(source, id),
        ConditionExpression: '#tenant = :tenant',
        ExpressionAttributeNames: { '#tenant': 'tenant' },
        ExpressionAttributeValues: { ':tenant': tenant },
      }),
    ),
  );
  return deleted !== undefined;
}

/** Notes that the vendor refuses this version of the token, until `acceptToken`. */
export const refuseToken = (tableName: string, account: Id, refused: Refusal) =>
  change(tableName, account, 'SET refused = :refused', 'attribute_exists(PK)', { ':refused': refused });

export const acceptToken = (tableName: string, account: Id) =>
  change(tableName, account, 'REMOVE refused', 'attribute_exists(PK)');

/** Takes the watch over the parked events of a page or portal until then; false where somebody has it. Milliseconds since 1970. */
export const takeWatch = (tableName: string, account: Id, { now, until }: { now: number; until: number }) =>
  change(
    tableName,
    account,
    'SET watchUntil = :until',
    'attribute_exists(PK) AND (attribute_not_exists(watchUntil) OR watchUntil <= :now)',
    { ':until': until, ':now': now },
  );

/** Keeps the watch for longer; false where it is somebody else's. */
export const keepWatch = (tableName: string, account: Id, { from, until }: { from: number; until: number }) =>
  change(tableName, account, 'SET watchUntil = :until', 'watchUntil = :from', { ':until': until, ':from': from });

/** Ends the watch; false where it is somebody else's. */
export const endWatch = (tableName: string, account: Id, from: number) =>
  change(tableName, account, 'REMOVE watchUntil', 'watchUntil = :from', { ':from': from });

/** Whether the condition held. */
async function change(
  tableName: string,
  { source, id }: Id,
  UpdateExpression: string,
  ConditionExpression: string,
  ExpressionAttributeValues?: Record<string, unknown>,
): Promise<boolean> {
  const Key = keyOf.account(source, id);
  const changed = table.send(
    new UpdateCommand({
      TableName: tableName,
      Key,
      UpdateExpression,
      ConditionExpression,
      ...(ExpressionAttributeValues && { ExpressionAttributeValues }),
    }),
  );
  return (await unlessConditionFails(changed)) !== undefined;
}

function toAccount(row: Record<string, unknown>): Account {
  const { source, id, tenant, name, owner, ownerEmail, country, connectedAt, refused, watchUntil } = row;
  return { source, id, tenant, name, owner, ownerEmail, country, connectedAt, refused, watchUntil } as Account;
}
