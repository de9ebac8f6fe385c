import { setTimeout as sleep } from 'node:timers/promises';
import type { Context, SQSBatchResponse, SQSEvent, SQSRecord } from 'aws-lambda';
import { eachRecord } from '../aws/batch.ts';
import {
  channelRecordOf,
  countMiss,
  leaseChannel,
  noteDigest,
  reserveSlot,
  settleChannel,
} from '../aws/channel-table.ts';
import {
  closeDigestPart,
  countAlert,
  digestPartOf,
  emptyDigestPart,
  joinDigest,
  makeDigestPart,
} from '../aws/digest-table.ts';
import { counting } from '../aws/counting.ts';
import { isErased } from '../aws/erased-table.ts';
import { failuresIn } from '../aws/failure-table.ts';
import { noteUntold } from '../aws/job-list-table.ts';
import { leadOf, markEnriched, markLookedUp, markSilent, markTold, noteLookups } from '../aws/lead-table.ts';
import { logTo, type Metrics } from '../aws/log.ts';
import { lookupStore } from '../aws/lookup-store.ts';
import { notePause } from '../aws/pause-table.ts';
import { memoryIn } from '../aws/person-table.ts';
import { send, sendAll, sendToDlq } from '../aws/queue.ts';
import { secretName, secretReader } from '../aws/secrets.ts';
import { dashboardOf } from '../aws/stage-table.ts';
import { isEnriched, readEnriched, saveEnriched } from '../aws/target-store.ts';
import { publish } from '../aws/topic.ts';
import { addName, usersOf } from '../aws/user-table.ts';
import { email } from '../channels/email/index.ts';
import { slack } from '../channels/slack/index.ts';
import { alertOf } from '../core/alert.ts';
import { categories, wordsFor } from '../core/category.ts';
import { digestId } from '../core/digest.ts';
import { digestAlertOf } from '../core/digest-alert.ts';
import { type DigestMessage, type OwnerMessage, ProcessMessage } from '../core/owner-message.ts';
import { remember } from '../core/remember.ts';
import { slackAddress } from '../core/slack-url.ts';
import type { SourceWords } from '../core/source.ts';
import { isSynthetic } from '../core/synthetic.ts';
import { readEnv } from '../env.ts';
import { closeApi } from '../owners/close-api.ts';
import { hubspotApi } from '../owners/hubspot-api.ts';
import { lookupBucket } from '../owners/lookup-bucket.ts';
import { pageUser } from '../owners/page-user.ts';
import { wordsFrom } from '../sources/registry.ts';
import { vendorFetch } from '../vendor-fetch.ts';
import { ProcessEnv } from './env.ts';
import { processLead, type ProcessPorts } from './process-lead.ts';
import type { Processed } from './processed.ts';
import { settleDigest, type SettlePorts } from './settle-digest.ts';
import { type DigestPorts, tellDigest } from './tell-digest.ts';
import { SEND_DEADLINE } from './tell.ts';

const env = readEnv(ProcessEnv);
const log = logTo(env.METRICS_NAMESPACE, Date.now);
const secrets = secretReader(Date.now);
const fetch = vendorFetch(SEND_DEADLINE);
const at = () => new Date().toISOString();
const failures = failuresIn(env.TABLE_NAME);
const everyMinute = remember(Date.now, 60_000);
/** Where the dashboard is changes with a deployment at most; until the first one has ended, nobody knows. */
const everyFewMinutes = remember(Date.now, 5 * 60_000);

const channels = [
  ...(env.USE_SLACK ? [slack({ fetch, urlOf: slackUrlOf })] : []),
  ...(env.USE_EMAIL
    ? [email({ publish: (message, attributes) => publish(env.SNS_TOPIC_ARN, message, attributes) })]
    : []),
];

const directories = [
  lookupBucket({
    read: lookupStore(env.LOOKUP_BUCKET, env.LOOKUP_REGION),
    found: async ({ tenant, lead_id, accountOwner, ownerId, isManual, silentBy }, hit) => {
      // A lead whose page or contact names an owner need not be known there, one that a person or the doctor made is not, and an old one may be no longer.
      if (!hit && (accountOwner || ownerId || isManual || silentBy || isSynthetic(lead_id))) return;
      const misses = await countMiss(env.TABLE_NAME, { tenant, directory: 'lookup' }, hit);
      if (!hit) log({ step: 'process', outcome: 'lookup_miss', tenant }, { LookupMissesInARow: misses });
    },
  }),
  closeApi({
    fetch,
    baseUrl: env.CLOSE_API_URL,
    ownerField: env.CLOSE_OWNER_FIELD,
    apiKeyOf: async (tenant) => (await secrets.read(secretName(env.CLOSE_API_SECRET_NAME, { tenant }))).current,
  }),
  hubspotApi({
    fetch,
    baseUrl: env.HUBSPOT_URL,
    tokenOf: async ({ tenant, id }) =>
      (await secrets.read(secretName(env.ACCOUNT_TOKEN_SECRET_NAME, { tenant, source: 'hubspot', account: id })))
        .current,
    remembered: remember(Date.now),
  }),
  pageUser,
];

const aboutWhom = (message: OwnerMessage | DigestMessage) => ('digest' in message ? message.digest : message);

/** Who changes what no person does. */
const OURSELVES = { id: 'process', name: 'Lead Relay' };

/** Everything but what depends on the invocation: how much time is left, and who is asked. */
const ports: Omit<ProcessPorts & DigestPorts & SettlePorts, 'timeLeft'> = {
  ...memoryIn(env.TABLE_NAME),
  now: Date.now,
  sleep: async (milliseconds) => void (milliseconds > 0 && (await sleep(milliseconds))),
  channels,
  directories: env.OWNER_DIRECTORIES.flatMap((id) => directories.filter((directory) => directory.id === id)),
  fallbackOwner: env.FALLBACK_OWNER,
  // A lease outlives whoever took it, since no function runs longer than its time-out; its message stays hidden six times as long.
  leaseTime: env.TIMEOUT_SECONDS * 1000,
  paceOf: (channel) => env.PACE[channel],
  leadOf: (message) => leadOf(env.TABLE_NAME, message),
  readEnriched: (lead) => readEnriched(env.BUCKET_NAME, env.TARGET_PREFIX, lead),
  saveEnriched: (lead) => saveEnriched(env.BUCKET_NAME, env.TARGET_PREFIX, lead),
  markLookedUp: (lead, lookups) => markLookedUp(env.TABLE_NAME, lead, lookups, at()),
  noteLookups: (lead, lookups) => noteLookups(env.TABLE_NAME, lead, lookups, at()),
  wordsOf: (tenant) => wordsFor(env.MEMBERSHIP, tenant),
  reconsider: (messages) => sendAll(env.CAPTURE_BULK_QUEUE_URL, messages),
  alertsFor: (tenant) => env.ALERT_FOR[tenant] ?? categories,
  isErased: ({ tenant, source = '', lead_id }) => isErased(env.TABLE_NAME, { tenant, source, lead_id }),
  isInTarget: (lead) => isEnriched(env.BUCKET_NAME, env.TARGET_PREFIX, lead),
  noteUntold: (again, lead) => noteUntold(env.TABLE_NAME, again, lead, at()),
  markEnriched: (lead) => markEnriched(env.TABLE_NAME, lead, at()),
  markSilent: (lead) => markSilent(env.TABLE_NAME, lead, at()),
  count: counting({ table: env.TABLE_NAME, timeZones: env.TIME_ZONES, fallbackOwner: env.FALLBACK_OWNER }),
  markTold: (lead) => markTold(env.TABLE_NAME, lead, at()),
  lease: (lead, channel, until) => leaseChannel(env.TABLE_NAME, lead, channel, { now: Date.now(), until }),
  settle: (lead, channel, settled) => settleChannel(env.TABLE_NAME, lead, channel, { ...settled, at: at() }),
  reserveSlot: (of, asked) => reserveSlot(env.TABLE_NAME, of, asked),
  mostPerMinute: (channel) => env.MAX_ALERTS_PER_MINUTE[channel],
  countAlert: (of, minute) => countAlert(env.TABLE_NAME, of, minute),
  digestTime: env.DIGEST_SECONDS * 1000,
  noteDigest: (lead, channel, window) => noteDigest(env.TABLE_NAME, lead, channel, window),
  joinDigest: (place, part, entry) => joinDigest(env.TABLE_NAME, place, part, entry),
  digestPartOf: (place, part) => digestPartOf(env.TABLE_NAME, place, part),
  makeDigestPart: (place, part, entry) => makeDigestPart(env.TABLE_NAME, place, part, entry, at()),
  closeDigestPart: (place, part) => closeDigestPart(env.TABLE_NAME, place, part, at()),
  emptyDigestPart: (place, part) => emptyDigestPart(env.TABLE_NAME, place, part),
  digestRecord: (place) =>
    channelRecordOf(env.TABLE_NAME, { tenant: place.tenant, lead_id: digestId(place) }, place.channel),
  sendDigest: (message) => send(env.OWNER_QUEUE_URL, message, Date.now()),
  sendSettle: (messages) => sendAll(env.OWNER_BULK_QUEUE_URL, messages),
  lastParts: new Map(),
  digestAlert: (entries, _place, dashboard) =>
    digestAlertOf(entries, { fallbackOwner: env.FALLBACK_OWNER, sourceOf: wordsFrom, dashboard }),
  dashboard: async () => {
    if (!env.USE_DASHBOARD) return undefined;
    return env.DASHBOARD_URL || everyFewMinutes('dashboard', () => dashboardOf(env.TABLE_NAME));
  },
  sendAgain: (message) =>
    send('bulk' in message && message.bulk ? env.OWNER_BULK_QUEUE_URL : env.OWNER_QUEUE_URL, message, Date.now()),
  noteWait: (message, until) => notePause(env.TABLE_NAME, aboutWhom(message), { waitingUntil: until }),
  giveUp: async (message, reason) => {
    await sendToDlq(env.OWNER_DLQ_URL, message, reason);
    await notePause(env.TABLE_NAME, aboutWhom(message), { gaveUp: { at: at(), reason } });
  },
  directoryRefused: (directory, reason) =>
    log({ step: 'process', outcome: 'directory_refused', reason: `${directory}: ${reason}` }, { DirectoryRefused: 1 }),
  usersOf: (tenant) => everyMinute(`users ${tenant}`, () => usersOf(env.TABLE_NAME, tenant)),
  addName: async (tenant, user, name) => {
    const isAdded = await addName(env.TABLE_NAME, { tenant, id: user.id }, name, { by: OURSELVES, at: at() });
    // Here it is known at once.
    if (isAdded) user.names.push(name);
  },
  alertOf: (enriched, lead, { mention, dashboard }) =>
    alertOf(enriched, {
      now: Date.now(),
      dueAt: Date.parse(lead.dueAt),
      lateSince: lead.lateSince === undefined ? undefined : Date.parse(lead.lateSince),
      timeZone: env.TIME_ZONES[lead.tenant] ?? 'UTC',
      fallbackOwner: env.FALLBACK_OWNER,
      slackIds: { ...env.OWNER_SLACK_IDS, ...(mention !== undefined && { [enriched.lead_owner]: mention }) },
      source: knownSource(lead.source),
      dashboard,
    }),
};

export const handler = (event: SQSEvent, context: Context): Promise<SQSBatchResponse> =>
  eachRecord(
    event,
    context,
    (record) => processRecord(record, context),
    (line) => log({ step: 'process', ...line }),
    (record) => idsOf(read(record)),
    failures,
  );

const read = ({ body }: SQSRecord) => ProcessMessage.parse(JSON.parse(body));

function idsOf(message: ProcessMessage) {
  if ('digest' in message) return { tenant: message.digest.tenant, lead_id: digestId(message.digest) };
  if ('settle' in message) return { tenant: message.settle.tenant, lead_id: digestId(message.settle) };
  const { source, tenant, lead_id, correlation_id }: OwnerMessage = message;
  return { source, tenant, lead_id, correlation_id };
}

async function processRecord(record: SQSRecord, context: Context): Promise<void> {
  const started = Date.now();
  const message = read(record);
  const result = await work(message, { ...ports, timeLeft: () => context.getRemainingTimeInMillis() });
  const { outcome, reason } = result;
  const attempt = Number(record.attributes.ApproximateReceiveCount);
  log({ step: 'process', outcome, reason, ...idsOf(message), attempt, ms: Date.now() - started }, metricsOf(result));
}

function work(message: ProcessMessage, all: ProcessPorts & DigestPorts & SettlePorts): Promise<Processed> {
  if ('digest' in message) return tellDigest(message, all);
  return 'settle' in message ? settleDigest(message, all) : processLead(message, all);
}

/** A test lead is counted nowhere; what goes wrong with it is. */
const metricsOf = ({ outcome, overdue, owner, count = 1, refused = [], isTest = false }: Processed): Metrics => ({
  ...(outcome === 'told' && !isTest && count > 0 && { Told: count }),
  ...(outcome === 'told' && !isTest && owner === env.FALLBACK_OWNER && { Unassigned: 1 }),
  ...(outcome === 'waiting' && { Waited: 1 }),
  ...(outcome === 'gave_up' && { GaveUp: 1 }),
  ...(overdue !== undefined && { OverdueSeconds: overdue }),
  ...(refused.length > 0 && { ChannelRefused: refused.length }),
});

async function slackUrlOf(tenant: string, anew: boolean): Promise<string | undefined> {
  const name = secretName(env.SLACK_SECRET_NAME, { tenant });
  const { current = '' } = (anew ? await secrets.reread(name) : undefined) ?? (await secrets.read(name));
  return slackAddress(current, env.SLACK_URL);
}

function knownSource(id: string): SourceWords {
  const source = wordsFrom(id);
  if (!source) throw new Error('the lead is of a source that this release does not know');
  return source;
}
