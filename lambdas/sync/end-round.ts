import { type Compared, type Comparison, type Count, type Found, sum } from '../core/completeness.ts';
import type { SubscriptionState } from '../core/listing.ts';
import { HELD, type Round } from '../core/sync.ts';

export interface EndPorts {
  /** Milliseconds since 1970. */
  now: () => number;
  comparisonNow: (of: Compared) => Promise<Comparison | undefined>;
  /** Writes what a comparison found over the row that it began with; false where somebody wrote another one meanwhile. */
  saveComparison: (round: Round, found: Found) => Promise<boolean>;
  noteTrouble: (of: Compared, reason: string) => Promise<void>;
  /** Whether the vendor posts to us; `undefined` where it can't be asked. */
  checkSubscription: (of: Compared) => Promise<SubscriptionState | undefined>;
  noteSubscription: (of: Compared, state: SubscriptionState) => Promise<void>;
  /** Notes for whoever asked that this account is compared, with what came of it. */
  partDone: (round: Round, counts: Record<string, number>, said?: string) => Promise<void>;
}

export interface Ended {
  outcome: 'equal' | 'differs' | 'overtaken';
  subscription: SubscriptionState | undefined;
}

/** How often a vendor is asked whether it posts to us, where nothing was missing: milliseconds. */
const CHECK_EVERY = 60 * 60_000;

/** Moves the watermark, unless something is missing for less than an hour: it may still come. */
export async function endRound(round: Round, ports: EndPorts): Promise<Ended> {
  const { tally } = round;
  const row = await ports.comparisonNow(round.round);
  const isSaved = row !== undefined && (await ports.saveComparison(round, foundBy(round, row, ports.now())));
  const subscription = await subscriptionOf(round, row, ports);
  const { vendor, ours } = sum(tally.settled, tally.recent);
  await ports.partDone(round, { vendor, ours, missing: tally.missing, put: tally.put });
  const outcome = isSaved ? (tally.missing === 0 ? 'equal' : 'differs') : 'overtaken';
  return { outcome, subscription };
}

function foundBy({ tally, from, since, settledUntil, to, settle }: Round, row: Comparison, now: number): Found {
  const missingSince = tally.missing > 0 ? (row.missingSince ?? now) : undefined;
  const isHeld = missingSince !== undefined && now - missingSince < HELD;
  const found = { comparedUntil: to, missingSince, put: tally.put };
  // An import looks at everything from an earlier day on, and its counts take the place of the former ones.
  if (from < since)
    return { ...found, since: from, settledUntil: settle, settled: tally.settled, recent: tally.recent };
  // Of a look back nothing is counted again.
  if (from !== settledUntil) return found;
  if (isHeld) return { ...found, recent: sum(tally.settled, tally.recent) };
  const settled: Count = sum(row.settled, tally.settled);
  return { ...found, settledUntil: settle, settled, recent: tally.recent };
}

async function subscriptionOf({ round, tally }: Round, row: Comparison | undefined, ports: EndPorts) {
  const isFresh = ports.now() - (row?.subscription?.at ?? -Infinity) < CHECK_EVERY;
  if (isFresh && tally.put === 0 && row?.subscription?.state === 'active') return undefined;
  const state = await ports.checkSubscription(round);
  if (state) await ports.noteSubscription(round, state);
  return state;
}
