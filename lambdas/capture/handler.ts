import type { Context, SQSBatchResponse, SQSEvent } from 'aws-lambda';
import { acceptToken, accountOf, endWatch, keepWatch, refuseToken, takeWatch } from '../aws/account-table.ts';
import { eachRecord } from '../aws/batch.ts';
import { readDetails, saveDetails } from '../aws/details-store.ts';
import { forgetNobodys, outcomeOf, recordEvent } from '../aws/event-table.ts';
import { markDeleted, markQueued, saveLead } from '../aws/lead-table.ts';
import { saveList } from '../aws/list-table.ts';
import { logTo } from '../aws/log.ts';
import { park, parkedOf, unpark } from '../aws/parked-table.ts';
import { send, sendAll, sendToDlq } from '../aws/queue.ts';
import { readRaw } from '../aws/raw-store.ts';
import { type Secret, secretName, secretReader } from '../aws/secrets.ts';
import type { Account } from '../core/account.ts';
import type { Hydration } from '../core/hydration.ts';
import { release, type ReleasePorts } from '../core/release.ts';
import type { Source } from '../core/source.ts';
import { readEnv } from '../env.ts';
import { hydrations } from '../sources/hydrations.ts';
import { sources } from '../sources/registry.ts';
import { vendorFetch } from '../vendor-fetch.ts';
import { CaptureEnv } from './env.ts';
import { askedIn } from './message.ts';
import { remember } from './remember.ts';
import { takeMessage, type TakePorts } from './take-message.ts';

const env = readEnv(CaptureEnv);
const DEFAULT_DELAY = 600;
/** A lead may take three calls to its vendor: with the names of its ads, without them, and for its form. Milliseconds. */
const VENDOR_DEADLINE = Math.min(4000, (env.TIMEOUT_SECONDS * 1000 - 2000) / 3);
/** A token is read anew at most this often: a page whose token is refused has many leads, and those that are released come together. */
const BETWEEN_REREADS = { now: 1000, 'with each lead': 30_000 };

const log = logTo(env.METRICS_NAMESPACE, Date.now);
const fetch = vendorFetch(VENDOR_DEADLINE);
const secrets = secretReader(Date.now);
const remembered = remember(Date.now);
const at = () => new Date().toISOString();
const { TABLE_NAME, CAPTURE_QUEUE_URL } = env;
const details = { bucket: env.BUCKET_NAME, prefix: env.DETAILS_PREFIX };

const parking = {
  parkedOf: (place, page) => parkedOf(TABLE_NAME, place, page),
  sendToCapture: (slices) => sendAll(CAPTURE_QUEUE_URL, slices),
  unpark: (parked: Parameters<typeof unpark>[1]) => unpark(TABLE_NAME, parked),
  forgetNobodys: (parked) => forgetNobodys(TABLE_NAME, parked),
} satisfies ReleasePorts;

/** Everything but what depends on the invocation. */
const ports = {
  ...parking,
  now: at,
  longestEvent: 3 * VENDOR_DEADLINE + 1000,
  log: (line, metrics) => log({ step: 'capture', ...line }, metrics),
  readRaw: (key) => readRaw(env.BUCKET_NAME, key),
  sourceOf: (id) => Object.values<Source>(sources).find((source) => source.id === id),
  eventsOf: ({ source, body }) => source.events(body, env.FIELDS[source.id] ?? { names: {} }),
  waitOf: ({ id }) => ({ delay: env.DELAY_SECONDS[id] ?? DEFAULT_DELAY, forOwner: env.WAIT_FOR[id] === 'owner' }),
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
      baseUrl: env.GRAPH_URL,
      token,
      appSecret: (
        await secrets.read(secretName(env.SIGNATURE_SECRET_NAME, { tenant: account.tenant, source: account.source }))
      ).current,
      remembered: (what, read) => remembered(`${account.source} ${account.id} ${what}`, read),
    }),
  factsOf: (record, event, account) => hydrationOf(account).factsOf(record, event, account),
  saveDetails: (lead, body) => saveDetails(details, lead, body),
  savedDetails: (lead) => readDetails(details, lead),
  outcomeOf: (event, from) => outcomeOf(TABLE_NAME, event, from),
  recordEvent: (event, from, settled) => recordEvent(TABLE_NAME, event, from, { ...settled, at: at() }),
  saveLead: (captured) => saveLead(TABLE_NAME, captured, at()),
  markDeleted: (lead, deletedAt) => markDeleted(TABLE_NAME, lead, deletedAt, at()),
  markQueued: (lead) => markQueued(TABLE_NAME, lead, at()),
  saveList: (list) => remembered(`list ${list.tenant} ${list.name}`, () => saveList(TABLE_NAME, list, at())),
  startWait: (message) => send(env.OWNER_QUEUE_URL, message, Date.now()),
  sendLater: (message) => send(CAPTURE_QUEUE_URL, message, Date.now()),
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
      return { raw_key: 'keys' in asked ? asked.keys.join(' ') : 'slice' in asked ? asked.slice.key : undefined };
    },
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

const tokenName = ({ tenant, source, id }: Account) =>
  secretName(env.ACCOUNT_TOKEN_SECRET_NAME, { tenant, source, account: id });

const tokenIn = ({ current, version = '' }: Secret) => ({ value: current, version });

function hydrationOf({ source }: Account): Hydration {
  const found = Object.entries<Hydration>(hydrations).find(([id]) => id === source);
  if (!found) throw new Error(`leads of ${source} can not be read by this release`);
  return found[1];
}
