import type { Context, SQSBatchResponse, SQSEvent, SQSRecord } from 'aws-lambda';
import { accountOf } from '../aws/account-table.ts';
import { eachRecord } from '../aws/batch.ts';
import { contactNow } from '../aws/contact-table.ts';
import { eachDeadLetter } from '../aws/dead-letters.ts';
import { readDetails } from '../aws/details-store.ts';
import { outcomeOf } from '../aws/event-table.ts';
import { failuresIn } from '../aws/failure-table.ts';
import { untoldOf } from '../aws/job-list-table.ts';
import { jobNow, noteJob } from '../aws/job-table.ts';
import { leadNow } from '../aws/lead-table.ts';
import { logTo } from '../aws/log.ts';
import { send, sendAll } from '../aws/queue.ts';
import { messagesIn } from '../aws/queue-depth.ts';
import { readRaw } from '../aws/raw-store.ts';
import { deliveriesAfter, storedAt } from '../aws/stored-deliveries.ts';
import type { Hydration } from '../core/hydration.ts';
import { ReplayMessage } from '../core/replay.ts';
import { readEnv } from '../env.ts';
import { hydrations } from '../sources/hydrations.ts';
import { sourceOf } from '../sources/registry.ts';
import { ReplayEnv } from './env.ts';
import { redrive, type RedrivePorts } from './redrive.ts';
import { replay, type ReplayPorts } from './replay.ts';

const env = readEnv(ReplayEnv);
const log = logTo(env.METRICS_NAMESPACE, Date.now);
const { TABLE_NAME, BUCKET_NAME, REPLAY_QUEUE_URL, CAPTURE_BULK_QUEUE_URL, OWNER_BULK_QUEUE_URL } = env;
const details = { bucket: BUCKET_NAME, prefix: env.DETAILS_PREFIX };
/** From one look at the lanes to the next: milliseconds. */
const BETWEEN_LOOKS = 3000;
/** Of each queue at once; whoever has more sends back the rest with another order. */
const MOST_LETTERS = 10_000;

const ports: Omit<ReplayPorts & RedrivePorts, 'timeLeft'> = {
  now: () => new Date().toISOString(),
  jobNow: (job) => jobNow(TABLE_NAME, job),
  noteJob: (job, news) => noteJob(TABLE_NAME, job, news),
  deliveriesAfter: (prefix, after, most) => deliveriesAfter(BUCKET_NAME, prefix, after, most),
  storedAt: (key) => storedAt(BUCKET_NAME, key),
  sendToCapture: (slices) => sendAll(CAPTURE_BULK_QUEUE_URL, slices),
  leftInLanes: async () => (await messagesIn(CAPTURE_BULK_QUEUE_URL)) + (await messagesIn(OWNER_BULK_QUEUE_URL)),
  untoldOf: async (job, most) => (await untoldOf(TABLE_NAME, job, most)).map((untold) => ({ ...untold })),
  sendAgain: (message) => {
    const notBefore = message.sent && new Date(Date.now() + BETWEEN_LOOKS).toISOString();
    return send(REPLAY_QUEUE_URL, { ...message, ...(notBefore && { notBefore }) }, Date.now());
  },
  readRaw: (key) => readRaw(BUCKET_NAME, key),
  sourceOf,
  eventsOf: (source, body) => source.events(body, env.FIELDS[source.id] ?? { names: {} }),
  accountOf: (account) => accountOf(TABLE_NAME, account),
  outcomeOf: (event, from) => outcomeOf(TABLE_NAME, event, from),
  leadNow: (lead) => leadNow(TABLE_NAME, lead),
  contactNow: (lead) => contactNow(TABLE_NAME, lead),
  savedDetails: (lead) => readDetails(details, lead),
  understand: (record, event, account) => hydrationOf(account.source).understand(record, event, account),
  eachDeadLetter: async (decide) => {
    for (const queue of env.DEAD_LETTERS) await eachDeadLetter(TABLE_NAME, queue, decide, MOST_LETTERS);
  },
};

export const handler = (event: SQSEvent, context: Context): Promise<SQSBatchResponse> =>
  eachRecord(
    event,
    context,
    (record) => replayRecord(record, context),
    (line) => log({ step: 'replay', ...line }),
    (record) => idsOf(read(record)),
    failuresIn(TABLE_NAME),
  );

const read = ({ body }: SQSRecord) => ReplayMessage.parse(JSON.parse(body));

const idsOf = ({ tenant, job_id }: ReplayMessage) => ({ tenant, correlation_id: job_id });

async function replayRecord(record: SQSRecord, context: Context): Promise<void> {
  const started = Date.now();
  const message = read(record);
  const all = { ...ports, timeLeft: () => context.getRemainingTimeInMillis() };
  const job = await ports.jobNow({ tenant: message.tenant, id: message.job_id });
  const work = job?.kind === 'redrive' && job.state !== 'done' ? redrive(message, job, all) : replay(message, all);
  const { outcome, reason } = await work;
  const attempt = Number(record.attributes.ApproximateReceiveCount);
  log({ step: 'replay', outcome, reason, ...idsOf(message), attempt, ms: Date.now() - started });
}

function hydrationOf(source: string): Hydration {
  const found = Object.entries<Hydration>(hydrations).find(([id]) => id === source);
  if (!found) throw new Error(`leads of ${source} can not be read by this release`);
  return found[1];
}
