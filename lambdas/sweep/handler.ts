import type { Context, SQSBatchResponse, SQSEvent, SQSRecord } from 'aws-lambda';
import { eachRecord } from '../aws/batch.ts';
import { logTo, type Metrics } from '../aws/log.ts';
import { send } from '../aws/queue.ts';
import { sweeping } from '../aws/sweeping.ts';
import { remember } from '../core/remember.ts';
import { SweepMessage } from '../core/sweep-message.ts';
import { readEnv } from '../env.ts';
import { sourceOf } from '../sources/registry.ts';
import { SweepEnv } from './env.ts';
import type { Finding } from './finding.ts';
import { sweep, type SweepPorts } from './sweep.ts';

const env = readEnv(SweepEnv);
const log = logTo(env.METRICS_NAMESPACE, Date.now);
/** What is started again in vain rings for a day. */
const DAY = 24 * 3600_000;
/** Pages and portals change seldom, and a listing meets each of them often. */
const everyMinute = remember(Date.now, 60_000);

const places = sweeping({
  table: env.TABLE_NAME,
  bucket: env.BUCKET_NAME,
  sourcePrefix: env.SOURCE_PREFIX,
  captureQueues: { queue: env.CAPTURE_QUEUE_URL, bulk: env.CAPTURE_BULK_QUEUE_URL },
  ownerQueues: { queue: env.OWNER_QUEUE_URL, bulk: env.OWNER_BULK_QUEUE_URL },
});

/** Everything but what depends on the invocation. */
const ports: Omit<SweepPorts, 'timeLeft' | 'found'> = {
  ...places,
  tenants: env.TENANTS,
  sourceOf,
  lostAfter: env.LOST_AFTER_SECONDS * 1000,
  digestTime: env.DIGEST_SECONDS * 1000,
  isDry: false,
  accountOf: (account) => everyMinute(`${account.source} ${account.id}`, () => places.accountOf(account)),
  sendAgain: (message) => send(env.SWEEP_QUEUE_URL, message, Date.now()),
};

export const handler = (event: SQSEvent, context: Context): Promise<SQSBatchResponse> =>
  eachRecord(
    event,
    context,
    (record) => sweepRecord(record, context),
    (line) => log({ step: 'sweep', ...line }),
    () => ({}),
  );

/** A line for each thing that was lost, and one for the look, which counts a zero where there was none. */
async function sweepRecord({ body, attributes }: SQSRecord, context: Context): Promise<void> {
  const started = Date.now();
  const message = SweepMessage.parse(JSON.parse(body));
  const found = (finding: Finding) => {
    const { loss, verdict, count, tenant, source, lead_id, raw_key } = finding;
    const said = { outcome: verdict, reason: `${loss}: ${count}`, tenant, source, lead_id, raw_key };
    log({ step: 'sweep', ...said }, metricsOf(finding, started));
  };
  const isDone = await sweep(message, { ...ports, found, timeLeft: () => context.getRemainingTimeInMillis() });
  const attempt = Number(attributes.ApproximateReceiveCount);
  const said = { outcome: isDone ? 'swept' : 'goes_on', reason: message.sweep, attempt, ms: Date.now() - started };
  log({ step: 'sweep', ...said }, { Rescued: 0 });
}

const metricNames = {
  not_captured: 'RescuedNotCaptured',
  not_queued: 'RescuedNotQueued',
  not_told: 'RescuedNotTold',
} as const;

function metricsOf({ loss, verdict, count, rescuedAt = '' }: Finding, now: number): Metrics {
  if (verdict === 'rescued') return { Rescued: count, [metricNames[loss]]: count };
  const isFresh = now - Date.parse(rescuedAt) < DAY;
  return verdict === 'in_vain' && isFresh ? { RescuedInVain: count } : {};
}
