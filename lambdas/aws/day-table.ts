import { createHash } from 'node:crypto';
import { UpdateCommand } from '@aws-sdk/lib-dynamodb';
import type { Look, Move } from '../core/count.ts';
import { rowNow } from './rows.ts';
import { keyOf, ROW_VERSION, table, unlessConditionFails } from './table.ts';
import { forEachNamed, together } from './together.ts';

// The counters of a day and the moves that change them: docs/decisions/0031-counters.md.

/** Leads share so many guards of a day: more of them make a larger row, fewer have more writers wait for each other. */
const GUARDS = 16;
/** Moves of one write; the limit is that of an expression, 4 KB. */
const MOVES_AT_ONCE = 25;

/** What the day says of a move, as of this moment. */
export async function lookAt(tableName: string, move: Move): Promise<Look> {
  const { guard, mark } = signsOf(move);
  const row = await rowNow(tableName, keyOf.day(move.tenant, move.day));
  const made = row?.['made'] as Set<string> | undefined;
  return { guard: Number(row?.[guard] ?? 0), isDone: made?.has(mark) ?? false };
}

/** Changes the counters of the day and notes that, in one write; false where somebody made a move under this guard meanwhile. Moves that are made at the same time are one write. */
export const makeMove = (
  tableName: string,
  move: Move,
  changes: Record<string, number>,
  before: number,
): Promise<boolean> => moverOf(tableName)({ move, changes, before });

interface Making {
  move: Move;
  changes: Record<string, number>;
  before: number;
}

const moverOf = forEachNamed((tableName) =>
  together<Making, boolean>(MOVES_AT_ONCE, (all) => byDay(all, (of) => makeMoves(tableName, of))),
);

/** Makes moves of one day, each once. Of two under one guard that saw it at different numbers the earlier one was too slow. */
async function makeMoves(tableName: string, all: Making[]): Promise<boolean[]> {
  const guards = new Map<string, number>();
  for (const { move, before } of all) {
    const { guard } = signsOf(move);
    guards.set(guard, Math.max(before, guards.get(guard) ?? 0));
  }
  const inTime = all.filter(({ move, before }) => guards.get(signsOf(move).guard) === before);
  // Two may carry out the same move: who began it, and who took it over.
  const once = [...new Map(inTime.toReversed().map((one) => [signsOf(one.move).mark, one])).values()];
  const sums = new Map<string, number>();
  for (const [name, by] of once.flatMap(({ changes }) => Object.entries(changes)))
    sums.set(name, (sums.get(name) ?? 0) + by);
  const changed = [...sums];
  const held = [...guards];
  const made = await unlessConditionFails(
    table.send(
      new UpdateCommand({
        TableName: tableName,
        Key: dayOf(once),
        UpdateExpression: `SET v = :v${held.map((_, n) => `, #g${n} = :a${n}`).join('')} ADD made :marks${changed.map((_, n) => `, #n${n} :n${n}`).join('')}`,
        ConditionExpression: held
          .map(([, before], n) => (before === 0 ? `attribute_not_exists(#g${n})` : `#g${n} = :b${n}`))
          .join(' AND '),
        ExpressionAttributeNames: Object.fromEntries([
          ...held.map(([guard], n) => [`#g${n}`, guard]),
          ...changed.map(([name], n) => [`#n${n}`, name]),
        ]),
        ExpressionAttributeValues: {
          ':v': ROW_VERSION,
          ':marks': marksOf(once),
          ...Object.fromEntries(held.map(([, before], n) => [`:a${n}`, before + 1])),
          ...Object.fromEntries(held.flatMap(([, before], n) => (before === 0 ? [] : [[`:b${n}`, before]]))),
          ...Object.fromEntries(changed.map(([, by], n) => [`:n${n}`, by])),
        },
      }),
    ),
  );
  return all.map((one) => made !== undefined && once.includes(one));
}

/** Takes away what the day notes of a move that has ended. */
export const forgetMove = (tableName: string, move: Move): Promise<void> => forgetterOf(tableName)({ move });

const forgetterOf = forEachNamed((tableName) =>
  together<Pick<Making, 'move'>, void>(MOVES_AT_ONCE, (all) =>
    byDay(all, async (of) => {
      await table.send(
        new UpdateCommand({
          TableName: tableName,
          Key: dayOf(of),
          UpdateExpression: 'DELETE made :marks',
          ExpressionAttributeValues: { ':marks': marksOf(of) },
        }),
      );
      return of.map(() => undefined);
    }),
  ),
);

/** Does something with the moves of each day, and gives the answers in the order of all. */
async function byDay<T extends Pick<Making, 'move'>, R>(
  all: readonly T[],
  work: (of: T[]) => Promise<R[]>,
): Promise<R[]> {
  const answers = new Map<T, R>();
  const days = Map.groupBy(all, ({ move }) => JSON.stringify([move.tenant, move.day]));
  for (const of of days.values()) for (const [n, answer] of (await work(of)).entries()) answers.set(of[n] as T, answer);
  return all.map((one) => answers.get(one) as R);
}

const dayOf = ([one]: Pick<Making, 'move'>[]) => keyOf.day(one?.move.tenant ?? '', one?.move.day ?? '');
const marksOf = (all: Pick<Making, 'move'>[]) => new Set(all.map(({ move }) => signsOf(move).mark));

/** The guard that a lead shares with some others, and the mark of a move, which names nobody: rows of a day outlive leads. */
function signsOf({ tenant, lead_id, number }: Move) {
  const hash = createHash('sha256')
    .update(JSON.stringify([tenant, lead_id]))
    .digest();
  return { guard: `guard#${(hash[0] ?? 0) % GUARDS}`, mark: `${hash.toString('hex', 0, 8)}#${number}` };
}
