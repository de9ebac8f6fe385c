/** The first and the last wait after a failure, in seconds; no wait that is ours to choose is shorter or longer. */
export const SHORTEST_WAIT = 10;
export const LONGEST_WAIT = 900;

const steps = [SHORTEST_WAIT, 30, 60, 120, 300, 600, LONGEST_WAIT];

/** Seconds to wait after this many failed attempts. */
export const backoff = (attempts: number): number =>
  steps[Math.min(Math.max(attempts, 1), steps.length) - 1] ?? LONGEST_WAIT;

/** Seconds to wait for a vendor: what it asked for, else as long again as was waited already. */
export const waitFor = (retryAfter: number | undefined, waited: number): number =>
  retryAfter || Math.min(LONGEST_WAIT, Math.max(SHORTEST_WAIT, waited));

/** Past this, waiting ends in the DLQ: milliseconds. */
export const GIVE_UP_AFTER = 24 * 3600_000;
