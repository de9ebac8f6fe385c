const minute = 60_000;
const hour = 60 * minute;
const day = 24 * hour;

/** A length of time as people say it: `40 s`, `12 min`, `3 h`, `2 d`. */
export function span(milliseconds: number): string {
  if (milliseconds < minute) return `${Math.max(0, Math.floor(milliseconds / 1000))} s`;
  if (milliseconds < hour) return `${Math.floor(milliseconds / minute)} min`;
  if (milliseconds < 2 * day) return `${Math.floor(milliseconds / hour)} h`;
  return `${Math.floor(milliseconds / day)} d`;
}

export const ago = (time: number, now: number): string =>
  now - time < minute ? 'just now' : `${span(now - time)} ago`;

/** The day in a time zone: `2026-03-05`, which is how Sweden writes it. */
export const dayIn = (time: number, timeZone: string): string => calendarOf(timeZone).format(time);

/** To make one takes longer than all else that is done with it. */
const calendars = new Map<string, Intl.DateTimeFormat>();
function calendarOf(timeZone: string): Intl.DateTimeFormat {
  const calendar = calendars.get(timeZone) ?? new Intl.DateTimeFormat('sv-SE', { timeZone });
  calendars.set(timeZone, calendar);
  return calendar;
}

/** Day and time in a time zone: `today 14:30`, `yesterday 09:05`, `12 May 14:30`, `12 May 2025 14:30`. */
export function dayAndTime(time: number, now: number, timeZone: string): string {
  const part = (at: number, options: Intl.DateTimeFormatOptions) =>
    new Intl.DateTimeFormat('en-GB', { ...options, timeZone }).format(at);
  // Days are counted on the calendar: one on which clocks change has 23 or 25 hours.
  const midnight = (at: number) => Date.parse(dayIn(at, timeZone));
  const daysAgo = (midnight(now) - midnight(time)) / day;
  const clock = part(time, { hour: '2-digit', minute: '2-digit', hourCycle: 'h23' });
  if (daysAgo === 0) return `today ${clock}`;
  if (daysAgo === 1) return `yesterday ${clock}`;
  const sameYear = part(time, { year: 'numeric' }) === part(now, { year: 'numeric' });
  return `${part(time, { day: 'numeric', month: 'long', ...(sameYear ? {} : { year: 'numeric' as const }) })} ${clock}`;
}
