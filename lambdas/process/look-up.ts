import type { Reconsider } from '../core/capture-message.ts';
import { enrich } from '../core/enrich.ts';
import { Later, Refused } from '../core/failures.ts';
import { given } from '../core/given.ts';
import type { EnrichedLead, Lead, Lookup } from '../core/lead.ts';
import { type MemoryPorts, recall } from '../core/memory.ts';
import { type OwnerAnswer, ownerAmong, type OwnerDirectory } from '../core/owner.ts';
import { waitFor } from '../core/backoff.ts';
import { type KnowPorts, learnName } from './know-owner.ts';
import type { Wait } from './wait-on.ts';

export interface LookUpPorts extends MemoryPorts, KnowPorts {
  now: () => number;
  /** In the order in which they are believed. */
  directories: OwnerDirectory[];
  /** Called for a directory that refuses for good: reason for an alarm, none to keep a lead from people. */
  directoryRefused: (directory: string, reason: string) => void;
  /** Notes what is known of the lead now, and who said what, before anything of it is remembered. */
  markLookedUp: (enriched: EnrichedLead, lookups: Lookup[]) => Promise<unknown>;
  /** Notes who said what of a lead that waits for one of them. */
  noteLookups: (lead: Lead, lookups: Lookup[]) => Promise<unknown>;
  readEnriched: (lead: Lead) => Promise<EnrichedLead>;
  saveEnriched: (enriched: EnrichedLead) => Promise<void>;
  markEnriched: (lead: Lead) => Promise<unknown>;
}

/**
 * The enriched lead: kept by an earlier try, so that every channel says the same, or made now. A directory that can't answer
 * makes it wait; `since` is when it first had to.
 */
export async function enrichedOf(
  lead: Lead,
  since: string | undefined,
  ports: LookUpPorts,
): Promise<EnrichedLead | { wait: Wait }> {
  if (lead.enrichedAt) return ports.readEnriched(lead);
  const answers: (OwnerAnswer | undefined)[] = [];
  const lookups: Lookup[] = [];
  for (const directory of ports.directories) {
    const note = (said: Lookup['said'], reason?: string) =>
      lookups.push({ directory: directory.id, said, at: iso(ports.now()), ...(reason !== undefined && { reason }) });
    try {
      const answer = await directory.lookUp(lead);
      const isFor = answer !== undefined || (directory.isFor?.(lead) ?? true);
      if (isFor) note(answer === undefined ? 'nothing' : ownerAmong([answer]) ? 'owner' : 'facts');
      answers.push(answer);
    } catch (error) {
      if (!(error instanceof Refused || error instanceof Later)) throw error;
      note(error instanceof Later ? 'later' : 'refused', error.message);
      if (error instanceof Refused) ports.directoryRefused(directory.id, error.message);
      else return wait(lead, lookups, waitOf(error, since, ports.now()), ports);
    }
  }
  const known = answers.filter((answer) => answer !== undefined);
  const looked = enrich(lead, known, {
    now: iso(ports.now()),
    fallbackOwner: ports.fallbackOwner,
  });
  await ports.markLookedUp(looked, lookups);
  if (!lead.isTest) await learnName(lead.tenant, saidBy(known, lead.source), ports);
  const enriched = await inMemory(lead, looked, ports);
  await ports.saveEnriched(enriched);
  await ports.markEnriched(lead);
  return enriched;
}

async function wait(lead: Lead, lookups: Lookup[], until: Wait, { noteLookups }: LookUpPorts): Promise<{ wait: Wait }> {
  await noteLookups(lead, lookups);
  return { wait: until };
}

const iso = (milliseconds: number) => new Date(milliseconds).toISOString();

const saidBy = (known: OwnerAnswer[], source: string) => {
  const owner = ownerAmong(known);
  return { name: given(owner?.lead_owner), email: owner?.lead_owner_email, id: owner?.lead_owner_id, source };
};

/** The lead beside the others of its person. `capture` announces what that changes, so that a topic that is down holds up no alert. */
async function inMemory(lead: Lead, looked: EnrichedLead, ports: LookUpPorts): Promise<EnrichedLead> {
  const { tenant, lead_id } = lead;
  const by = `looked up ${lead_id}`;
  const owner = looked.lead_owner === ports.fallbackOwner ? undefined : looked.lead_owner;
  const isNew = owner !== undefined && lead.lookedUpAt === undefined;
  const { category, seenBefore, spread } = await recall({ ...lead, facts: looked, owner, isNew }, by, ports);
  await spread();
  const itself: Reconsider = { v: 1, reconsider: { tenant, lead_id }, by };
  if (category !== (lead.category ?? 'pending')) await ports.reconsider([itself]);
  return { ...looked, category, seen_before: seenBefore };
}

function waitOf({ message, retryAfter }: Later, since: string | undefined, now: number): Wait {
  const waited = since === undefined ? 0 : (now - Date.parse(since)) / 1000;
  return { until: now + waitFor(retryAfter, waited) * 1000, reason: message, failed: true };
}
