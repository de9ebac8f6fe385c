import { NOBODY } from '../core/account.ts';
import { type NamedEvent, recordedAs, unread } from '../core/event.ts';
import { Broken } from '../core/failures.ts';
import type { Source } from '../core/source.ts';

/** A delivery as it is kept; what was put by another hand has no origin. */
export interface KeptDelivery {
  body: Buffer;
  from: { source?: string; tenant?: string; receivedAt?: string };
}

/** An event under the name of its row, and its place in the delivery. */
export interface Placed {
  event: NamedEvent;
  index: number;
}

/** The events of which `capture` leaves a row, each once; one that stands for all where the delivery can't be understood. */
export function eventsIn({ body, from }: KeptDelivery, sourceOf: (id: string) => Source | undefined): Placed[] {
  const whole = [{ event: unread, index: 0 }];
  const source = from.source === undefined ? undefined : sourceOf(from.source);
  if (!source || from.receivedAt === undefined || (from.tenant ?? source.account) === undefined) return whole;
  try {
    const events = source.events(body, { names: {} });
    const placed = events.map((event, index) => ({ event: recordedAs(event, index), index }));
    return [...new Map(placed.toReversed().map((one) => [one.event.id, one])).values()].toReversed();
  } catch (error) {
    if (error instanceof Broken) return whole;
    throw error;
  }
}

/** Tenants under which an event may stand, the likeliest first: its delivery's or its account's, and nobody's. */
export const likelyTenants = (tenant: string | undefined): string[] => [...new Set([tenant ?? NOBODY, NOBODY])];
