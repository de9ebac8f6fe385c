import { dayIn } from '../../../lambdas/core/when.ts';
import { serverNow } from '../api/clock.ts';

/** Today in the tenant’s time zone. */
export const todayIn = (timeZone: string): string => dayIn(serverNow(), timeZone);

const format = (options: Intl.DateTimeFormatOptions) => (time: string, timeZone?: string) =>
  new Intl.DateTimeFormat('en-GB', { ...options, hourCycle: 'h23', ...(timeZone ? { timeZone } : {}) }).format(
    Date.parse(time),
  );

/** `14 May 2026, 14:30:12 CEST` */
export const fullTime = format({
  day: 'numeric',
  month: 'short',
  year: 'numeric',
  hour: '2-digit',
  minute: '2-digit',
  second: '2-digit',
  timeZoneName: 'short',
});

/** `14 May, 14:30` */
export const shortTime = format({ day: 'numeric', month: 'short', hour: '2-digit', minute: '2-digit' });

/** `14:30:12` */
export const clockTime = format({ hour: '2-digit', minute: '2-digit', second: '2-digit' });

const minuteTime = format({ hour: '2-digit', minute: '2-digit' });

/** `14:30` of today, `14 May, 14:30` of another day. */
export const clockOrDay = (time: string, timeZone: string): string =>
  (dayIn(Date.parse(time), timeZone) === todayIn(timeZone) ? minuteTime : shortTime)(time, timeZone);

/** `3 May` of a time; of a day, which has no time zone, give UTC. */
export const dayOf = format({ day: 'numeric', month: 'short' });

/** `Thu, 14 May 2026` of a day of the calendar. */
const longDay = format({ weekday: 'short', day: 'numeric', month: 'short', year: 'numeric' });
export const dayInWords = (day: string): string => longDay(day, 'UTC');
