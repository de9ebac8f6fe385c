import { enrich } from '../core/enrich.ts';
import { Later, Refused } from '../core/failures.ts';
import type { EnrichedLead, Lead } from '../core/lead.ts';
import type { OwnerAnswer, OwnerDirectory } from '../core/owner.ts';
import { waitFor } from '../core/backoff.ts';
import type { Wait } from './wait-on.ts';

export interface LookUpPorts {
  now: () => number;
  fallbackOwner: string;
  /** In the order in which they are believed. */
  directories: OwnerDirectory[];
  /** Called for a directory that refuses for good: reason for an alarm, none to keep a lead from people. */
  directoryRefused: (directory: string, reason: string) => void;
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
  for (const directory of ports.directories) {
    try {
      answers.push(await directory.lookUp(lead));
    } catch (error) {
      if (error instanceof Refused) ports.directoryRefused(directory.id, error.message);
      else if (error instanceof Later) return { wait: waitOf(error, since, ports.now()) };
      else throw error;
    }
  }
  const known = answers.filter((answer) => answer !== undefined);
  const enriched = enrich(lead, known, {
    now: new Date(ports.now()).toISOString(),
    fallbackOwner: ports.fallbackOwner,
  });
  await ports.saveEnriched(enriched);
  await ports.markEnriched(lead);
  return enriched;
}

function waitOf({ message, retryAfter }: Later, since: string | undefined, now: number): Wait {
  const waited = since === undefined ? 0 : (now - Date.parse(since)) / 1000;
  return { until: now + waitFor(retryAfter, waited) * 1000, reason: message, failed: true };
}
