import { isUsableId } from '../core/id.ts';
import type { Lead } from '../core/lead.ts';
import { type LeadView, leadView } from '../core/lead-view.ts';
import { identifiersOf, type Person } from '../core/person.ts';
import { prefixOf, termsOf } from '../core/search-terms.ts';
import type { Actor } from './actor.ts';
import { viewerOf, type ViewerPorts } from './viewer.ts';

export interface SearchPorts extends ViewerPorts {
  /** Ids of leads that are found by a term that begins so. */
  findLeads: (tenant: string, prefix: string, most: number) => Promise<string[]>;
  personOf: (tenant: string, identifier: string) => Promise<Person>;
  /** At most 100; those that are none are left out. */
  leadsByIds: (tenant: string, ids: string[]) => Promise<Lead[]>;
}

/** What is read at once by ids. */
const MOST = 100;

/** Leads by the beginning of a name, of a word of it or of an address, by a phone number, or by an id, the newest first. */
export async function searchLeads(
  actor: Actor,
  { q, limit }: { q: string; limit: number },
  ports: SearchPorts,
): Promise<LeadView[]> {
  const { tenant } = actor;
  const prefixes = [prefixOf.name(q), prefixOf.email(q)].filter((prefix) => prefix.length > 2);
  const numbers = identifiersOf({ phone: q.replace(/^00/, '+') });
  const isNumber = /^[+\d\s()./-]+$/.test(q);
  const [found, persons] = await Promise.all([
    Promise.all(prefixes.map((prefix) => ports.findLeads(tenant, prefix, limit))),
    Promise.all(isNumber ? numbers.map((number) => ports.personOf(tenant, number)) : []),
  ]);
  const byNumber = persons.flatMap(({ leads }) => leads.map(({ lead_id }) => lead_id));
  const ids = [...(isUsableId(q) ? [q] : []), ...byNumber.slice(0, limit), ...found.flat()].slice(0, MOST);
  const [viewer, leads] = await Promise.all([
    viewerOf(actor, ports),
    ids.length > 0 ? ports.leadsByIds(tenant, ids) : [],
  ]);
  // A term may be older than its lead.
  const isMeant = (lead: Lead) =>
    lead.lead_id === q ||
    byNumber.includes(lead.lead_id) ||
    termsOf(lead).some((term) => prefixes.some((prefix) => term.startsWith(prefix)));
  return leads
    .filter(isMeant)
    .sort((a, b) => (a.receivedAt < b.receivedAt ? 1 : -1))
    .slice(0, limit)
    .map((lead) => leadView(lead, viewer));
}
