import type { Context, SQSBatchResponse, SQSEvent, SQSRecord } from 'aws-lambda';
import { accountsOf } from '../aws/account-table.ts';
import { eachRecord } from '../aws/batch.ts';
import { closePart, openParts } from '../aws/job-parts.ts';
import { contactsOf, missingOf } from '../aws/known-leads.ts';
import { logTo, type Metrics } from '../aws/log.ts';
import { send } from '../aws/queue.ts';
import { saveRaw } from '../aws/raw-store.ts';
import { secretName, secretReader } from '../aws/secrets.ts';
import {
  beginComparing,
  comparisonNow,
  noteSubscription,
  noteTrouble,
  saveComparison,
  takeAccount,
} from '../aws/sync-table.ts';
import type { Compared } from '../core/completeness.ts';
import { SyncMessage } from '../core/sync.ts';
import { readEnv } from '../env.ts';
import { listings, subscriptions } from '../sources/listings.ts';
import { sourceOf } from '../sources/registry.ts';
import { vendorFetch } from '../vendor-fetch.ts';
import { comparedIn } from './accounts.ts';
import { SyncEnv } from './env.ts';
import { giveUpRound, type RanRound, type RoundPorts, runRound } from './run-round.ts';
import { startComparing } from './start-comparing.ts';
import { vendors } from './vendors.ts';

const env = readEnv(SyncEnv);
const { TABLE_NAME, SYNC_QUEUE_URL } = env;
/** An answer of a vendor, and then its leads in the table and in the bucket: milliseconds. */
const VENDOR_DEADLINE = Math.min(10_000, env.TIMEOUT_SECONDS * 400);
const LONGEST_PAGE = VENDOR_DEADLINE + env.TIMEOUT_SECONDS * 300;
const PUT_DEADLINE = 5000;
/** An answer with 100 contacts and all that they may say. Bytes. */
const LARGEST_ANSWER = 4 * 1024 * 1024;

const log = logTo(env.METRICS_NAMESPACE, Date.now);
const secrets = secretReader(Date.now);
const at = () => new Date().toISOString();
const partOf = ({ source, account }: Compared) => `${source}#${account}`;

const keyOfToken = ({ tenant, source, account }: Compared) =>
  sourceOf(source)?.account === undefined
    ? secretName(env.CLOSE_API_KEY_SECRET_NAME, { tenant })
    : secretName(env.ACCOUNT_TOKEN_SECRET_NAME, { tenant, source, account });
/** One that was filled in a moment ago is known to the secret store before it is known to us. */
const tokenOf = async (of: Compared) => {
  const name = keyOfToken(of);
  return (await secrets.read(name)).current ?? (await secrets.reread(name))?.current;
};

const vendor = vendors({
  fetch: vendorFetch(VENDOR_DEADLINE, LARGEST_ANSWER),
  baseUrls: { close: env.CLOSE_API_URL, meta: env.GRAPH_URL, hubspot: env.HUBSPOT_URL },
  tokenOf,
  appSecretOf: async ({ tenant, source }) =>
    sourceOf(source)?.account?.provesApp
      ? (await secrets.read(secretName(env.SIGNATURE_SECRET_NAME, { tenant, source }))).current
      : undefined,
  listings,
  subscriptions,
  webhookUrl: (source) => `${env.PUBLIC_URL}/webhooks/${source}`,
});

const ports = {
  now: Date.now,
  longestPage: LONGEST_PAGE,
  listingOf: vendor.listingOf,
  page: vendor.page,
  complete: vendor.complete,
  checkSubscription: vendor.checkSubscription,
  accountsOf: (which) =>
    comparedIn(which, {
      tenants: env.TENANTS,
      sources: env.SOURCES.flatMap((id) => (Object.hasOwn(listings, id) ? (sourceOf(id) ?? []) : [])),
      accountsOf: (of) => accountsOf(TABLE_NAME, of),
      hasToken: async (of) => (await tokenOf(of)) !== undefined,
    }),
  begin: (of, since) => beginComparing(TABLE_NAME, of, since),
  take: (of, until) => takeAccount(TABLE_NAME, of, { now: Date.now(), until }),
  sendRound: (round) => send(SYNC_QUEUE_URL, round, Date.now()),
  sendAgain: (round) => send(SYNC_QUEUE_URL, round, Date.now()),
  partsOf: async (job, tenant, accounts) => {
    if (tenant !== undefined) await openParts(TABLE_NAME, { tenant, id: job }, accounts.map(partOf), at());
  },
  partDone: async ({ round, job }, counts, said) => {
    const about = said === undefined ? undefined : `${sourceOf(round.source)?.label ?? round.source}: ${said}`;
    if (job !== undefined)
      await closePart(TABLE_NAME, { tenant: round.tenant, id: job }, partOf(round), { counts, said: about, at: at() });
  },
  missingOf: (of, leadIds) => missingOf(TABLE_NAME, of, leadIds),
  contactsOf: (tenant, leadIds) => contactsOf(TABLE_NAME, tenant, leadIds),
  put: (of, body, { quiet, job }) => put(of, body, quiet, job),
  comparisonNow: (of) => comparisonNow(TABLE_NAME, of),
  saveComparison: (round, found) => saveComparison(TABLE_NAME, round.round, round, found, Date.now()),
  noteTrouble: async (of, reason) => void (await noteTrouble(TABLE_NAME, of, reason, Date.now())),
  noteSubscription: async (of, state) => void (await noteSubscription(TABLE_NAME, of, state, Date.now())),
} satisfies Omit<RoundPorts, 'timeLeft'> & Parameters<typeof startComparing>[1];

export const handler = (event: SQSEvent, context: Context): Promise<SQSBatchResponse> =>
  eachRecord(
    event,
    context,
    (record) => work(record, context),
    (line) => log({ step: 'sync', ...line }),
    (record) => idsOf(read(record)),
  );

const read = ({ body }: SQSRecord) => SyncMessage.parse(JSON.parse(body));

function idsOf(message: SyncMessage) {
  const { tenant, source } = 'round' in message ? message.round : message.compare;
  return { tenant, source, correlation_id: message.job };
}

async function work(record: SQSRecord, context: Context): Promise<void> {
  const started = Date.now();
  const message = read(record);
  const attempt = Number(record.attributes.ApproximateReceiveCount);
  const say = (outcome: string, reason: string | undefined, metrics: Metrics) =>
    log({ step: 'sync', outcome, reason, ...idsOf(message), attempt, ms: Date.now() - started }, metrics);
  if ('compare' in message) {
    const count = await startComparing(message, ports);
    return say('started', `${count} accounts`, {});
  }
  const ran = await runRound(message, { ...ports, timeLeft: () => context.getRemainingTimeInMillis() }).catch(
    async (error: unknown) => {
      // Whoever asked would wait for ever: the message goes to the dead letters now.
      if (attempt >= env.RECEIVES) await giveUpRound(message, 'it failed, and is among the dead letters', ports);
      throw error;
    },
  );
  const isImport = message.from < message.since;
  say(ran.outcome, ran.reason, metricsOf(ran, isImport));
}

/** Keeps a delivery as `ingest` does, marked as fetched. */
async function put({ tenant, source: id }: Compared, body: Buffer, quiet: boolean, job: string | undefined) {
  const source = sourceOf(id);
  if (!source) throw new Error(`this release knows no source ${id}`);
  const key = `${env.SOURCE_PREFIX}${source.nameOf(body)}`;
  const from = {
    source: id,
    ...(source.account === undefined && { tenant }),
    receivedAt: at(),
    origin: 'backfill' as const,
    correlationId: job ?? crypto.randomUUID(),
    ...(quiet && { quiet: true as const }),
  };
  return saveRaw({ bucket: env.BUCKET_NAME, key, body, from }, AbortSignal.timeout(PUT_DEADLINE));
}

/** Old leads that somebody asked for are nothing that a webhook should have brought. */
const metricsOf = ({ outcome, put: stored, changed, subscription }: RanRound, isImport: boolean): Metrics => ({
  ...(stored > 0 && { Backfilled: stored }),
  ...(!isImport && stored > changed && { LeadsMissing: stored - changed }),
  ...(outcome === 'refused' && { SyncRefused: 1 }),
  ...(subscription?.state === 'off' && { WebhookOff: 1 }),
  ...(subscription?.state === 'woken' && { WebhookWoken: 1 }),
});
