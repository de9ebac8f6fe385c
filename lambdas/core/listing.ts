import type { Contact } from './contact.ts';
import type { VendorAccess } from './hydration.ts';

/** Milliseconds since 1970; the first one is part of it, the last one is not. */
export interface Window {
  from: number;
  to: number;
}

/** A lead as the vendor's own record has it. */
export interface ListedLead {
  leadId: string;
  /** When it was made at the vendor: milliseconds since 1970. */
  createdAt: number;
  /** When it was last changed there, where the list is one of changes too. */
  changedAt?: number;
  /** What the vendor would have posted of it: a whole delivery of Close, one change of Meta, one item of HubSpot. */
  posted: unknown;
  /** What the vendor says of it now, by the vendor's names, where it lists that. */
  properties?: Record<string, string | null>;
}

/** One answer of the vendor; without a cursor it was the last one. */
export interface ListedPage {
  leads: ListedLead[];
  /** Where to go on: any text, of which only the source knows what it means; small enough for a message. */
  cursor?: string;
}

/** How a vendor's own record is reached for one account: a page, a portal, or the tenant's organisation at Close. */
export type ListingApi = VendorAccess & { account: string };

/** A vendor's own record of its leads, against which we count. */
export interface Listing {
  /**
   * One answer with leads that were made or changed within the window, none twice within an answer, none left out over all answers; one request.
   * Throws `Later` where the vendor can't answer now, `TokenRefused` where it takes the token no longer, `Refused` where the token may not
   * read this, `CursorExpired` where the list must be begun anew.
   */
  page(window: Window, cursor: string | undefined, api: ListingApi): Promise<ListedPage>;
  /**
   * A lead that is missing here, with what the list does not say of it and no delivery could do without, read by itself; the same lead
   * where nothing is missing or the vendor no longer has it. Throws as `page` does.
   */
  complete?(lead: ListedLead, api: ListingApi): Promise<ListedLead>;
  /** How many leads may come in one delivery. */
  together: number;
  /** The delivery that the vendor would have posted of these, at most `together`. */
  delivery(leads: ListedLead[], account: string): Buffer;
  /** The delivery of what the vendor says of a lead that is not what we know; `undefined` where both are the same or ours is newer. */
  changed?(lead: ListedLead, known: Contact, account: string): Buffer | undefined;
}

/** The vendor no longer knows the place in its list. */
export class CursorExpired extends Error {}

/** Whether the vendor posts to us. */
export type SubscriptionState =
  | { state: 'active' }
  /** It did not, and does again. */
  | { state: 'woken'; reason: string }
  /** It does not, and a person must see to it. */
  | { state: 'off'; reason: string };

/** A vendor's subscription of ours. */
export interface Subscription {
  /** Finds out whether the vendor posts to this address, and has it do so where that can be asked of it. Throws as `Listing.page` does. */
  check(api: ListingApi & { url: string }): Promise<SubscriptionState>;
}
