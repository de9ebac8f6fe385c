import { setTimeout as sleep } from 'node:timers/promises';
import type { Journey } from './journey.ts';
import { milestonesOf, type Milestone } from './milestones.ts';
import type { SampleLead } from './sample-lead.ts';

/** Milliseconds between two looks at a lead. */
const LOOK_EVERY = 300;
const LOOKS_AT_ONCE = 10;

export interface FollowPorts {
  journeyOf: (lead: SampleLead) => Promise<Journey>;
  /** Called once for each point that a lead passes. */
  passed: (lead: SampleLead, milestone: Milestone) => void;
  /** Milliseconds without anything new after which the rest is given up; a lead's wait does not count. */
  patience: number;
}

/** Watches leads until all are told, or found to be told to nobody, or nothing happens any more; returns how far the others have come. */
export async function follow(leads: SampleLead[], ports: FollowPorts): Promise<Map<SampleLead, Journey>> {
  const open = new Map<SampleLead, Journey>(leads.map((lead) => [lead, { channels: [] }]));
  const ended = new Map<SampleLead, Journey>();
  const seen = new Set<string>();
  let newsAt = Date.now();

  async function look(lead: SampleLead) {
    const journey = await ports.journeyOf(lead);
    for (const milestone of milestonesOf(journey)) {
      const key = `${lead.id} ${milestone.stage}`;
      if (seen.has(key)) continue;
      seen.add(key);
      newsAt = Date.now();
      ports.passed(lead, milestone);
    }
    open.set(lead, journey);
    if (journey.end) ended.set(lead, journey);
    if (journey.end || journey.lead?.toldAt || journey.lead?.silentAt) open.delete(lead);
  }

  while (open.size > 0) {
    const now = Date.now();
    const waits = [...open.values()].map((journey) => waitOf(journey, now));
    if (now > newsAt + ports.patience && waits.every((wait) => wait < -ports.patience)) break;
    const due = [...open.keys()].filter((_, index) => (waits[index] ?? 0) <= 0);
    for (let from = 0; from < due.length; from += LOOKS_AT_ONCE)
      await Promise.all(due.slice(from, from + LOOKS_AT_ONCE).map(look));
    await sleep(LOOK_EVERY);
  }
  return new Map([...ended, ...open]);
}

/** Milliseconds until the lead is due, or its digest; below 0 after that, and far below 0 where it is not in its wait. */
function waitOf({ storedAs, lead, channels }: Journey, now: number): number {
  if (!storedAs || !lead?.queuedAt) return -Infinity;
  return Math.max(Date.parse(lead.dueAt), ...channels.map(({ digestAt = 0 }) => digestAt)) - now;
}
