import type { Reconsider } from '../../lambdas/core/capture-message.ts';
import { LIST, type Person, type Said } from '../../lambdas/core/person.ts';
import type { Member } from './member.ts';

export interface MemberPorts {
  tenant: string;
  /** Names this import. */
  runId: string;
  /** What is remembered under an identifier, as of this moment. */
  personOf: (identifier: string) => Promise<Person>;
  /** Remembers what the list says, as news until it is settled. */
  rememberMembership: (identifier: string, said: Said) => Promise<void>;
  /** Notes that every lead of the person will consider it. */
  settleMembership: (identifier: string, said: Said) => Promise<void>;
  reconsider: (messages: Reconsider[]) => Promise<void>;
}

export interface Remembered {
  was: 'new' | 'changed' | 'unchanged';
  /** How many leads consider their category anew. */
  leads: number;
}

/**
 * Remembers a membership under everything that the person is known by, and has their leads consider it where it is new. Leads are
 * looked for once it is written, so that one that comes meanwhile is either found or finds it; whoever comes again after a crash goes on.
 */
export async function rememberMember({ identifiers, membership }: Member, ports: MemberPorts): Promise<Remembered> {
  const said = { by: LIST, membership };
  const known = await Promise.all(identifiers.map(ports.personOf));
  const before = known.map(({ memberships }) => memberships.find(({ by }) => by === LIST));
  const differs = identifiers.filter((_, index) => before[index]?.membership !== membership);
  const news = identifiers.filter((identifier, index) => differs.includes(identifier) || before[index]?.isNews);
  await Promise.all(differs.map((identifier) => ports.rememberMembership(identifier, said)));
  const persons = await Promise.all(news.map(ports.personOf));
  const leads = [...new Set(persons.flatMap((person) => person.leads.map(({ lead_id }) => lead_id)))];
  await ports.reconsider(leads.map((lead_id) => messageFor(lead_id, ports)));
  await Promise.all(news.map((identifier) => ports.settleMembership(identifier, said)));
  const isNew = before.every((one) => one === undefined);
  return { was: isNew ? 'new' : differs.length > 0 ? 'changed' : 'unchanged', leads: leads.length };
}

const messageFor = (lead_id: string, { tenant, runId }: MemberPorts): Reconsider => ({
  v: 1,
  reconsider: { tenant, lead_id },
  by: `members/${runId}/${lead_id}`,
});
