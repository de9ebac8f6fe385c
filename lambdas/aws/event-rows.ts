import type { Outcome } from '../core/event.ts';
import { rowsAt } from './rows.ts';
import { keyOf } from './table.ts';

interface Place {
  tenant: string;
  event: { id: string; leadId?: string | undefined };
  rawKey: string;
}

/** What became of events, as of this moment and in the order in which it is asked; `undefined` where no row says so. */
export async function eventRows(
  tableName: string,
  places: Place[],
): Promise<({ outcome: Outcome; waitingUntil?: string | undefined } | undefined)[]> {
  const keys = places.map(({ tenant, event, rawKey }) =>
    keyOf.event(tenant, { leadId: event.leadId, rawKey }, event.id),
  );
  const each = [...new Map(keys.map((key) => [nameOf(key), key])).values()];
  const found = await rowsAt(tableName, each, ['outcome', 'waiting_until']);
  const rows = new Map(found.map((row) => [nameOf(row), row]));
  return keys.map((key) => {
    const row = rows.get(nameOf(key));
    if (row?.['outcome'] === undefined) return undefined;
    return { outcome: row['outcome'] as Outcome, waitingUntil: row['waiting_until'] as string | undefined };
  });
}

const nameOf = ({ PK, SK }: ReturnType<typeof keyOf.event>) => `${PK} ${SK}`;
