import { categorize, type CategorizePorts } from '../core/categorize.ts';
import { Later } from '../core/failures.ts';
import type { Lead } from '../core/lead.ts';
import { type MemoryPorts, recall } from '../core/memory.ts';
import { isSynthetic } from '../core/synthetic.ts';

export interface KnowPorts extends MemoryPorts, CategorizePorts {
  /** Counts a lead as what it is now. */
  count: (lead: Pick<Lead, 'tenant' | 'lead_id'>) => Promise<unknown>;
}

/** Considers who the person behind a lead is, and counts the lead as what it is then. What keeps it from telling of that is returned, and it must be done again later. */
export async function know(lead: Lead, by: string, ports: KnowPorts): Promise<Later | undefined> {
  // What the doctor made up is nobody, and nobody hears of it.
  if (isSynthetic(lead.lead_id)) return undefined;
  const late = await consider(lead, by, ports).catch((error: unknown) => {
    if (error instanceof Later) return error;
    throw error;
  });
  // A contact that never was a lead is counted nowhere.
  if (lead.receivedAt !== undefined) await ports.count(lead);
  return late;
}

/** Puts a lead beside the others of its person, by all that is known of them now: its category, and what is new to their other leads. */
async function consider(lead: Lead, by: string, ports: KnowPorts): Promise<undefined> {
  const { facts, looked } = lead;
  const known = {
    lead_email: facts.lead_email ?? looked?.lead_email ?? null,
    phone: facts.phone ?? looked?.phone ?? null,
    status_label: facts.status_label ?? looked?.status_label ?? null,
    lifecycle_stage: facts.lifecycle_stage ?? null,
  };
  // Nobody else says anything of a lead in its wait; later one that looked its owner up may be quicker.
  const isNew = lead.category === undefined && lead.receivedAt !== undefined && lead.dueAt > ports.now();
  const { category, spread } = await recall({ ...lead, facts: known, owner: looked?.lead_owner, isNew }, by, ports);
  // A contact that never was a lead has no category, but may say something of its person.
  if (lead.receivedAt !== undefined) await categorize(lead, category, by, ports);
  await spread();
}
