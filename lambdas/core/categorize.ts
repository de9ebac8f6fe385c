import type { Category } from './category.ts';
import { Later } from './failures.ts';
import type { CategoryChange, Lead } from './lead.ts';

export interface CategorizePorts {
  /** ISO 8601, UTC. */
  now: () => string;
  /** How long the right to announce a change lasts: longer than the function can. Milliseconds. */
  leaseTime: number;
  /** Gives a lead its next category, with the change to announce; `undefined` where another change came first. */
  changeCategory: (lead: Lead, change: CategoryChange) => Promise<Lead | undefined>;
  /** The lead as of now. */
  leadNow: (lead: Pick<Lead, 'tenant' | 'lead_id'>) => Promise<Lead | undefined>;
  /** Takes the right to announce a change that nobody has any more; false where somebody took it. */
  leaseAnnouncement: (lead: Lead, change: CategoryChange, until: number) => Promise<boolean>;
  /** Tells the topic. Throws `Later` where it can't now. */
  announce: (lead: Lead, change: CategoryChange) => Promise<unknown>;
  /** Notes that the topic has a change. */
  markAnnounced: (lead: Lead, version: number) => Promise<unknown>;
}

/**
 * Gives a lead its category, and has each change announced by what made it, which has the right to it for a while: whoever is the
 * same event once more comes back later, and after a crash announces it then. `by` is the same each time. Throws `Later`.
 */
export async function categorize(lead: Lead, category: Category, by: string, ports: CategorizePorts): Promise<void> {
  const made: number[] = [];
  let known = lead;
  while (known.category !== category) {
    const now = ports.now();
    const change: CategoryChange = {
      version: (known.categoryVersion ?? 0) + 1,
      category,
      previous: known.category ?? null,
      by,
      at: now,
      leasedUntil: Date.parse(now) + ports.leaseTime,
    };
    const changed = await ports.changeCategory(known, change);
    if (changed) made.push(change.version);
    known = changed ?? (await ports.leadNow(lead)) ?? { ...known, category };
  }
  const own = Object.values(known.announcements ?? {}).filter((change) => change.by === by);
  for (const change of own.sort((a, b) => a.version - b.version)) {
    if (!made.includes(change.version)) await lease(known, change, ports);
    await ports.announce(known, change);
    await ports.markAnnounced(known, change.version);
  }
}

async function lease(lead: Lead, change: CategoryChange, ports: CategorizePorts): Promise<void> {
  const now = Date.parse(ports.now());
  const isFree = change.leasedUntil <= now;
  if (isFree && (await ports.leaseAnnouncement(lead, change, now + ports.leaseTime))) return;
  const left = isFree ? ports.leaseTime : change.leasedUntil - now;
  throw new Later('another one is announcing it', Math.ceil(left / 1000));
}
