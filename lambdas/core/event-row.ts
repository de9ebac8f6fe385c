/** An event as its row has it. */
export interface EventRow {
  event_id: string;
  event: string;
  source: string;
  raw_key: string;
  outcome: string;
  /** ISO 8601, UTC. */
  at: string;
  lead_id?: string;
  reason?: string;
  /** How often it was tried; rows of earlier releases do not say. */
  attempts?: number;
  /** When it was run again last. */
  again_at?: string;
  /** One for each time it was received. */
  received?: Set<string>;
}

/** A place among a tenant's events. */
export interface EventPlace {
  at: string;
  id: string;
}

/** Who saw the personal fields of a delivery, and when: ISO 8601, UTC. */
export interface Reveal {
  by: { id: string; name: string };
  at: string;
}
