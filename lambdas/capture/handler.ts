import type { Context, SQSBatchResponse, SQSEvent, SQSRecord } from 'aws-lambda';
import { eachRecord } from '../aws/batch.ts';
import { outcomeOf, recordEvent } from '../aws/event-table.ts';
import { markDeleted, markQueued, saveLead } from '../aws/lead-table.ts';
import { logTo } from '../aws/log.ts';
import { sendToOwnerQueue } from '../aws/owner-queue.ts';
import { readRaw } from '../aws/raw-store.ts';
import type { Source } from '../core/source.ts';
import { readEnv } from '../env.ts';
import { sources } from '../sources/registry.ts';
import { capture, type CapturePorts, type Captures, type Delivery } from './capture.ts';
import { CaptureEnv } from './env.ts';
import { keysIn } from './s3-events.ts';

const env = readEnv(CaptureEnv);
const log = logTo(env.METRICS_NAMESPACE, Date.now);
const at = () => new Date().toISOString();
const DEFAULT_DELAY = 600;

const ports: CapturePorts = {
  delayOf: ({ id }) => env.DELAY_SECONDS[id] ?? DEFAULT_DELAY,
  eventsOf: ({ source, body }) => source.events(body, env.FIELDS[source.id] ?? { names: {} }),
  outcomeOf: (event, from) => outcomeOf(env.TABLE_NAME, event, from),
  saveLead: (captured) => saveLead(env.TABLE_NAME, captured, at()),
  markDeleted: (lead, deletedAt) => markDeleted(env.TABLE_NAME, lead, deletedAt, at()),
  startWait: (message) => sendToOwnerQueue(env.OWNER_QUEUE_URL, message, Date.now()),
  markQueued: (lead) => markQueued(env.TABLE_NAME, lead, at()),
  recordEvent: (event, from, settled) => recordEvent(env.TABLE_NAME, event, from, { ...settled, at: at() }),
};

export const handler = (event: SQSEvent, context: Context): Promise<SQSBatchResponse> =>
  eachRecord(
    event,
    context,
    captureRecord,
    (line) => log({ step: 'capture', ...line }),
    ({ body }) => ({
      raw_key: keysIn(body).join(' '),
    }),
  );

async function captureRecord(record: SQSRecord): Promise<void> {
  for (const rawKey of keysIn(record.body)) await captureKey(rawKey, Number(record.attributes.ApproximateReceiveCount));
}

async function captureKey(rawKey: string, attempt: number): Promise<void> {
  const started = Date.now();
  const { body, from } = await readRaw(env.BUCKET_NAME, rawKey);
  const source = Object.values<Source>(sources).find(({ id }) => id === from.source);
  const origin = { tenant: from.tenant ?? 'none', source: from.source ?? 'unknown', rawKey };
  const said = {
    step: 'capture',
    correlation_id: from.correlationId,
    source: origin.source,
    tenant: origin.tenant,
    attempt,
  } as const;
  if (!source || !from.tenant || !from.receivedAt) {
    const reason = 'the object does not say which source and tenant it came from';
    const unread = { id: 'delivery', type: 'unread' };
    await recordEvent(env.TABLE_NAME, unread, origin, { outcome: 'broken', reason, at: at() });
    return log({ ...said, outcome: 'broken', reason, ms: Date.now() - started }, { Captured: 1, Broken: 1 });
  }
  const { tenant, receivedAt, correlationId } = from;
  const delivery: Delivery = { rawKey, body, source, tenant, receivedAt, correlationId };
  for (const result of await capture(delivery, ports)) {
    const { event, outcome, reason } = result;
    log(
      { ...said, outcome, reason, lead_id: event.leadId, event_id: event.id, ms: Date.now() - started },
      metricsOf(result),
    );
  }
}

/** A test lead is counted nowhere. */
const metricsOf = ({ outcome, started, event }: Captures) => ({
  Captured: 1,
  ...(started && !event.isTest && { Due: 1 }),
  ...(outcome === 'not_for_us' && { NotForUs: 1 }),
  ...(outcome === 'broken' && { Broken: 1 }),
});
