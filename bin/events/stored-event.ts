import type { Outcome } from '../../lambdas/core/event.ts';

/** An event as the table has it; times are ISO 8601 in UTC. */
export interface StoredEvent {
  source: string;
  /** The vendor's own name for it, and the word for all vendors. */
  event: string;
  event_type?: string;
  event_id: string;
  lead_id?: string;
  object_id?: string;
  occurred_at?: string;
  raw_key: string;
  outcome: Outcome;
  reason?: string;
  /** When its outcome was noted. */
  at: string;
  /** Each time that it was received; absent in rows of the release before. */
  received?: Set<string>;
  /** Begins with when it was repeated last. */
  GSI3SK?: string;
}

/** An event as `--json` says it. */
export const jsonOf = (event: StoredEvent) => ({
  at: event.at,
  occurred_at: event.occurred_at ?? null,
  source: event.source,
  event: event.event,
  event_type: event.event_type ?? null,
  event_id: event.event_id,
  lead_id: event.lead_id ?? null,
  object_id: event.object_id ?? null,
  outcome: event.outcome,
  reason: event.reason ?? null,
  received: timesReceived(event),
  repeated_at: repeatedAt(event) ?? null,
  raw_key: event.raw_key,
});

export const timesReceived = ({ received }: StoredEvent): number => Math.max(1, received?.size ?? 0);

/** When it was received once more, the last time; `undefined` where it was not. */
export const repeatedAt = ({ GSI3SK }: StoredEvent): string | undefined => GSI3SK?.split('#')[0];
