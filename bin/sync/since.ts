import { CommandError } from '../command.ts';

const DAY = 24 * 3600_000;
const MOST_DAYS = 3650;

/** The moment that `90d` or `2026-09-01` means, in UTC: milliseconds since 1970. Throws a sentence where it means none, or one to come. */
export function sinceIn(text: string, now: number): number {
  const [, days] = /^(\d{1,4})d$/.exec(text) ?? [];
  const at = days === undefined ? dayIn(text) : now - Number(days) * DAY;
  if (at !== undefined && at <= now && at >= now - MOST_DAYS * DAY) return at;
  throw new CommandError(
    `--since is "${text}"; it must be a number of days up to ${MOST_DAYS}d, as in 90d, or a day that has begun, as in 2026-09-01.`,
  );
}

function dayIn(text: string): number | undefined {
  const at = /^\d{4}-\d\d-\d\d$/.test(text) ? Date.parse(`${text}T00:00:00Z`) : NaN;
  // Of 2026-02-31 JavaScript makes a day in March.
  return !Number.isNaN(at) && new Date(at).toISOString().startsWith(text) ? at : undefined;
}
