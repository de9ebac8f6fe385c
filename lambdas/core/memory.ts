import { type Category, categoryOf, membershipIn, type MembershipWords } from './category.ts';
import type { Reconsider } from './capture-message.ts';
import type { Lead, LeadFacts, SeenBefore } from './lead.ts';
import { identifiersOf, type Person, type Said, type SeenLead } from './person.ts';

export interface MemoryPorts {
  /** What a tenant's stages and labels say of membership. */
  wordsOf: (tenant: string) => MembershipWords;
  /** What is remembered under an identifier, as of this moment. */
  personOf: (tenant: string, identifier: string) => Promise<Person>;
  rememberLead: (tenant: string, identifier: string, lead: SeenLead) => Promise<void>;
  /** Remembers what somebody says of a person's membership, as news until it is settled. */
  rememberMembership: (tenant: string, identifier: string, said: Said) => Promise<void>;
  /** Notes that everybody whom it concerns was told. */
  settleMembership: (tenant: string, identifier: string, said: Said) => Promise<void>;
  /** Has other leads of a person consider their category anew. */
  reconsider: (messages: Reconsider[]) => Promise<void>;
}

/** Of what never came in as a lead: before every time. */
const NEVER = '';

/** A lead as it asks who it is. */
interface Asking extends Pick<Lead, 'tenant' | 'lead_id' | 'source' | 'isTest'> {
  /** Absent for a contact that never was a lead, which is remembered so that it can be found. */
  receivedAt?: string | undefined;
  facts: Pick<LeadFacts, 'lead_email' | 'phone' | 'status_label'> & { lifecycle_stage?: string | null };
  owner?: string | undefined;
  /** Whether it surely says something new: it is written without a look before, and one look after that is enough. */
  isNew?: boolean | undefined;
}

export interface Recalled {
  category: Category;
  seenBefore: SeenBefore | null;
  /** Tells the person's other leads what is new by this one; nothing where nothing is. */
  spread: () => Promise<void>;
}

/**
 * Puts a lead beside the others of its person, and says what is known by all of them. What is written is written before the others
 * are read, so that of two leads at once one sees the other; news stay news until they were spread. A test lead leaves no trace.
 */
export async function recall(lead: Asking, by: string, ports: MemoryPorts): Promise<Recalled> {
  const { tenant, lead_id } = lead;
  const own: Said = { by: lead_id, membership: categoryOf([membershipIn(lead.facts, ports.wordsOf(tenant))]) };
  const persons: Person[] = [];
  const news: string[] = [];
  for (const identifier of identifiersOf(lead.facts)) {
    if (lead.isNew && !lead.isTest) await ports.rememberLead(tenant, identifier, seenAs(lead));
    const known = await ports.personOf(tenant, identifier);
    const { wrote, isNews } = lead.isTest
      ? { wrote: false, isNews: false }
      : await remember(lead, own, identifier, known, ports);
    if (isNews) news.push(identifier);
    persons.push(wrote ? await ports.personOf(tenant, identifier) : known);
  }
  const others = othersIn(persons, lead_id);
  const said = persons.flatMap(({ memberships }) => memberships).filter((one) => one.by !== lead_id);
  return {
    category: categoryOf([own.membership, ...said.map(({ membership }) => membership)]),
    seenBefore: seenBefore(others, lead.receivedAt),
    spread: async () => {
      if (news.length === 0) return;
      await ports.reconsider(
        others.map((one) => ({ v: 1, reconsider: { tenant, lead_id: one.lead_id }, by: `${by} ${one.lead_id}` })),
      );
      for (const identifier of news) await ports.settleMembership(tenant, identifier, own);
    },
  };
}

const seenAs = ({ lead_id, source, receivedAt, owner }: Asking): SeenLead => ({
  lead_id,
  source,
  receivedAt: receivedAt ?? NEVER,
  owner,
});

async function remember(
  asking: Asking,
  said: Said,
  identifier: string,
  known: Person,
  ports: MemoryPorts,
): Promise<{ wrote: boolean; isNews: boolean }> {
  const { tenant, lead_id } = asking;
  const own = known.leads.find((one) => one.lead_id === lead_id);
  const seen = { ...seenAs(asking), owner: asking.owner ?? own?.owner };
  const isNewLead = !own || own.owner !== seen.owner || own.receivedAt < seen.receivedAt;
  if (isNewLead) await ports.rememberLead(tenant, identifier, seen);
  const before = known.memberships.find((one) => one.by === said.by);
  const isChange = (before?.membership ?? 'pending') !== said.membership;
  if (isChange) await ports.rememberMembership(tenant, identifier, said);
  return { wrote: isNewLead || isChange, isNews: isChange || before?.isNews === true };
}

/** The other leads of a person, each once, the newest first. A contact that became a lead is remembered as both. */
function othersIn(persons: Person[], leadId: string): SeenLead[] {
  const oldestFirst = persons
    .flatMap(({ leads }) => leads)
    .filter((one) => one.lead_id !== leadId)
    .sort((a, b) => (a.receivedAt < b.receivedAt ? -1 : 1));
  return [...new Map(oldestFirst.map((one) => [one.lead_id, one])).values()].toReversed();
}

/** Those that came before this one; of the last of them, when and whose. */
function seenBefore(others: SeenLead[], receivedAt = NEVER): SeenBefore | null {
  const earlier = others.filter((one) => one.receivedAt !== NEVER && one.receivedAt < receivedAt);
  const [last] = earlier;
  return last ? { leads: earlier.length, last_at: last.receivedAt, last_owner: last.owner ?? null } : null;
}
