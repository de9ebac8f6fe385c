import type { Again } from './again.ts';
import type { ContactChange } from './contact.ts';
import { isUsableId } from './id.ts';
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
  /** The vendor's own id of what it is about, where that is not the lead's. */
  objectId?: string;
  /** The page or portal it came from, where the source has them. */
  account?: string;
  /**
   * A new lead starts the wait and the alert; an update, a merge and a restoration change what is known, a deletion is noted, an
   * erasure removes the person, `none` is only recorded.
   */
  effect: 'new_lead' | 'update' | 'deletion' | 'merge' | 'restore' | 'erasure' | 'none';
  /** What it says of a contact, as of when it happened, where the source tells of contacts piece by piece. */
  change?: Pick<ContactChange, 'properties' | 'life'>;
  /** Whether the contact must be read at the vendor to know what it means; that of a new lead always is. */
  isRead?: boolean;
  /** Made together with many others, such as by an import: people are told of them together. */
  isBulk?: boolean;
  /** What the event says of the lead, and as of when; a new lead without facts is read at the vendor. */
  facts?: LeadFacts;
  asOf?: string;
  /** The vendor's record of a test lead, which came with the event instead of being kept at the vendor. */
  record?: string;
  /** Made by `npm run send -- --test`: told as TEST and counted nowhere. */
  isTest?: boolean;
}

/** An event as far as it is usable. */
export type NamedEvent = Pick<SourceEvent, 'id' | 'type' | 'leadId'> & Partial<SourceEvent>;

/** An event as its row names it: one with an id that is none is known by its place in the delivery. What is no id is no part of a key either. */
export function recordedAs(event: SourceEvent, index: number): NamedEvent {
  if ([event.id, event.leadId ?? event.id, event.account ?? event.id].every(isUsableId)) return event;
  return { id: isUsableId(event.id) ? event.id : `unusable_${index}`, type: event.type };
}

/** A delivery of which nothing is known but that it is there, as its row names it. */
export const unread: NamedEvent = { id: 'delivery', type: 'unread' };

/** What an event did, in the same words for every vendor. */
export const eventTypes: Record<SourceEvent['effect'], string | undefined> = {
  new_lead: 'created',
  update: 'updated',
  deletion: 'deleted',
  merge: 'merged',
  restore: 'restored',
  erasure: 'deleted',
  none: undefined,
};

/** Which delivery an event came in. */
export interface EventOrigin {
  tenant: string;
  source: string;
  rawKey: string;
  /** This very reception: the delivery, and the how manieth of its kind the event is in it. */
  mark: string;
  delivery?: DeliveryFacts | undefined;
}

/** What is known of a delivery beside its bytes. */
export interface DeliveryFacts {
  /** ISO 8601, UTC; when it was stored S3 says to the second. */
  receivedAt: string;
  storedAt?: string | undefined;
  origin?: 'webhook' | 'backfill' | 'replay' | undefined;
  /** SHA-256 of the bytes. */
  digest?: string | undefined;
}

/** How an event came to its end, or why not yet. */
export interface Settled {
  outcome: Outcome;
  reason?: string | undefined;
  /** When the vendor was asked for what the event left out, and answered. */
  readAt?: string | undefined;
  /** How often it was tried for that. */
  attempts?: number | undefined;
  /** Found while it was run again. */
  again?: Again['how'] | undefined;
  /** Until when it is held back for its vendor: ISO 8601, UTC. */
  waitingUntil?: string | undefined;
}
