import type { Compared } from '../core/completeness.ts';
import type { Contact } from '../core/contact.ts';
import { rowsAt } from './rows.ts';
import { keyOf } from './table.ts';

/** Those of these leads that the tenant has not, and never erased. */
export async function missingOf(
  tableName: string,
  { tenant, source }: Compared,
  leadIds: string[],
): Promise<Set<string>> {
  const ids = [...new Set(leadIds)];
  const byKey = new Map(ids.map((id) => [keyOf.lead(tenant, id).PK, id]));
  const rows = await rowsAt(
    tableName,
    ids.map((id) => keyOf.lead(tenant, id)),
    ['receivedAt'],
  );
  // A contact that never was a lead has a row as well.
  const known = new Set(rows.flatMap(({ PK, receivedAt }) => (receivedAt === undefined ? [] : [byKey.get(PK)])));
  const unknown = ids.filter((id) => !known.has(id));
  const erasures = new Map(unknown.map((id) => [keyOf.erased(tenant, source, id).PK, id]));
  const erased = await rowsAt(
    tableName,
    unknown.map((id) => keyOf.erased(tenant, source, id)),
    [],
  );
  const gone = new Set(erased.map(({ PK }) => erasures.get(PK)));
  return new Set(unknown.filter((id) => !gone.has(id)));
}

/** What is known of these contacts, by their lead ids; nothing of one that nobody told of. */
export async function contactsOf(tableName: string, tenant: string, leadIds: string[]): Promise<Map<string, Contact>> {
  const ids = [...new Set(leadIds)];
  const rows = await rowsAt(
    tableName,
    ids.map((id) => keyOf.contact(tenant, id)),
    ['lead_id', 'properties', 'life'],
  );
  return new Map(rows.map(({ lead_id, properties, life }) => [lead_id as string, { properties, life } as Contact]));
}
