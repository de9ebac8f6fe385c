import { isFinal, type Outcome } from './event.ts';
import { isFirst, type LeadEvent, type LeadRecords } from './history.ts';
import type { Lead } from './lead.ts';
import type { Point, TraceContext } from './trace.ts';
import { span } from './when.ts';

/** From the vendor to the wait: received, verified and stored, each event, read at the vendor, kept, put into its wait. */
export function arrivalPoints(records: LeadRecords, context: TraceContext): Point[] {
  const { lead, events } = records;
  const sorted = events.toSorted((a, b) => (a.at < b.at ? -1 : 1));
  const first = (lead && sorted.find((event) => isFirst(event, lead))) ?? sorted[0];
  return [
    ...(lead?.isManual ? addedBy(records, lead) : deliveryPoints(lead, first, context)),
    ...sorted.flatMap((event) => eventPoints(event, context)),
    ...(lead ? keptPoints(lead) : []),
  ];
}

const addedBy = ({ actions }: LeadRecords, { receivedAt }: Lead): Point[] => {
  const by = actions.find(({ kind }) => kind === 'added')?.by.name;
  return [{ at: receivedAt, what: 'Added by hand', detail: by === undefined ? null : `by ${by}`, outcome: 'done' }];
};

/** What another release calls otherwise stays as it is. */
const origins: Record<string, (label: string) => string> = {
  webhook: (label) => `${label} sent it to the webhook`,
  backfill: (label) => `it was missing, and fetched from ${label}`,
  replay: () => 'it was run again from what was stored',
};

function deliveryPoints(lead: Lead | undefined, first: LeadEvent | undefined, context: TraceContext): Point[] {
  const { label, stored } = context;
  const known = { ...stored, ...first?.delivery };
  const receivedAt = lead?.receivedAt ?? known.receivedAt ?? null;
  const rawKey = lead?.rawKey ?? first?.rawKey;
  const { origin = lead?.lateSince === undefined ? undefined : 'backfill', storedAt, digest } = known;
  const happened = first?.occurredAt;
  return [
    ...(happened === undefined ? [] : [done(happened, `Happened at ${label}`, first?.type ?? null)]),
    done(receivedAt, 'Received', origin ? (origins[origin]?.(label) ?? origin) : 'by which way was not noted'),
    {
      ...done(
        laterOf(storedAt, receivedAt),
        'Verified and stored',
        inWords(
          rawKey,
          stored ? `${stored.bytes} bytes` : undefined,
          digest ? `SHA-256 ${digest}` : 'its digest was not noted',
          stored === null ? 'the object is not there any more' : undefined,
        ),
      ),
      ...(stored === null && { outcome: 'failed' as const }),
    },
  ];
}

/** S3 says it to the second, so that it can seem to lie before the reception. */
const laterOf = (storedAt: string | undefined, receivedAt: string | null): string | null =>
  storedAt === undefined ? null : receivedAt !== null && storedAt < receivedAt ? receivedAt : storedAt;

const ends: Record<Outcome, [string, Point['outcome']]> = {
  done: ['worked through', 'done'],
  duplicate: ['nothing new', 'skipped'],
  not_for_us: ['nothing for us', 'skipped'],
  broken: ['it can’t be understood', 'failed'],
  no_route: ['nobody has its account', 'waits'],
  parked: ['held up', 'waits'],
};

function eventPoints(event: LeadEvent, { label }: TraceContext): Point[] {
  const { at, type, outcome, reason, heldAt, heldFor, readAt, times, repeatedAt, rawKey, delivery } = event;
  const [words, end] = ends[outcome];
  const isHeld = !isFinal(outcome);
  return [
    ...(heldAt === undefined || isHeld
      ? []
      : [{ at: heldAt, what: `Event ${type} held up`, detail: heldFor ?? null, outcome: 'waits' as const }]),
    ...(readAt === undefined ? [] : [done(readAt, `Read at ${label}`, 'what the event left out')]),
    {
      at: isHeld ? (heldAt ?? at) : at,
      what: `Event ${type}`,
      detail: inWords(
        words,
        reason,
        `event ${event.id}`,
        rawKey,
        delivery.origin === 'webhook' ? undefined : delivery.origin,
      ),
      outcome: end,
    },
    ...(times > 1
      ? [
          {
            at: repeatedAt ?? null,
            what: 'Received again',
            detail: `${type}, ${times} times in all`,
            outcome: 'skipped' as const,
          },
        ]
      : []),
  ];
}

function keptPoints({ capturedAt, queuedAt, receivedAt, dueAt, isManual }: Lead): Point[] {
  const wait = Date.parse(dueAt) - Date.parse(receivedAt);
  const words = wait > 0 ? `${span(wait)} from its reception, for the CRM to give it an owner` : 'which is none';
  const detail = wait > 0 && queuedAt !== undefined && queuedAt > dueAt ? `${words}; that was over already` : words;
  return [
    ...(isManual
      ? []
      : [done(capturedAt ?? null, 'Understood and kept', capturedAt === undefined ? 'when was not noted' : null)]),
    ...(queuedAt === undefined ? [] : [done(queuedAt, 'Put into its wait', detail)]),
  ];
}

const done = (at: string | null, what: string, detail: string | null): Point => ({ at, what, detail, outcome: 'done' });
const inWords = (...words: (string | undefined)[]) => words.filter((word) => word !== undefined).join(' · ');
