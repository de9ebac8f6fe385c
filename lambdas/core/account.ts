import type { Again } from './again.ts';

/** Stands for the tenant of what belongs to none. */
export const NOBODY = 'none';

/** A page or a portal at a vendor: whose leads it brings, and who gets them. */
export interface Account {
  source: string;
  /** The vendor's own id of it. */
  id: string;
  tenant: string;
  /** What people call it. */
  name?: string | undefined;
  /** Its user, who gets its leads unless an owner directory knows better. */
  owner?: string | undefined;
  ownerEmail?: string | undefined;
  /** Country of phone numbers that come without one: ISO 3166, `DE`. */
  country?: string | undefined;
  /** Since when the tenant has it: ISO 8601, UTC. */
  connectedAt?: string | undefined;
  /** Set while the vendor refuses its token. */
  refused?: Refusal | undefined;
  /** Until when somebody looks after its parked events: milliseconds since 1970. */
  watchUntil?: number | undefined;
}

/** A token that the vendor does not accept. */
export interface Refusal {
  /** ISO 8601, UTC. */
  since: string;
  /** Which version of the secret it was; another one is worth a try. */
  token: string;
}

/** An event that waits for a person: for a page that nobody has, or for a token. */
export interface Parked {
  tenant: string;
  source: string;
  account: string;
  eventId: string;
  leadId: string;
  rawKey: string;
  /** Its place in the delivery. */
  index: number;
  reason: string;
  /** ISO 8601, UTC. */
  at: string;
  /** Was parked while it was run again, and goes on so. */
  again?: Again | undefined;
}
