import type { DeliveryFacts } from './event.ts';
import type { LeadRecords } from './history.ts';
import { type Standing, standingOf } from './standing.ts';
import { arrivalPoints } from './trace-arrival.ts';
import { tellingPoints } from './trace-telling.ts';

/** A point on the way of a lead, before the time since the former one is known. */
export interface Point {
  /** ISO 8601, UTC; `null` where nobody noted it. */
  at: string | null;
  what: string;
  detail: string | null;
  outcome: 'done' | 'waits' | 'failed' | 'skipped';
}

export interface TracePoint extends Point {
  /** Milliseconds since the former point whose time is known; `null` of the first one, and where a time is not known. */
  after: number | null;
}

/** What happened to a lead, in order, and where it stands now. */
export interface Trace {
  points: TracePoint[];
  standing: Standing;
}

/** What a trace is written with. */
export interface TraceContext {
  /** ISO 8601, UTC. */
  now: string;
  /** What people call its source. */
  label: string;
  fallbackOwner: string;
  /** Its object in `source/` as it is there now; `null` where it is not, absent where nobody looked. */
  stored?: (Partial<DeliveryFacts> & { bytes: number }) | null;
}

/** Everything that was noted of a lead on its way. What nobody noted is said to be unknown, and stands where it must have been. */
export function traceOf(records: LeadRecords, context: TraceContext): Trace {
  const all = [...arrivalPoints(records, context), ...tellingPoints(records, context)];
  return {
    points: inOrder(all.filter(({ at }) => at === null || at <= context.now)),
    standing: standingOf(records, context),
  };
}

/** By time; a point without one stays behind the one that it was given after. */
function inOrder(points: Point[]): TracePoint[] {
  let place = '';
  const placed = points.map((point) => ({ point, place: (place = point.at ?? place) }));
  let former: string | undefined;
  return placed
    .toSorted((a, b) => (a.place < b.place ? -1 : a.place > b.place ? 1 : 0))
    .map(({ point }) => {
      const after = point.at === null || former === undefined ? null : Date.parse(point.at) - Date.parse(former);
      former = point.at ?? former;
      return { ...point, after };
    });
}
