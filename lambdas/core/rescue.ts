import type { Lead } from './lead.ts';

/** Where a lead was lost: between our bucket and the table, between the table and its wait, or on the way to people. */
export type Loss = 'not_captured' | 'not_queued' | 'not_told';

/** A new start that was given to something lost. */
export interface Rescue {
  /** ISO 8601, UTC. */
  at: string;
  what: Loss;
}

/** Where it had got lost, for people who look at a lead. */
export const lossWords: Record<Loss, string> = {
  not_captured: 'before it was read',
  not_queued: 'before its wait',
  not_told: 'on its way to people',
};

/** After so many new starts nothing more is tried: what fails that often needs a person. */
export const MOST_RESCUES = 3;

/** A wait that ends within this time after a lead was due is not noted on it, so that the usual ones cost nothing: milliseconds. */
export const UNNOTED_WAIT = 5 * 60_000;

/** What is noted of a lead, or of a digest, that waits or was given up. Times are ISO 8601 in UTC. */
export type Pause = Pick<Lead, 'waitingUntil' | 'gaveUp'>;

/** Whether a person has to see to it: it was given up, and did not wait again since. */
export const isGivenUp = ({ gaveUp, waitingUntil = '' }: Pause): boolean =>
  gaveUp !== undefined && gaveUp.at >= waitingUntil;

type Times = Pick<
  Lead,
  | 'receivedAt'
  | 'capturedAt'
  | 'queuedAt'
  | 'dueAt'
  | 'lookedUpAt'
  | 'enrichedAt'
  | 'toldAt'
  | 'silentAt'
  | 'waitingUntil'
  | 'gaveUp'
  | 'rescues'
>;

/** How a lead was lost; `undefined` where it was told, waits for a person, or may still be on its way. Milliseconds. */
export function lossOf(lead: Times, now: number, lostAfter: number): Exclude<Loss, 'not_captured'> | undefined {
  if (lead.toldAt !== undefined || lead.silentAt !== undefined || isGivenUp(lead)) return undefined;
  const rescuedAt = lead.rescues?.at(-1)?.at;
  const isQueued = lead.queuedAt !== undefined;
  const signs = isQueued
    ? [lead.dueAt, lead.queuedAt, lead.lookedUpAt, lead.enrichedAt, lead.waitingUntil, rescuedAt]
    : [lead.capturedAt ?? lead.receivedAt, rescuedAt];
  if (!isOver(signs, now, lostAfter)) return undefined;
  return isQueued ? 'not_told' : 'not_queued';
}

/** Whether all of these moments lie so far back that nothing can come of them any more. */
export const isOver = (moments: (string | undefined)[], now: number, lostAfter: number): boolean =>
  moments.every((moment) => moment === undefined || Date.parse(moment) + lostAfter <= now);
