import { plain } from '../../lambdas/core/plain.ts';
import { inColumns } from '../columns.ts';
import { milestonesOf } from '../milestones.ts';
import { repeatedAt, type StoredEvent, timesReceived } from './stored-event.ts';
import { happenedAt, type Timeline } from './timeline.ts';

/** What a column of a table of events says; what is not known is `-`. */
const columns = {
  'TIME (UTC)': (event: StoredEvent) => toTheSecond(happenedAt(event)),
  'NOTED (UTC)': ({ at }: StoredEvent) => toTheSecond(at),
  'REPEATED (UTC)': (event: StoredEvent) => toTheSecond(repeatedAt(event) ?? ''),
  EVENT: ({ event }: StoredEvent) => event,
  TYPE: ({ event_type }: StoredEvent) => event_type ?? '',
  LEAD: ({ lead_id }: StoredEvent) => lead_id ?? '',
  OUTCOME: ({ outcome }: StoredEvent) => outcome,
  REASON: ({ reason }: StoredEvent) => reason ?? '',
  RECEIVED: (event: StoredEvent) => {
    const times = timesReceived(event);
    return times > 1 ? `received ${times} times` : '';
  },
};
type Column = keyof typeof columns;

/** A tenant's events, in the order in which they are given. */
export const latestTable = (events: StoredEvent[]): string =>
  tableOf(events, ['NOTED (UTC)', 'EVENT', 'TYPE', 'LEAD', 'OUTCOME', 'REASON', 'RECEIVED']);

/** A tenant's repeated events. */
export const repeatsTable = (events: StoredEvent[]): string =>
  tableOf(events, ['REPEATED (UTC)', 'EVENT', 'LEAD', 'RECEIVED']);

/** A lead's events. */
export const timelineTable = (events: StoredEvent[]): string =>
  tableOf(events, ['TIME (UTC)', 'EVENT', 'TYPE', 'OUTCOME', 'REASON', 'RECEIVED']);

/** A lead's own times, one a line. */
export function leadLines({ lead, channels }: Timeline): string {
  if (!lead) return 'It never came in as a lead.';
  const received = { stage: 'received', text: `${toTheSecond(lead.receivedAt)} UTC, from ${lead.source}` };
  const milestones = [received, ...milestonesOf({ lead, channels })];
  return inColumns(milestones.map(({ stage, text }) => [stage, plain(text)]));
}

const tableOf = (events: StoredEvent[], names: Column[]): string =>
  inColumns([names, ...events.map((event) => names.map((name) => plain(columns[name](event)) || '-'))]);

/** `2026-03-05 13:30:00`. */
const toTheSecond = (time: string) => time.slice(0, 19).replace('T', ' ');
