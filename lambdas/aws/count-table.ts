import { createHash } from 'node:crypto';
import { GetCommand, PutCommand, UpdateCommand } from '@aws-sdk/lib-dynamodb';
import type { CountState, Look, Move } from '../core/count.ts';
import type { Lead } from '../core/lead.ts';
import { keyOf, ROW_VERSION, table, unlessConditionFails } from './table.ts';

type Id = Pick<Lead, 'tenant' | 'lead_id'>;

/** Leads share so many guards of a day: more of them make a larger row, fewer have more writers wait for each other. */
const GUARDS = 16;

/** What a lead is counted as, as of this moment. */
export async function countNow(tableName: string, { tenant, lead_id }: Id): Promise<CountState> {
  const Key = keyOf.count(tenant, lead_id);
  const { Item } = await table.send(new GetCommand({ TableName: tableName, Key, ConsistentRead: true }));
  if (!Item) return { moves: 0, names: [] };
  const { moves, day, names, next } = Item as unknown as Required<CountState>;
  return { moves, day, names, next };
}

/** Notes a move before it is made; false where another one was, or one is under way. */
export async function beginMove(tableName: string, move: Move): Promise<boolean> {
  const { tenant, lead_id, number, day, names, next } = move;
  const isFirst = number === 1;
  const Item = { ...keyOf.count(tenant, lead_id), v: ROW_VERSION, moves: number, day, names, next };
  const begun = await unlessConditionFails(
    table.send(
      new PutCommand({
        TableName: tableName,
        Item,
        ConditionExpression: isFirst ? 'attribute_not_exists(PK)' : 'moves = :before AND attribute_not_exists(#next)',
        ...(!isFirst && {
          ExpressionAttributeNames: { '#next': 'next' },
          ExpressionAttributeValues: { ':before': number - 1 },
        }),
      }),
    ),
  );
  return begun !== undefined;
}

/** What the day says of a move, as of this moment. */
export async function lookAt(tableName: string, move: Move): Promise<Look> {
  const { guard, mark } = signsOf(move);
  const { Item = {} } = await table.send(
    new GetCommand({
      TableName: tableName,
      Key: keyOf.day(move.tenant, move.day),
      ProjectionExpression: '#guard, made',
      ExpressionAttributeNames: { '#guard': guard },
      ConsistentRead: true,
    }),
  );
  const made = (Item['made'] ?? new Set()) as Set<string>;
  return { guard: Number(Item[guard] ?? 0), isDone: made.has(mark) };
}

/** Changes the counters of the day and notes that, in one write; false where somebody made a move under this guard meanwhile. */
export async function makeMove(
  tableName: string,
  move: Move,
  changes: Record<string, number>,
  before: number,
): Promise<boolean> {
  const { guard, mark } = signsOf(move);
  const changed = Object.entries(changes);
  const made = await unlessConditionFails(
    table.send(
      new UpdateCommand({
        TableName: tableName,
        Key: keyOf.day(move.tenant, move.day),
        UpdateExpression: `SET #guard = :after, v = :v ADD made :mark${changed.map((_, n) => `, #n${n} :n${n}`).join('')}`,
        ConditionExpression: before === 0 ? 'attribute_not_exists(#guard)' : '#guard = :before',
        ExpressionAttributeNames: {
          '#guard': guard,
          ...Object.fromEntries(changed.map(([name], n) => [`#n${n}`, name])),
        },
        ExpressionAttributeValues: {
          ':after': before + 1,
          ':v': ROW_VERSION,
          ':mark': new Set([mark]),
          ...(before > 0 && { ':before': before }),
          ...Object.fromEntries(changed.map(([, by], n) => [`:n${n}`, by])),
        },
      }),
    ),
  );
  return made !== undefined;
}

/** Notes that the lead is counted so now; nothing where somebody did, or where the lead was erased. */
export const endMove = (tableName: string, { tenant, lead_id, number }: Move) =>
  unlessConditionFails(
    table.send(
      new UpdateCommand({
        TableName: tableName,
        Key: keyOf.count(tenant, lead_id),
        UpdateExpression: 'SET #names = #next REMOVE #next',
        ConditionExpression: 'moves = :number AND attribute_exists(#next)',
        ExpressionAttributeNames: { '#names': 'names', '#next': 'next' },
        ExpressionAttributeValues: { ':number': number },
      }),
    ),
  );

/** Takes away what the day notes of a move that has ended. */
export const forgetMove = (tableName: string, move: Move) =>
  table.send(
    new UpdateCommand({
      TableName: tableName,
      Key: keyOf.day(move.tenant, move.day),
      UpdateExpression: 'DELETE made :mark',
      ExpressionAttributeValues: { ':mark': new Set([signsOf(move).mark]) },
    }),
  );

/** Keeps the name under which an owner was counted first. */
export const nameOwner = (tableName: string, tenant: string, { key, name }: { key: string; name: string }) =>
  unlessConditionFails(
    table.send(
      new PutCommand({
        TableName: tableName,
        Item: { ...keyOf.owner(tenant, key), v: ROW_VERSION, name },
        ConditionExpression: 'attribute_not_exists(PK)',
      }),
    ),
  );

/** The guard that a lead shares with some others, and the mark of a move, which names nobody: rows of a day outlive leads. */
function signsOf({ tenant, lead_id, number }: Move) {
  const hash = createHash('sha256')
    .update(JSON.stringify([tenant, lead_id]))
    .digest();
  return { guard: `guard#${(hash[0] ?? 0) % GUARDS}`, mark: `${hash.toString('hex', 0, 8)}#${number}` };
}
