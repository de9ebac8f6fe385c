import { type Compared, type Comparison, nothingYet } from '../core/completeness.ts';
import { type Comparing, OVERLAP, type Round } from '../core/sync.ts';

export interface StartPorts {
  now: () => number;
  /** All accounts that can be compared, each with when it was connected, where that is known: milliseconds since 1970. */
  accountsOf: (which: Comparing['compare']) => Promise<(Compared & { connectedAt: number | undefined })[]>;
  /** The row of an account, made where there is none: it counts leads from `since` on. */
  begin: (of: Compared, since: number) => Promise<Comparison>;
  /** Keeps an account for one comparison; false where somebody compares it. */
  take: (of: Compared, until: number) => Promise<boolean>;
  sendRound: (round: Round) => Promise<void>;
  /** Notes for whoever asked which accounts will be compared. */
  partsOf: (job: string, tenant: string | undefined, accounts: Compared[]) => Promise<void>;
}

/** For so long a webhook may be under way: a lead that young is left to the next comparison, unless somebody asked for this one. Milliseconds. */
const GRACE = 60_000;
/** Whoever has not ended by then has died. Milliseconds. */
const LONGEST = 10 * 60_000;

/** Begins to compare each account, and says how many. One that is being compared is left alone, unless somebody asked. */
export async function startComparing(message: Comparing, ports: StartPorts): Promise<number> {
  const accounts = await ports.accountsOf(message.compare);
  const { job } = message;
  if (job !== undefined) await ports.partsOf(job, message.compare.tenant, accounts);
  let begun = 0;
  for (const { connectedAt, ...account } of accounts) {
    const row = await ports.begin(account, wholeSecond(connectedAt ?? ports.now()));
    if (job === undefined && !(await ports.take(account, ports.now() + LONGEST))) continue;
    await ports.sendRound(roundOf(message, account, row, ports.now()));
    begun += 1;
  }
  return begun;
}

/** Meta has whole seconds: a lead that was made in the second of its connection counts. */
const wholeSecond = (time: number) => Math.floor(time / 1000) * 1000;

function roundOf({ from, quiet, job }: Comparing, account: Compared, row: Comparison, now: number): Round {
  const { since, settledUntil } = row;
  return {
    v: 1,
    round: account,
    since,
    settledUntil,
    from: Math.min(from ?? settledUntil, settledUntil),
    to: now,
    patient: job === undefined ? now - GRACE : now,
    settle: Math.max(settledUntil, now - OVERLAP),
    tally: nothingYet,
    checks: 0,
    restarts: 0,
    ...(quiet && { quiet }),
    ...(job !== undefined && { job }),
  };
}
