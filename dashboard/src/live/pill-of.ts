import { span } from '../../../lambdas/core/when.ts';

/** How the live connection stands. Times are milliseconds since 1970. */
export interface LiveState {
  /** When the server last answered; nothing before it first did. */
  heardAt: number | null;
  /** How many attempts failed since then. */
  failures: number;
}

/** Older than this is no longer called live. */
export const STALE_AFTER_MS = 15_000;

export interface PillState {
  kind: 'live' | 'retrying' | 'stale' | 'starting';
  text: string;
}

/** What the pill says: the age of what is shown counts more than what is being tried. */
export function pillOf({ heardAt, failures }: LiveState, now: number): PillState {
  if (heardAt === null) return failures > 0 ? retrying : { kind: 'starting', text: 'Connecting …' };
  const age = now - heardAt;
  if (age >= STALE_AFTER_MS) return { kind: 'stale', text: `Stale for ${span(age)}` };
  return failures > 0 ? retrying : { kind: 'live', text: 'Live' };
}

const retrying: PillState = { kind: 'retrying', text: 'Retrying …' };
