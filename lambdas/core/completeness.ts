import type { SubscriptionState } from './listing.ts';

/** Leads of an account: as many as the vendor has, and how many of these we have. */
export interface Count {
  vendor: number;
  ours: number;
}

/** An account, as it is compared with its vendor: a page, a portal, or the tenant's organisation at Close. */
export interface Compared {
  tenant: string;
  source: string;
  account: string;
}

/** How far an account was compared with the vendor's own record. Times are milliseconds since 1970. */
export interface Comparison extends Compared {
  /** Leads made at the vendor from then on are counted. */
  since: number;
  /** Leads made before this are counted for good: the watermark, behind which nothing is read again. */
  settledUntil: number;
  settled: Count;
  /** Leads made after it, as of the latest comparison. */
  recent: Count;
  /** When the vendor was asked for the latest comparison that reached its end. */
  comparedUntil?: number | undefined;
  /** Since when something is missing that was put, or can't be had; the watermark stays until it is here. */
  missingSince?: number | undefined;
  /** How many deliveries were put so far that no webhook had brought, and when last. */
  backfilled?: number | undefined;
  backfilledAt?: number | undefined;
  /** Why the vendor could not be asked, and since when. */
  trouble?: { reason: string; since: number } | undefined;
  /** Whether the vendor posts to us, as of then. */
  subscription?: (SubscriptionState & { at: number }) | undefined;
  /** Until when somebody compares it. */
  busyUntil?: number | undefined;
}

/** What a comparison changes in the row of its account; `put` deliveries count on top of those before. */
export type Found = Pick<Comparison, 'comparedUntil' | 'missingSince'> &
  Partial<Pick<Comparison, 'since' | 'settledUntil' | 'settled' | 'recent'>> & { put: number };

/** What one comparison saw so far. */
export interface Tally {
  settled: Count;
  recent: Count;
  /** Leads that we had not. */
  missing: number;
  /** Deliveries that were put, and of these those that say what changed. */
  put: number;
  changed: number;
}

export const nothingYet: Tally = {
  settled: { vendor: 0, ours: 0 },
  recent: { vendor: 0, ours: 0 },
  missing: 0,
  put: 0,
  changed: 0,
};

export const sum = (a: Count, b: Count): Count => ({ vendor: a.vendor + b.vendor, ours: a.ours + b.ours });

/** All leads of an account that were counted. */
export const countOf = ({ settled, recent }: Pick<Comparison, 'settled' | 'recent'>): Count => sum(settled, recent);
