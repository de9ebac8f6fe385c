import { leadsUnder, tracesOf } from '../lambdas/aws/lead-traces.ts';
import { keyOf } from '../lambdas/aws/table.ts';
import { NOBODY } from '../lambdas/core/account.ts';
import { isUsableId } from '../lambdas/core/id.ts';
import { identifiersOf } from '../lambdas/core/person.ts';
import { CommandError } from './command.ts';
import type { Stage } from './stage.ts';

/** A lead as everything of it is found. */
export interface LeadId {
  lead_id: string;
  source: string;
}

/** The leads of a person, and the partitions of the table that are about nobody else. */
export interface Found {
  leads: LeadId[];
  partitions: string[];
}

/** Who is meant by an address, a number or a lead. Throws a sentence where it is none of them. */
export async function leadsOf(stage: Stage, who: string): Promise<Found> {
  const text = who.trim();
  const byLead = text.includes('@') || !isUsableId(text) ? undefined : await byLeadId(stage, text);
  if (byLead) return byLead;
  const [identifier] = identifiersOf(text.includes('@') ? { lead_email: text } : { phone: text });
  if (identifier) return under(stage, [keyOf.person(stage.tenant, identifier)]);
  if (isUsableId(text)) return { leads: [], partitions: [] };
  throw new CommandError('That is neither an e-mail address nor a phone number nor the id of a lead.');
}

/** A lead, and every other one that has its address or its number. */
async function byLeadId(stage: Stage, id: string): Promise<Found | undefined> {
  const found = await Promise.all(
    [stage.tenant, NOBODY].map((tenant) => tracesOf(stage.table, { tenant, lead_id: id })),
  );
  const source = found.map((traces) => traces.source).find((one) => one !== undefined);
  if (source === undefined) return undefined;
  const { leads, partitions } = await under(
    stage,
    found.flatMap(({ persons }) => persons),
  );
  return { leads: [{ lead_id: id, source }, ...leads.filter(({ lead_id }) => lead_id !== id)], partitions };
}

async function under({ table }: Stage, partitions: string[]): Promise<Found> {
  const all = (await Promise.all(partitions.map((partition) => leadsUnder(table, partition)))).flat();
  return { leads: [...new Map(all.map((lead) => [lead.lead_id, lead])).values()], partitions };
}
