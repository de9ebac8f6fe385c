import type { SweepMessage } from '../../lambdas/core/sweep-message.ts';
import { BACKLOG, type Finding } from '../../lambdas/sweep/finding.ts';
import { type DuePorts, sweepDue } from '../../lambdas/sweep/sweep-due.ts';
import { type StoredPorts, sweepStored } from '../../lambdas/sweep/sweep-stored.ts';

/** What a person asks of a sweep. */
export interface AskedSweep {
  /** Whether the bucket is looked through too. */
  full: boolean;
  /** Only looks. */
  dryRun: boolean;
  /** Minutes; as long as all tries take where it is absent. */
  olderThan: number | undefined;
  /** Deliveries of so many days, also those of before the stage was first swept. */
  days: number | undefined;
}

/** What a sweep found. */
export interface Swept {
  findings: Finding[];
  /** Deliveries that are in the bucket; absent where it was not looked through. */
  listed?: number;
  /** Why something was not looked at. */
  notes: string[];
}

/** What the stage's own step has, but for what a command decides. */
export type LookPorts = Omit<DuePorts & StoredPorts, 'timeLeft' | 'isDry' | 'found'>;

const DAY = 24 * 3600_000;

/** Looks for what got lost as the stage's own step does, to the end, and starts it again unless it shall only look. */
export async function look(asked: AskedSweep, given: LookPorts, listed: (count: number) => void): Promise<Swept> {
  const swept: Swept = { findings: [], notes: await notesOf(asked, given) };
  const ports = {
    ...given,
    isDry: asked.dryRun,
    timeLeft: () => Infinity,
    found: (finding: Finding) => void swept.findings.push(finding),
    listStored: async (after: string | undefined) => {
      const page = await given.listStored(after);
      swept.listed = (swept.listed ?? 0) + page.objects.length;
      listed(swept.listed);
      return page;
    },
  };
  const common = { v: 1, ...(asked.olderThan !== undefined && { olderThan: asked.olderThan * 60 }) } as const;
  await sweepDue({ ...common, sweep: 'due' }, ports);
  if (asked.full) await sweepStored({ ...common, sweep: 'stored', ...listingOf(asked, given.now()) }, ports);
  return swept;
}

function listingOf({ days }: AskedSweep, now: number): Pick<Extract<SweepMessage, { sweep: 'stored' }>, 'listing'> {
  if (days === undefined) return {};
  return { listing: { startedAt: new Date(now).toISOString(), since: new Date(now - days * DAY).toISOString() } };
}

async function notesOf({ full, days }: AskedSweep, ports: LookPorts): Promise<string[]> {
  const { capture, owner } = await ports.waiting();
  const isNew = full && days === undefined && (await ports.listingNow()) === undefined;
  return [
    ...(owner > BACKLOG ? [`${owner} leads wait for their turn: what may be one of them is left alone.`] : []),
    ...(capture > BACKLOG ? [`${capture} deliveries wait for their turn: what may be one of them is left alone.`] : []),
    ...(isNew
      ? [
          'The bucket was never looked through: what came in before now is left alone. Add --days 1 to look at the last day.',
        ]
      : []),
  ];
}
