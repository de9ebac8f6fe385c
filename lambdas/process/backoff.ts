const steps = [10, 30, 60, 120, 300, 600, 900];

/** Seconds to wait after this many failed attempts. */
export const backoff = (attempts: number): number => steps[Math.min(Math.max(attempts, 1), steps.length) - 1] ?? 900;
