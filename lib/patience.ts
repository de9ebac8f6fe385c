import type { Settings } from './config.ts';

/** AWS asks that a message is hidden for at least six times its consumer's time-out. */
export const VISIBILITY = 6;

/** How often a message of each queue is tried before it is parked. */
export const RECEIVES = { capture: 5, owner: 3, erase: 5, sync: 5, sweep: 5, replay: 5 };

/** The least that anything is given, however soon its tries are over: seconds. */
const LEAST = 15 * 60;
/** What comes on top: S3's own delay, clocks, and waits of up to five minutes, which nobody notes. */
const MARGIN = 5 * 60;

/** Seconds after which a delivery must have been read: a minute more, so that a sweep finds those that were not. */
export const readWithin = (settings: Pick<Settings, 'timeoutSeconds'>): number => lostAfter(settings) + 60;

/** Seconds after which something that nobody has worked on is lost: all its tries are over. */
export const lostAfter = ({ timeoutSeconds }: Pick<Settings, 'timeoutSeconds'>): number =>
  Math.max(LEAST, Math.max(RECEIVES.capture, RECEIVES.owner) * VISIBILITY * timeoutSeconds) + MARGIN;
