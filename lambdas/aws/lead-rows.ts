import type { LeadEvent, LeadHistory, LeadRecords } from '../core/history.ts';
import type { Lead, LeadAction } from '../core/lead.ts';
import { rowsIn } from './partition.ts';
import { keyOf } from './table.ts';

type Row = { SK: string } & Record<string, unknown>;
type Id = Pick<Lead, 'tenant' | 'lead_id'>;

/** A lead with everything that happened to it, by one query; `undefined` where there is no such lead. */
export async function historyOf(tableName: string, id: Id): Promise<LeadHistory | undefined> {
  const { lead, ...records } = await recordsOf(tableName, id);
  return lead && { lead, ...records };
}

/** The same of what may be no lead (yet). */
export async function recordsOf(tableName: string, { tenant, lead_id }: Id): Promise<LeadRecords> {
  const rows = await rowsIn<Row>(tableName, keyOf.lead(tenant, lead_id).PK);
  const row = rows.find(({ SK }) => SK === 'LEAD') as (Row & Lead) | undefined;
  const kept = rows.filter(({ SK }) => SK.startsWith('ACTION#')) as unknown as LeadAction[];
  const lastAction = row?.lastAction;
  const isKept = !lastAction || kept.some(({ version }) => version === lastAction.version);
  return {
    // A contact that never was a lead has a row, but did not come in as one.
    ...(row?.receivedAt !== undefined && { lead: row }),
    actions: isKept ? kept : [...kept, lastAction],
    channels: rows.filter(({ SK }) => SK.startsWith('LEAD#')) as unknown as LeadHistory['channels'],
    events: rows.filter(({ SK }) => SK.startsWith('EVENT#')).map(eventOf),
  };
}

function eventOf(row: Row): LeadEvent {
  const text = (name: string) => row[name] as string | undefined;
  return {
    id: String(row['event_id']),
    source: String(row['source']),
    at: String(row['at']),
    occurredAt: text('occurred_at'),
    type: String(row['event']),
    effect: text('event_type'),
    outcome: row['outcome'] as LeadEvent['outcome'],
    reason: text('reason'),
    rawKey: String(row['raw_key']),
    delivery: given({
      receivedAt: text('received_at'),
      storedAt: text('stored_at'),
      origin: text('origin'),
      digest: text('digest'),
    }),
    readAt: text('read_at'),
    heldAt: text('held_at'),
    heldFor: text('held_for'),
    times: row['received'] instanceof Set ? row['received'].size : 1,
    // It begins with when the event was received again last.
    repeatedAt: text('GSI3SK')?.split('#')[0],
  };
}

const given = (facts: Record<string, string | undefined>): LeadEvent['delivery'] =>
  Object.fromEntries(Object.entries(facts).filter(([, value]) => value !== undefined));
