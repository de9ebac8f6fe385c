import { waitFor } from '../core/backoff.ts';
import { type Compared, nothingYet, sum, type Tally } from '../core/completeness.ts';
import { Gone, Later, Refused } from '../core/failures.ts';
import { CursorExpired, type ListedPage } from '../core/listing.ts';
import { CHECKS, HELD, IMPORT_CHECK, type Round } from '../core/sync.ts';
import { comparePage, type ComparePorts } from './compare.ts';
import { endRound, type EndPorts, type Ended } from './end-round.ts';

export interface RoundPorts extends ComparePorts, EndPorts {
  /** One answer of the vendor's list; throws as `Listing.page` does, and `Refused` where there is no token. */
  page: (of: Compared, window: { from: number; to: number }, cursor: string | undefined) => Promise<ListedPage>;
  sendAgain: (round: Round) => Promise<void>;
  /** Milliseconds that the function may still run. */
  timeLeft: () => number;
  /** How long an answer may take, with all that is put of it: milliseconds. */
  longestPage: number;
}

/** A list that ends somewhere else each time is given up. */
const MOST_RESTARTS = 3;

/** What came of a message; `put` are deliveries that this message put. */
export interface RanRound {
  outcome: 'early' | 'goes_on' | 'begun_anew' | 'waiting' | 'checking' | 'refused' | Ended['outcome'];
  subscription?: Ended['subscription'];
  reason?: string;
  put: number;
  changed: number;
}

/** Goes through the vendor's list from where the message says, as far as the time allows. What it put is looked for a little later, before the watermark moves. */
export async function runRound(round: Round, ports: RoundPorts): Promise<RanRound> {
  const now = ports.now();
  if (round.notBefore !== undefined && Date.parse(round.notBefore) > now) {
    await ports.sendAgain(round);
    return { outcome: 'early', put: 0, changed: 0 };
  }
  let at: Round = round;
  const put = () => ({ put: at.tally.put - round.tally.put, changed: at.tally.changed - round.tally.changed });
  try {
    for (;;) {
      const page = await ports.page(at.round, { from: at.from, to: at.to }, at.cursor);
      const compared = await comparePage(at, page, ports);
      const next = delayOfCheck(at);
      // What stands before this page is here: the next look goes on with it.
      if (at.checks > 0 && compared.missing > 0 && next !== undefined)
        return await check(at, compared.missing, next, ports);
      const tally = added(at.tally, compared);
      const { cursor: _cursor, waitsSince: _waitsSince, notBefore: _notBefore, ...rest } = at;
      at = { ...rest, tally, ...(page.cursor !== undefined && { cursor: page.cursor }) };
      if (page.cursor === undefined) break;
      if (ports.timeLeft() > ports.longestPage) continue;
      await ports.sendAgain(at);
      return { outcome: 'goes_on', ...put() };
    }
  } catch (error) {
    return { ...(await failed(error, at, ports)), ...put() };
  }
  const next = delayOfCheck(at);
  if (at.checks === 0 && at.tally.missing > 0 && next !== undefined)
    return { ...(await check(anew(at), at.tally.missing, next, ports)), ...put() };
  return { ...(await endRound(at, ports)), ...put() };
}

/** Looks later whether what was put is here. */
async function check(at: Round, missing: number, seconds: number, ports: RoundPorts): Promise<RanRound> {
  const { waitsSince: _waitsSince, ...rest } = at;
  await ports.sendAgain({ ...rest, checks: at.checks + 1, notBefore: inSeconds(seconds, ports) });
  return { outcome: 'checking', reason: `${missing} missing`, put: 0, changed: 0 };
}

/** Seconds until the next look; none once it was looked for long enough. An import is waited for longer, since it is many leads. */
function delayOfCheck({ checks, from, since }: Round): number | undefined {
  if (from >= since) return CHECKS[checks];
  return checks < HELD / 1000 / IMPORT_CHECK ? Math.min(CHECKS[checks] ?? IMPORT_CHECK, IMPORT_CHECK) : undefined;
}

async function failed(error: unknown, at: Round, ports: RoundPorts): Promise<Pick<RanRound, 'outcome' | 'reason'>> {
  if (error instanceof CursorExpired && at.restarts < MOST_RESTARTS) {
    await ports.sendAgain({ ...anew(at), restarts: at.restarts + 1 });
    return { outcome: 'begun_anew', reason: error.message };
  }
  if (error instanceof Later) {
    const now = ports.now();
    const since = at.waitsSince === undefined ? now : Date.parse(at.waitsSince);
    if (now - since < HELD) {
      const seconds = waitFor(error.retryAfter, (now - since) / 1000);
      const waitsSince = new Date(since).toISOString();
      await ports.sendAgain({ ...at, waitsSince, notBefore: inSeconds(seconds, ports) });
      return { outcome: 'waiting', reason: error.message };
    }
  } else if (!isRefusal(error)) throw error;
  await giveUpRound(at, error.message, ports);
  return { outcome: 'refused', reason: error.message };
}

const isRefusal = (error: unknown): error is Error =>
  error instanceof Refused || error instanceof Gone || error instanceof CursorExpired;

/** Ends a comparison without its result, and says why to whoever asked and whoever looks. */
export async function giveUpRound(round: Round, reason: string, ports: Pick<RoundPorts, 'noteTrouble' | 'partDone'>) {
  await ports.noteTrouble(round.round, reason);
  await ports.partDone(round, { refused: 1 }, reason);
}

/** The same once more from its beginning. */
function anew({ cursor: _cursor, waitsSince: _waitsSince, notBefore: _notBefore, ...round }: Round): Round {
  const { put, changed } = round.tally;
  return { ...round, tally: { ...nothingYet, put, changed } };
}

const added = (a: Tally, b: Tally): Tally => ({
  settled: sum(a.settled, b.settled),
  recent: sum(a.recent, b.recent),
  missing: a.missing + b.missing,
  put: a.put + b.put,
  changed: a.changed + b.changed,
});

const inSeconds = (seconds: number, { now }: RoundPorts) => new Date(now() + seconds * 1000).toISOString();
