import type { Lead, LeadAction } from '../core/lead.ts';
import type { LeadHistory } from '../core/timeline.ts';
import { rowsIn } from './partition.ts';
import { keyOf } from './table.ts';

type Row = { SK: string } & Record<string, unknown>;

/** A lead with everything that happened to it, by one query; `undefined` where there is no such lead. */
export async function historyOf(
  tableName: string,
  { tenant, lead_id }: Pick<Lead, 'tenant' | 'lead_id'>,
): Promise<LeadHistory | undefined> {
  const rows = await rowsIn<Row>(tableName, keyOf.lead(tenant, lead_id).PK);
  const lead = rows.find(({ SK }) => SK === 'LEAD') as (Row & Lead) | undefined;
  if (!lead?.receivedAt) return undefined;
  const kept = rows.filter(({ SK }) => SK.startsWith('ACTION#')) as unknown as LeadAction[];
  const { lastAction } = lead;
  const isKept = !lastAction || kept.some(({ version }) => version === lastAction.version);
  return {
    lead,
    actions: isKept ? kept : [...kept, lastAction],
    channels: rows.filter(({ SK }) => SK.startsWith('LEAD#')) as unknown as LeadHistory['channels'],
    events: rows
      .filter(({ SK }) => SK.startsWith('EVENT#'))
      .map((row) => ({
        at: String(row['at']),
        type: String(row['event']),
        effect: row['event_type'] as string | undefined,
        outcome: String(row['outcome']),
        rawKey: String(row['raw_key']),
        times: row['received'] instanceof Set ? row['received'].size : 1,
      })),
  };
}
