import { DeleteCommand } from '@aws-sdk/lib-dynamodb';
import type { Lead } from '../core/lead.ts';
import { LIST } from '../core/person.ts';
import type { LeadTraces } from '../core/traces.ts';
import { rowsIn } from './partition.ts';
import { keyOf, table } from './table.ts';

/** Of the rows of a lead and of a person what says where something is. */
interface Row {
  PK: string;
  SK: string;
  source?: string;
  lead_id?: string;
  by?: string;
  rawKey?: string;
  raw_key?: string;
  received?: Set<string>;
  event_id?: string;
  account?: string;
  persons?: Set<string>;
  channel?: string;
  state?: string;
  window?: number;
}

/** Where a lead left something, by its own rows. */
export async function tracesOf(
  tableName: string,
  { tenant, lead_id }: Pick<Lead, 'tenant' | 'lead_id'>,
): Promise<LeadTraces> {
  const rows = await rowsIn<Row>(tableName, keyOf.lead(tenant, lead_id).PK);
  const rawKeys = rows.flatMap(({ rawKey, raw_key, received = [] }) => [
    ...[rawKey, raw_key].filter((key) => key !== undefined),
    ...[...received].map((mark) => mark.replace(/#\d+$/, '')),
  ]);
  const source = rows.find((row) => row.source !== undefined)?.source;
  return {
    ...(source !== undefined && { source }),
    rows: rows.map(({ PK, SK }) => ({ PK, SK })),
    rawKeys: [...new Set(rawKeys)],
    persons: rows.flatMap(({ persons = [] }) => [...persons]),
    parked: rows.flatMap((row) =>
      row.account === undefined || row.event_id === undefined || row.source === undefined
        ? []
        : [keyOf.parked(tenant, row.source, row.account, row.event_id)],
    ),
    digests: rows.flatMap(({ channel, state, window }) =>
      state === 'digest' && channel !== undefined && window !== undefined ? [{ tenant, channel, window }] : [],
    ),
  };
}

/** What is remembered of a lead, and of its person's membership, in a person's partition. */
export async function personRowsOf(tableName: string, partition: string, leadId: string): Promise<LeadTraces['rows']> {
  const rows = await rowsIn<Row>(tableName, partition);
  return rows
    .filter(({ lead_id, by }) => lead_id === leadId || by === leadId || by === LIST)
    .map(({ PK, SK }) => ({ PK, SK }));
}

/** The leads that are remembered in a person's partition. */
export async function leadsUnder(tableName: string, partition: string): Promise<{ lead_id: string; source: string }[]> {
  const rows = await rowsIn<Row>(tableName, partition);
  return rows.flatMap(({ lead_id, source }) => (lead_id && source ? [{ lead_id, source }] : []));
}

/** Deletes all rows of a partition, and says how many there were. */
export async function deletePartition(tableName: string, partition: string): Promise<number> {
  const rows = await rowsIn<Row>(tableName, partition);
  for (const { PK, SK } of rows) await deleteRow(tableName, { PK, SK });
  return rows.length;
}

export async function deleteRow(tableName: string, Key: LeadTraces['rows'][number]): Promise<void> {
  await table.send(new DeleteCommand({ TableName: tableName, Key }));
}
