export const POLL_EVERY_MS = 3000;
const LONGEST_MS = 10_000;

/** How long to wait before asking again: longer after each failure, and never in step with other tabs. */
export function pauseAfter(failures: number, random: () => number): number {
  if (failures === 0) return POLL_EVERY_MS;
  const most = Math.min(LONGEST_MS, POLL_EVERY_MS * 2 ** (failures - 1));
  return most / 2 + random() * (most / 2);
}
