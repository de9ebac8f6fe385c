import type { Account, Parked } from '../core/account.ts';
import type { CaptureMessage, Slice, Watch } from '../core/capture-message.ts';
import type { Token } from './hydrate.ts';

/** From one look to the next, in seconds: so long may a new token lie unnoticed. The first comes sooner: Meta refuses a good token now and then. */
const LOOK_EVERY = 60;
const FIRST_LOOK = 15;
/** Looks at which one parked event is tried although the token is the same, since it may be good again: these, and then every so manieth. */
const EARLY_PROBES = [0, 1, 3, 7];
const PROBE_EVERY = 15;
/** How many parked events a look sees. */
export const LOOKED_AT = 25;
/** Without a look for this long, nobody watches any more: milliseconds. */
const LEASE = 10 * 60_000;

export interface StartWatchPorts {
  /** ISO 8601, UTC. */
  now: () => string;
  /** Sends a message to `capture` again, held back until its `notBefore`. */
  sendLater: (message: CaptureMessage) => Promise<void>;
  /** Takes the watch until then; false where somebody has it. Milliseconds since 1970. */
  takeWatch: (account: Account, times: { now: number; until: number }) => Promise<boolean>;
}

export interface WatchPorts extends StartWatchPorts {
  accountNow: (account: Pick<Account, 'source' | 'id'>) => Promise<Account | undefined>;
  parkedOf: (place: Pick<Parked, 'tenant' | 'source' | 'account'>, page: { limit: number }) => Promise<Parked[]>;
  tokenOf: (account: Account) => Promise<Token>;
  freshTokenOf: (account: Account, asked: 'now' | 'with each lead') => Promise<Token | undefined>;
  keepWatch: (account: Account, times: { from: number; until: number }) => Promise<boolean>;
  endWatch: (account: Account, from: number) => Promise<boolean>;
  sendToCapture: (slices: Slice[]) => Promise<void>;
}

/** Has somebody look after the parked events of a page or portal. The message goes first: one without a watch ends at its first look. */
export async function startWatch(account: Account, ports: StartWatchPorts): Promise<void> {
  const now = Date.parse(ports.now());
  if (account.watchUntil !== undefined && account.watchUntil > now) return;
  const until = now + LEASE;
  await ports.sendLater(look(account, { tick: 0, until, now }));
  await ports.takeWatch(account, { now, until });
}

/** Looks after parked events: tries one where the token is another one, and now and then where it is not. Says how many it saw. */
export async function watch({ watch: place, tick, until }: Watch, ports: WatchPorts): Promise<number> {
  const account = await ports.accountNow({ source: place.source, id: place.account });
  // Another watch took over; or this one ended, and died before it had looked again.
  if (!account || ![until, undefined].includes(account.watchUntil)) return 0;
  const parkedNow = () => ports.parkedOf({ ...place, tenant: account.tenant }, { limit: LOOKED_AT });
  const parked = account.watchUntil === until ? await parkedNow() : [];
  if (parked.length === 0) {
    if (account.watchUntil === until) await ports.endWatch(account, until);
    // Whoever parked an event just now took it for watched.
    if ((await parkedNow()).length > 0) await startWatch({ ...account, watchUntil: undefined }, ports);
    return 0;
  }
  const { version } = (await ports.freshTokenOf(account, 'now')) ?? (await ports.tokenOf(account));
  const isNew = account.refused !== undefined && account.refused.token !== version;
  const probe = parked[(probesUntil(tick) - 1) % parked.length];
  if (probe && (isNew || probesUntil(tick) > probesUntil(tick - 1))) {
    const { rawKey: key, index, again } = probe;
    await ports.sendToCapture([{ v: 1, key, from: index, to: index + 1, retry: 'probe', ...(again && { again }) }]);
  }
  const now = Date.parse(ports.now());
  await ports.sendLater(look(account, { tick: tick + 1, until: now + LEASE, now }));
  await ports.keepWatch(account, { from: until, until: now + LEASE });
  return parked.length;
}

/** How many tries there are up to this look, another event each time: the first may be one that can never be read. */
const probesUntil = (tick: number) =>
  EARLY_PROBES.filter((early) => early <= tick).length + Math.floor((tick + 1) / PROBE_EVERY);

const look = ({ source, id }: Account, { tick, until, now }: { tick: number; until: number; now: number }): Watch => ({
  v: 1,
  watch: { source, account: id },
  tick,
  until,
  notBefore: new Date(now + (tick === 0 ? FIRST_LOOK : LOOK_EVERY) * 1000).toISOString(),
});
