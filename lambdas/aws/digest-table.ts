import { GetCommand, PutCommand, UpdateCommand } from '@aws-sdk/lib-dynamodb';
import { type DigestEntry, type DigestPart, type DigestPlace, PART_SIZE } from '../core/digest.ts';
import { keyOf, ROW_VERSION, table, unlessConditionFails } from './table.ts';

/** Puts a lead into a part that is there, open and not full; false where it is not. The same lead again changes nothing. */
export async function joinDigest(
  tableName: string,
  place: DigestPlace,
  part: number,
  entry: DigestEntry,
): Promise<boolean> {
  const joined = await unlessConditionFails(
    table.send(
      new UpdateCommand({
        TableName: tableName,
        Key: keyOf.digest(place, part),
        UpdateExpression: 'SET leads.#id = :entry',
        ConditionExpression:
          'attribute_exists(PK) AND attribute_not_exists(closedAt) AND (size(leads) < :most OR attribute_exists(leads.#id))',
        ExpressionAttributeNames: { '#id': entry.lead_id },
        ExpressionAttributeValues: { ':entry': entry, ':most': PART_SIZE },
      }),
    ),
  );
  return joined !== undefined;
}

/** Makes a part with its first lead, or the end behind the last one; false where there is one. */
export async function makeDigestPart(
  tableName: string,
  place: DigestPlace,
  part: number,
  entry: DigestEntry | undefined,
  at: string,
): Promise<boolean> {
  const Item = {
    ...keyOf.digest(place, part),
    v: ROW_VERSION,
    leads: entry ? { [entry.lead_id]: entry } : {},
    ...(!entry && { closedAt: at, isEnd: true }),
  };
  const ConditionExpression = 'attribute_not_exists(PK)';
  return (
    (await unlessConditionFails(table.send(new PutCommand({ TableName: tableName, Item, ConditionExpression })))) !==
    undefined
  );
}

/** Closes a part for good; `undefined` where there is none. */
export async function closeDigestPart(
  tableName: string,
  place: DigestPlace,
  part: number,
  at: string,
): Promise<DigestPart | undefined> {
  const closed = await unlessConditionFails(
    table.send(
      new UpdateCommand({
        TableName: tableName,
        Key: keyOf.digest(place, part),
        UpdateExpression: 'SET closedAt = if_not_exists(closedAt, :at)',
        ConditionExpression: 'attribute_exists(PK)',
        ExpressionAttributeValues: { ':at': at },
        ReturnValues: 'ALL_NEW',
      }),
    ),
  );
  return closed && toPart(closed.Attributes ?? {});
}

export async function digestPartOf(
  tableName: string,
  place: DigestPlace,
  part: number,
): Promise<DigestPart | undefined> {
  const Key = keyOf.digest(place, part);
  const { Item } = await table.send(new GetCommand({ TableName: tableName, Key, ConsistentRead: true }));
  return Item && toPart(Item);
}

/** Takes a lead out of a digest. */
export async function leaveDigestOf(tableName: string, place: DigestPlace, leadId: string): Promise<void> {
  for (let part = 0; await digestPartOf(tableName, place, part); part += 1)
    await leavePart(tableName, place, part, leadId);
}

async function leavePart(tableName: string, place: DigestPlace, part: number, leadId: string): Promise<void> {
  await unlessConditionFails(
    table.send(
      new UpdateCommand({
        TableName: tableName,
        Key: keyOf.digest(place, part),
        UpdateExpression: 'REMOVE leads.#id',
        ConditionExpression: 'attribute_exists(leads.#id)',
        ExpressionAttributeNames: { '#id': leadId },
      }),
    ),
  );
}

/** Forgets whom a part was about; that it is closed stays. */
export async function emptyDigestPart(tableName: string, place: DigestPlace, part: number): Promise<void> {
  await table.send(
    new UpdateCommand({
      TableName: tableName,
      Key: keyOf.digest(place, part),
      UpdateExpression: 'SET leads = :none',
      ExpressionAttributeValues: { ':none': {} },
    }),
  );
}

/** Counts an alert of this minute. Returns how many there are, itself included. */
export async function countAlert(
  tableName: string,
  { tenant, channel }: Pick<DigestPlace, 'tenant' | 'channel'>,
  minute: number,
): Promise<number> {
  const count = (UpdateExpression: string, ConditionExpression: string) =>
    unlessConditionFails(
      table.send(
        new UpdateCommand({
          TableName: tableName,
          Key: keyOf.alerts(tenant, channel),
          UpdateExpression,
          ConditionExpression,
          ExpressionAttributeNames: { '#minute': 'minute' },
          ExpressionAttributeValues: { ':minute': minute, ':one': 1 },
          ReturnValues: 'UPDATED_NEW',
        }),
      ),
    );
  for (;;) {
    const counted =
      (await count('ADD alerts :one', '#minute >= :minute')) ??
      (await count('SET #minute = :minute, alerts = :one', 'attribute_not_exists(#minute) OR #minute < :minute'));
    if (counted) return Number(counted.Attributes?.['alerts']);
  }
}

const toPart = ({ leads, closedAt, isEnd }: Record<string, unknown>): DigestPart => ({
  leads: leads as DigestPart['leads'],
  isClosed: closedAt !== undefined,
  isEnd: isEnd === true,
});
