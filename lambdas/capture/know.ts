import { categorize, type CategorizePorts } from '../core/categorize.ts';
import type { Lead } from '../core/lead.ts';
import { type MemoryPorts, recall } from '../core/memory.ts';

export interface KnowPorts extends MemoryPorts, CategorizePorts {}

/** Considers who the person behind a lead is, by all that is known of them now: its category, and what is new to their other leads. */
export async function know(lead: Lead, by: string, ports: KnowPorts): Promise<void> {
  const { facts, looked } = lead;
  const known = {
    lead_email: facts.lead_email ?? looked?.lead_email ?? null,
    phone: facts.phone ?? looked?.phone ?? null,
    status_label: facts.status_label ?? looked?.status_label ?? null,
    lifecycle_stage: facts.lifecycle_stage ?? null,
  };
  const { category, spread } = await recall({ ...lead, facts: known, owner: looked?.lead_owner }, by, ports);
  // A contact that never was a lead has no category, but may say something of its person.
  if (lead.receivedAt !== undefined) await categorize(lead, category, by, ports);
  await spread();
}
