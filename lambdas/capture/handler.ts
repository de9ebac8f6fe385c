import type { Context, SQSBatchResponse, SQSEvent } from 'aws-lambda';
import { acceptToken, accountOf, endWatch, keepWatch, refuseToken, takeWatch } from '../aws/account-table.ts';
import { eachRecord } from '../aws/batch.ts';
import { changeCategory, leaseAnnouncement, markAnnounced } from '../aws/category-table.ts';
import { contactNow, saveContact } from '../aws/contact-table.ts';
import { counting } from '../aws/counting.ts';
import { readDetails, saveDetails } from '../aws/details-store.ts';
import { countReturn, isErased, isErasedKey } from '../aws/erased-table.ts';
import { countRepeat, forgetNobodys, outcomeOf, recordEvent } from '../aws/event-table.ts';
import { failuresIn } from '../aws/failure-table.ts';
import { addToJob } from '../aws/job-table.ts';
import { leadNow, markDeleted, markQueued, saveLead } from '../aws/lead-table.ts';
import { saveList } from '../aws/list-table.ts';
import { countTo, logTo } from '../aws/log.ts';
import { park, parkedOf, unpark } from '../aws/parked-table.ts';
import { memoryIn } from '../aws/person-table.ts';
import { send, sendAll, sendToDlq } from '../aws/queue.ts';
import { readRaw } from '../aws/raw-store.ts';
import { type Secret, secretName, secretReader } from '../aws/secrets.ts';
import { publishTogether } from '../aws/topic.ts';
import type { Account } from '../core/account.ts';
import { announcementOf } from '../core/announcement.ts';
import { isBulk } from '../core/capture-message.ts';
import { wordsFor } from '../core/category.ts';
import type { Hydration } from '../core/hydration.ts';
import { release, type ReleasePorts } from '../core/release.ts';
import type { Source } from '../core/source.ts';
import { readEnv } from '../env.ts';
import { hydrations } from '../sources/hydrations.ts';
import { sourceOf, wordsFrom } from '../sources/registry.ts';
import { vendorFetch } from '../vendor-fetch.ts';
import { CaptureEnv } from './env.ts';
import { askedIn } from './message.ts';
import { remember } from '../core/remember.ts';
import { takeMessage, type TakePorts } from './take-message.ts';

const env = readEnv(CaptureEnv);
const DEFAULT_DELAY = 600;
/** A lead may take three calls to its vendor: with the names of its ads, without them, and for its form. Milliseconds. */
const VENDOR_DEADLINE = Math.min(4000, (env.TIMEOUT_SECONDS * 1000 - 2000) / 3);
/** A token is read anew at most this often: a page whose token is refused has many leads, and those that are released come together. */
const BETWEEN_REREADS = { now: 1000, 'with each lead': 30_000 };

const log = logTo(env.METRICS_NAMESPACE, Date.now);
const count = countTo(env.METRICS_NAMESPACE, Date.now);
const fetch = vendorFetch(VENDOR_DEADLINE);
const secrets = secretReader(Date.now);
const failures = failuresIn(env.TABLE_NAME);
const remembered = remember(Date.now);
const at = () => new Date().toISOString();
const { TABLE_NAME, CAPTURE_QUEUE_URL, CAPTURE_BULK_QUEUE_URL } = env;
const baseUrls: Record<string, string> = { meta: env.GRAPH_URL, hubspot: env.HUBSPOT_URL };
const details = { bucket: env.BUCKET_NAME, prefix: env.DETAILS_PREFIX };

const parking = {
  parkedOf: (place, page) => parkedOf(TABLE_NAME, place, page),
  sendToCapture: async (slices) => {
    await sendAll(CAPTURE_BULK_QUEUE_URL, slices.filter(isBulk));
    await sendAll(
      CAPTURE_QUEUE_URL,
      slices.filter((slice) => !isBulk(slice)),
    );
  },
  unpark: (parked: Parameters<typeof unpark>[1]) => unpark(TABLE_NAME, parked),
  forgetNobodys: (parked) => forgetNobodys(TABLE_NAME, parked),
} satisfies ReleasePorts;

/** Everything but what depends on the invocation. */
const ports = {
  ...parking,
  ...memoryIn(TABLE_NAME),
  now: at,
  longestEvent: 3 * VENDOR_DEADLINE + 1000,
  log: (line, metrics) => log({ step: 'capture', ...line }, metrics),
  countRead: (receivedAt) => count({ Awaited: -1 }, Date.parse(receivedAt) + env.READ_WITHIN_SECONDS * 1000),
  readRaw: (key) => readRaw(env.BUCKET_NAME, key),
  sourceOf,
  addToJob: (job, counts) => addToJob(TABLE_NAME, job, counts),
  eventsOf: ({ source, body }) => source.events(body, fieldsOf(source)),
  waitOf: ({ id }) => ({ delay: env.DELAY_SECONDS[id] ?? DEFAULT_DELAY, forOwner: env.WAIT_FOR[id] === 'owner' }),
  count: counting({ table: TABLE_NAME, timeZones: env.TIME_ZONES, fallbackOwner: env.FALLBACK_OWNER }),
  timeZoneOf: (tenant) => env.TIME_ZONES[tenant] ?? 'UTC',
  accountNow: (account) => accountOf(TABLE_NAME, account),
  tokenOf: async (account) => tokenIn(await secrets.read(tokenName(account))),
  freshTokenOf: async (account, asked) => {
    const fresh = await secrets.reread(tokenName(account), BETWEEN_REREADS[asked]);
    return fresh && tokenIn(fresh);
  },
  readRecord: async (event, account, token) =>
    hydrationOf(account).read(event, {
      fetch,
      baseUrl: baseUrls[account.source] ?? '',
      token,
      appSecret: await appSecretOf(account),
      fields: fieldNames(account),
      remembered: (what, read) => remembered(`${account.source} ${account.id} ${what}`, read),
    }),
  understand: (record, event, account) => hydrationOf(account).understand(record, event, account),
  contactNow: (lead) => contactNow(TABLE_NAME, lead),
  saveContact: (lead, contact, version) => saveContact(TABLE_NAME, lead, contact, version, at()),
  contactFacts: (contact, account) => {
    const { factsOf } = hydrationOf(account);
    if (!factsOf) throw new Error(`${account.source} has no contacts in this release`);
    return factsOf(contact, account, fieldsOf({ id: account.source }));
  },
  saveDetails: (lead, record) => saveDetails(details, lead, record),
  savedDetails: (lead) => readDetails(details, lead),
  outcomeOf: (event, from) => outcomeOf(TABLE_NAME, event, from),
  countRepeat: (event, from) => countRepeat(TABLE_NAME, event, from, at()),
  isErased: (lead) => isErased(TABLE_NAME, lead),
  isErasedKey: (rawKey) => isErasedKey(TABLE_NAME, rawKey),
  countReturn: (lead) => countReturn(TABLE_NAME, lead, at()),
  erase: (message) => send(env.ERASE_QUEUE_URL, message, Date.now()),
  wordsOf: (tenant) => wordsFor(env.MEMBERSHIP, tenant),
  reconsider: (messages) => sendAll(CAPTURE_BULK_QUEUE_URL, messages),
  leadNow: (lead) => leadNow(TABLE_NAME, lead),
  changeCategory: (lead, change) => changeCategory(TABLE_NAME, lead, change, at()),
  leaseTime: env.TIMEOUT_SECONDS * 1000,
  leaseAnnouncement: (lead, change, until) => leaseAnnouncement(TABLE_NAME, lead, change, until),
  announce: (lead, change) =>
    publishTogether(env.CATEGORY_TOPIC_ARN, ...announcementOf(lead, change, wordsFrom(lead.source))),
  markAnnounced: (lead, version) => markAnnounced(TABLE_NAME, lead, version, at()),
  recordEvent: (event, from, settled) => recordEvent(TABLE_NAME, event, from, { ...settled, at: at() }),
  saveLead: (captured) => saveLead(TABLE_NAME, captured, at()),
  markDeleted: (lead, deletedAt) => markDeleted(TABLE_NAME, lead, deletedAt, at()),
  markQueued: (lead) => markQueued(TABLE_NAME, lead, at()),
  saveList: (list) => remembered(`list ${list.tenant} ${list.name}`, () => saveList(TABLE_NAME, list, at())),
  startWait: (message) => send(message.bulk ? env.OWNER_BULK_QUEUE_URL : env.OWNER_QUEUE_URL, message, Date.now()),
  sendLater: (message) => send(isBulk(message) ? CAPTURE_BULK_QUEUE_URL : CAPTURE_QUEUE_URL, message, Date.now()),
  giveUp: (slice, reason) => sendToDlq(env.CAPTURE_DLQ_URL, slice, reason),
  park: (parked) => park(TABLE_NAME, parked),
  release: (account) => release(account, parking),
  refuseToken: (account, refused) => refuseToken(TABLE_NAME, account, refused),
  acceptToken: (account) => acceptToken(TABLE_NAME, account),
  takeWatch: (account, times) => takeWatch(TABLE_NAME, account, times),
  keepWatch: (account, times) => keepWatch(TABLE_NAME, account, times),
  endWatch: (account, from) => endWatch(TABLE_NAME, account, from),
} satisfies Omit<TakePorts, 'timeLeft' | 'accountOf'>;

export const handler = (event: SQSEvent, context: Context): Promise<SQSBatchResponse> =>
  eachRecord(
    event,
    context,
    ({ body, attributes }) => takeMessage(body, Number(attributes.ApproximateReceiveCount), portsFor(context)),
    (line) => log({ step: 'capture', ...line }),
    ({ body }) => {
      const asked = askedIn(body);
      if ('keys' in asked) return { raw_key: asked.keys.join(' ') };
      return 'key' in asked.message ? { raw_key: asked.message.key } : {};
    },
    failures,
  );

/** A page or portal is read once a message; that its token is refused is known to the rest of the message at once. */
function portsFor(context: Context): TakePorts {
  const known = new Map<string, Promise<Account | undefined>>();
  return {
    ...ports,
    timeLeft: () => context.getRemainingTimeInMillis(),
    accountOf: (account) => {
      const reading = known.get(account.id) ?? ports.accountNow(account);
      known.set(account.id, reading);
      return reading;
    },
    refuseToken: async (account, refused) => {
      known.set(account.id, Promise.resolve({ ...account, refused }));
      return ports.refuseToken(account, refused);
    },
  };
}

function fieldsOf({ id }: Pick<Source, 'id'>) {
  return env.FIELDS[id] ?? { names: {} };
}

function fieldNames({ source }: Account): string[] {
  const { funnel, names } = fieldsOf({ id: source });
  return [...(funnel ? [funnel] : []), ...Object.keys(names)];
}

/** A vendor that wants each call to prove which app makes it gets the key that its app signs with. */
async function appSecretOf({ tenant, source }: Account): Promise<string | undefined> {
  if (!sourceOf(source)?.account?.provesApp) return undefined;
  return (await secrets.read(secretName(env.SIGNATURE_SECRET_NAME, { tenant, source }))).current;
}

const tokenName = ({ tenant, source, id }: Account) =>
  secretName(env.ACCOUNT_TOKEN_SECRET_NAME, { tenant, source, account: id });

const tokenIn = ({ current, version = '' }: Secret) => ({ value: current, version });

function hydrationOf({ source }: Account): Hydration {
  const found = Object.entries<Hydration>(hydrations).find(([id]) => id === source);
  if (!found) throw new Error(`leads of ${source} can not be read by this release`);
  return found[1];
}
