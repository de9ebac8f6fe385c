import { dayIn } from './when.ts';

const HOUR = 3_600_000;
/** No calendar is further from UTC. */
const FURTHEST = 27 * HOUR;

/** The moment at which a day begins in a time zone, whatever its clocks do: milliseconds. */
export function dayStart(day: string, timeZone: string): number {
  const noon = Date.parse(`${day}T12:00:00Z`);
  let [before, from] = [noon - 12 * HOUR - FURTHEST, noon + FURTHEST];
  while (from - before > 1) {
    const middle = Math.floor((before + from) / 2);
    if (dayIn(middle, timeZone) < day) before = middle;
    else from = middle;
  }
  return from;
}

/** The day after. */
export const nextDay = (day: string): string => new Date(Date.parse(day) + 24 * HOUR).toISOString().slice(0, 10);
