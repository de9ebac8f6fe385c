import { rowsIn } from '../../lambdas/aws/partition.ts';
import { keyOf } from '../../lambdas/aws/table.ts';
import type { Journey } from '../journey.ts';
import type { Stage } from '../stage.ts';
import type { StoredEvent } from './stored-event.ts';

/** What is known of how a lead came about and what became of it. */
export interface Timeline extends Pick<Journey, 'lead' | 'channels'> {
  /** Oldest first, by when they happened at the vendor. */
  events: StoredEvent[];
}

/** Everything that the table knows of a lead's course. */
export async function timelineOf({ table: TableName, tenant }: Pick<Stage, 'table' | 'tenant'>, leadId: string) {
  const { PK, SK } = keyOf.lead(tenant, leadId);
  const rows = await rowsIn<Record<string, unknown>>(TableName, PK);
  const startingWith = (prefix: string) => rows.filter((row) => String(row['SK']).startsWith(prefix));
  const events = startingWith('EVENT#') as unknown as StoredEvent[];
  const timeline: Timeline = {
    // A contact that never was a lead has a row, but did not come in as one.
    lead: rows.find((row) => row['SK'] === SK && row['receivedAt'] !== undefined) as Timeline['lead'],
    channels: startingWith(`${SK}#`) as unknown as Timeline['channels'],
    events: events.sort((a, b) => (happenedAt(a) < happenedAt(b) ? -1 : 1)),
  };
  return timeline;
}

/** When it happened at the vendor; where that does not say, when it was noted. */
export const happenedAt = ({ occurred_at, at }: StoredEvent): string => occurred_at ?? at;

/** The lead's own times as `--json` says them. */
export function leadJson({ lead, channels }: Timeline) {
  if (!lead) return null;
  const { lead_id, source, receivedAt, capturedAt, dueAt, lookedUpAt, enrichedAt, toldAt } = lead;
  return {
    lead_id,
    source,
    received_at: receivedAt,
    captured_at: capturedAt ?? null,
    due_at: dueAt,
    looked_up_at: lookedUpAt ?? null,
    enriched_at: enrichedAt ?? null,
    told_at: toldAt ?? null,
    channels: channels.map(({ channel, state, attempts, settledAt, reason }) => ({
      channel,
      state,
      attempts,
      settled_at: settledAt ?? null,
      reason: reason ?? null,
    })),
  };
}
