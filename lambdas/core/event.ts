import type { LeadFacts } from './lead.ts';

/** What became of an event. */
export type Outcome = 'done' | 'duplicate' | 'not_for_us' | 'broken' | 'no_route' | 'parked';

/** Nothing more will become of such an event; the others wait for a person or a vendor. */
export const isFinal = (outcome: Outcome): boolean => outcome !== 'no_route' && outcome !== 'parked';

/** One thing that happened at a vendor. */
export interface SourceEvent {
  /** Identity: the same for each repeat of the same event, whatever delivery it came in. */
  id: string;
  /** The vendor's own name for it: `lead.created`. */
  type: string;
  /** When it happened at the vendor, where it says so: ISO 8601, UTC. */
  occurredAt?: string;
  leadId?: string;
  /** The page or portal it came from, where the source has them. */
  account?: string;
  /** A new lead starts the wait and the alert, an update changes what is known, a deletion is noted, `none` is only recorded. */
  effect: 'new_lead' | 'update' | 'deletion' | 'none';
  /** What the event says of the lead, and as of when; a new lead without facts is read at the vendor. */
  facts?: LeadFacts;
  asOf?: string;
  /** The vendor's record of a test lead, which came with the event instead of being kept at the vendor. */
  record?: string;
  /** Made by `npm run send -- --test`: told as TEST and counted nowhere. */
  isTest?: boolean;
}

/** Which delivery an event came in. */
export interface EventOrigin {
  tenant: string;
  source: string;
  rawKey: string;
}
