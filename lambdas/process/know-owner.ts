import type { EnrichedLead } from '../core/lead.ts';
import { type OwnerSaid, type User, userOwning, userToName } from '../core/users.ts';

export interface KnowPorts {
  fallbackOwner: string;
  /** The people of a tenant, as of a minute ago at most. */
  usersOf: (tenant: string) => Promise<User[]>;
  /** Adds a name to those by which a user is known. */
  addName: (tenant: string, user: User, name: string) => Promise<unknown>;
}

/** Remembers what a CRM calls a user whom it knows by id or address, so that lists and counters, which know names only, find their leads. */
export async function learnName(tenant: string, owner: OwnerSaid, ports: KnowPorts): Promise<void> {
  const { name } = owner;
  if (!name || name === ports.fallbackOwner) return;
  const user = userToName(await ports.usersOf(tenant), owner);
  if (user) await ports.addName(tenant, user, name);
}

/** The Slack member id of the user who owns a lead; `undefined` where nobody of the tenant does, or theirs is not known. */
export async function mentionOf(
  { tenant, lead_owner: name, lead_owner_email: email }: EnrichedLead,
  ports: KnowPorts,
): Promise<string | undefined> {
  if (name === ports.fallbackOwner) return undefined;
  return userOwning(await ports.usersOf(tenant), { name, email })?.slackMemberId;
}
