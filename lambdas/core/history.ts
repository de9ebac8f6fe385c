import type { ChannelRecord } from './channel.ts';
import type { DeliveryFacts, Outcome } from './event.ts';
import type { Lead, LeadAction } from './lead.ts';

/** What became of telling a lead on a channel: when that was found, what the channel answered, or why it did not take it. */
export interface Receipt extends ChannelRecord {
  settledAt?: string;
  receipt?: string;
  reason?: string;
}

/** One event of a lead's vendor, as it was recorded. */
export interface LeadEvent {
  id: string;
  source: string;
  /** When its outcome was noted. */
  at: string;
  /** When it happened at the vendor, where that says so. */
  occurredAt: string | undefined;
  /** The vendor's own name for it. */
  type: string;
  /** `created`, `updated` …; absent where its release did not say. */
  effect: string | undefined;
  outcome: Outcome;
  reason: string | undefined;
  rawKey: string;
  /** Of the delivery that it came in, as far as its release noted it. */
  delivery: Partial<DeliveryFacts>;
  /** When the vendor was asked for the rest, and answered. */
  readAt: string | undefined;
  /** Since when it was held up, and why last; both stay when it goes on. */
  heldAt: string | undefined;
  heldFor: string | undefined;
  /** How often it was received, and when again last. */
  times: number;
  repeatedAt: string | undefined;
}

/** Everything that is kept of a lead. */
export interface LeadHistory {
  lead: Lead;
  channels: Receipt[];
  events: LeadEvent[];
  actions: LeadAction[];
}

/** The same of what may be no lead (yet): its events can be there alone. */
export type LeadRecords = Omit<LeadHistory, 'lead'> & Partial<Pick<LeadHistory, 'lead'>>;

/** Whether an event is the one that made its lead. */
export const isFirst = (event: LeadEvent, lead: Pick<Lead, 'rawKey'>): boolean =>
  event.effect === 'created' && event.rawKey === lead.rawKey;
