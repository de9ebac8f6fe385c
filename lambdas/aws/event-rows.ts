import { BatchGetCommand } from '@aws-sdk/lib-dynamodb';
import type { Outcome } from '../core/event.ts';
import { keyOf, table } from './table.ts';

interface Place {
  tenant: string;
  event: { id: string; leadId?: string | undefined };
  rawKey: string;
}

/** What DynamoDB reads at once, and how often is asked for what it left out. */
const BATCH = 100;
const TRIES = 5;

/** What became of events, as of this moment and in the order in which it is asked; `undefined` where no row says so. */
export async function eventRows(
  tableName: string,
  places: Place[],
): Promise<({ outcome: Outcome; waitingUntil?: string | undefined } | undefined)[]> {
  const keys = places.map(({ tenant, event, rawKey }) =>
    keyOf.event(tenant, { leadId: event.leadId, rawKey }, event.id),
  );
  const each = [...new Map(keys.map((key) => [nameOf(key), key])).values()];
  const rows = new Map<string, Record<string, unknown>>();
  for (let at = 0; at < each.length; at += BATCH)
    for (const row of await batch(tableName, each.slice(at, at + BATCH))) rows.set(nameOf(row as Key), row);
  return keys.map((key) => {
    const row = rows.get(nameOf(key));
    if (row?.['outcome'] === undefined) return undefined;
    return { outcome: row['outcome'] as Outcome, waitingUntil: row['waiting_until'] as string | undefined };
  });
}

type Key = ReturnType<typeof keyOf.event>;
const nameOf = ({ PK, SK }: Key) => `${PK} ${SK}`;

async function batch(tableName: string, asked: Record<string, unknown>[]): Promise<Record<string, unknown>[]> {
  const rows: Record<string, unknown>[] = [];
  let Keys = asked;
  for (let tries = 0; Keys.length > 0 && tries < TRIES; tries += 1) {
    const request = { Keys, ConsistentRead: true, ProjectionExpression: 'PK, SK, outcome, waiting_until' };
    const { Responses, UnprocessedKeys } = await table.send(
      new BatchGetCommand({ RequestItems: { [tableName]: request } }),
    );
    rows.push(...(Responses?.[tableName] ?? []));
    Keys = UnprocessedKeys?.[tableName]?.Keys ?? [];
  }
  if (Keys.length > 0) throw new Error(`${Keys.length} rows were not read in ${TRIES} tries`);
  return rows;
}
