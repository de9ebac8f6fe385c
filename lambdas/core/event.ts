import type { LeadFacts } from './lead.ts';

/** What became of an event. */
export type Outcome = 'done' | 'duplicate' | 'not_for_us' | 'broken' | 'no_route' | 'parked';

/** One thing that happened at a vendor. */
export interface SourceEvent {
  /** Identity: the same for each repeat of the same event, whatever delivery it came in. */
  id: string;
  /** The vendor's own name for it: `lead.created`. */
  type: string;
  /** When it happened at the vendor, where it says so: ISO 8601, UTC. */
  occurredAt?: string;
  leadId?: string;
  /** A new lead starts the wait and the alert, an update changes what is known, a deletion is noted, `none` is only recorded. */
  effect: 'new_lead' | 'update' | 'deletion' | 'none';
  /** What the event says of the lead, and as of when. */
  facts?: LeadFacts;
  asOf?: string;
  /** Made by `npm run send -- --test`: told as TEST and counted nowhere. */
  isTest?: boolean;
}

/** Which delivery an event came in. */
export interface EventOrigin {
  tenant: string;
  source: string;
  rawKey: string;
}
