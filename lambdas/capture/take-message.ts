import type { Again } from '../core/again.ts';
import type { Reconsider, Slice, Watch } from '../core/capture-message.ts';
import { NOBODY } from '../core/account.ts';
import { GIVE_UP_AFTER, waitFor } from '../core/backoff.ts';
import type { JobId } from '../core/job.ts';
import { type DeliveryFacts, unread } from '../core/event.ts';
import type { LogLine } from '../core/log-line.ts';
import type { Source } from '../core/source.ts';
import { capture, type CapturePorts } from './capture.ts';
import type { Captures } from './capture-event.ts';
import { askedIn } from './message.ts';
import { know } from './know.ts';
import { quietly } from './quietly.ts';
import { LOOKED_AT, watch, type WatchPorts } from './watch.ts';

/** What the store says of a delivery; what was put by another hand has no origin. */
interface Origin extends Partial<DeliveryFacts> {
  source?: string;
  tenant?: string;
  correlationId?: string;
  quiet?: boolean;
}

export interface TakePorts extends CapturePorts, WatchPorts {
  /** `undefined` where there is no such object. */
  readRaw: (key: string) => Promise<{ body: Buffer; from: Origin } | undefined>;
  /** Whether a delivery was erased. */
  isErasedKey: (rawKey: string) => Promise<boolean>;
  sourceOf: (id: string) => Source | undefined;
  /** Adds to what a job did. */
  addToJob: (job: JobId, counts: Record<string, number>) => Promise<void>;
  /** Writes a line of ids, outcomes and numbers, with what is to be counted. */
  log: (line: Omit<LogLine, 'step'>, metrics: Record<string, number>) => void;
  /** Takes back what `ingest` counted of a delivery, at the same moment: what is left of the sum was never read. */
  countRead: (receivedAt: string) => void;
}

/** Does what a message of the capture queue asks for, or puts it back where its time has not come. */
export async function takeMessage(body: string, attempt: number, ports: TakePorts): Promise<void> {
  const asked = askedIn(body);
  if ('keys' in asked) {
    for (const key of asked.keys) await takeDelivery(key, undefined, attempt, ports);
    return;
  }
  const { message } = asked;
  const isEarly = message.notBefore !== undefined && message.notBefore > ports.now();
  if (isEarly) return ports.sendLater(message);
  if ('key' in message) return takeDelivery(message.key, message, attempt, ports);
  return 'watch' in message ? look(message, ports) : reconsider(message, quietly(ports, message.again));
}

async function takeDelivery(rawKey: string, slice: Slice | undefined, attempt: number, given: TakePorts) {
  const again = slice?.again;
  const ports = quietly(given, again);
  const started = Date.parse(ports.now());
  const found = await ports.readRaw(rawKey);
  if (!found) {
    if (!(await ports.isErasedKey(rawKey))) throw new Error('the delivery is not in source/');
    return ports.log({ outcome: 'erased', reason: 'the delivery was erased', attempt }, { Captured: 1 });
  }
  const { body, from } = found;
  const source = from.source === undefined ? undefined : ports.sourceOf(from.source);
  const { tenant, receivedAt, correlationId, storedAt, origin, digest, quiet: isQuiet } = from;
  const facts = { storedAt, origin, digest, correlationId, isBackfill: origin === 'backfill', isQuiet };
  const isKnown = source && receivedAt && (tenant ?? source.account);
  const results = isKnown
    ? await capture({ rawKey, body, source, tenant, receivedAt, ...facts }, slice, ports, attempt)
    : await recordUnread(rawKey, from, again, ports);
  if (slice === undefined && from.origin === 'webhook' && receivedAt !== undefined) ports.countRead(receivedAt);
  const ms = Date.parse(ports.now()) - started;
  for (const result of results) {
    const { event, outcome, reason } = result;
    const ids = { tenant: result.tenant, lead_id: event.leadId, event_id: event.id, correlation_id: correlationId };
    // What is run again was counted before, and rings no alarm again.
    ports.log({ outcome, reason, source: from.source, ...ids, attempt, ms }, again ? {} : metricsOf(result));
  }
  if (again) await ports.addToJob({ tenant: again.tenant, id: again.job }, countsOf(results));
}

const countsOf = (results: Captures[]): Record<string, number> => {
  const counts: Record<string, number> = {};
  for (const { outcome } of results) if (outcome !== 'cut') counts[outcome] = (counts[outcome] ?? 0) + 1;
  return counts;
};

async function recordUnread(
  rawKey: string,
  from: Origin,
  again: Again | undefined,
  ports: TakePorts,
): Promise<Captures[]> {
  const { source = 'unknown', tenant = NOBODY } = from;
  if (again && again.tenant !== tenant) return [];
  const reason = 'the object does not say which source and tenant it came from';
  const settled = { outcome: 'broken' as const, reason, again: again?.how };
  await ports.recordEvent(unread, { tenant, source, rawKey, mark: `${rawKey}#1` }, settled);
  return [{ event: unread, tenant, outcome: 'broken', reason }];
}

/** Each look counts, so that the alarm rings once, and for as long as anything is parked. */
async function look(message: Watch, ports: TakePorts) {
  const { source, account } = message.watch;
  const parked = await watch(message, ports);
  const outcome = parked > 0 ? 'parked' : 'watch_ended';
  ports.log(
    { outcome, reason: `${parked}${parked === LOOKED_AT ? ' or more' : ''} parked for ${account}`, source },
    { TokenRefused: Math.min(parked, 1) },
  );
}

/** Something new is known of the lead's person. */
async function reconsider(message: Reconsider, ports: TakePorts) {
  const { tenant, lead_id } = message.reconsider;
  const lead = await ports.leadNow({ tenant, lead_id });
  if (!lead) return;
  const late = await know(lead, message.by, ports);
  if (!late) return ports.log({ outcome: 'reconsidered', source: lead.source, tenant, lead_id }, {});
  const now = ports.now();
  const since = message.since ?? now;
  const waited = Date.parse(now) - Date.parse(since);
  // On the DLQ it is seen, and can be sent back.
  if (waited >= GIVE_UP_AFTER) throw late;
  const later = Date.parse(now) + waitFor(late.retryAfter, waited / 1000) * 1000;
  await ports.sendLater({ ...message, since, notBefore: new Date(later).toISOString() });
}

/** A test lead is counted nowhere. */
const metricsOf = ({ outcome, started, isTest, waited, isRepeat }: Captures) => ({
  ...(outcome !== 'failed' && outcome !== 'cut' && { Captured: 1 }),
  ...(started && !isTest && { Due: 1 }),
  ...(isRepeat && { Duplicate: 1 }),
  ...(outcome === 'not_for_us' && { NotForUs: 1 }),
  ...(outcome === 'broken' && { Broken: 1 }),
  ...(outcome === 'no_route' && { NoRoute: 1 }),
  ...(outcome === 'parked' && { Parked: 1, TokenRefused: 1 }),
  ...(waited !== undefined && { DetailsLateSeconds: waited }),
});
