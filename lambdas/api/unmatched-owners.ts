import { dayBefore } from '../core/day-before.ts';
import { ownerKey } from '../core/owner-key.ts';
import { type User, userOwning } from '../core/users.ts';
import type { Actor } from './actor.ts';
import { Failed, notFound } from './failed.ts';
import type { UnmatchedOwner } from './schemas/settings.ts';
import type * as z from 'zod';

export interface UnmatchedPorts {
  now: () => number;
  peopleOf: (tenant: string) => Promise<User[]>;
  ownerNamesOf: (tenant: string) => Promise<string[]>;
  /** How many leads each owner got on these days and after them, by the owner's key. */
  leadsByOwner: (tenant: string, since: string) => Promise<Map<string, number>>;
  /** False where there is no such user, or no room for one more name. */
  addName: (of: { tenant: string; id: string }, name: string, by: Actor) => Promise<boolean>;
}

type Unmatched = z.infer<typeof UnmatchedOwner>;

/** For how many days leads are counted. */
const DAYS = 30;

/** Owners that leads of the last days name and nobody of the tenant is called, those with most leads first. */
export async function listUnmatched({ tenant }: Pick<Actor, 'tenant'>, ports: UnmatchedPorts): Promise<Unmatched[]> {
  const since = dayBefore(ports.now(), DAYS);
  const [users, names, counts] = await Promise.all([
    ports.peopleOf(tenant),
    ports.ownerNamesOf(tenant),
    ports.leadsByOwner(tenant, since),
  ]);
  return names
    .filter((name) => !userOwning(users, { name }))
    .map((name) => ({ key: ownerKey(tenant, name), name }))
    .map(({ key, name }) => ({ key, name, leads: counts.get(key) ?? 0 }))
    .filter(({ leads }) => leads > 0)
    .sort((a, b) => b.leads - a.leads || a.name.localeCompare(b.name, 'en'));
}

/** Says that an owner is one of the users: its name becomes one of theirs. */
export async function matchOwner(actor: Actor, key: string, id: string, ports: UnmatchedPorts): Promise<User[]> {
  const { tenant } = actor;
  const owner = (await ports.ownerNamesOf(tenant)).find((name) => ownerKey(tenant, name) === key);
  if (owner === undefined) throw notFound('owner');
  if (!(await ports.peopleOf(tenant)).some((user) => user.id === id)) throw notFound('user');
  if (!(await ports.addName({ tenant, id }, owner, actor)))
    throw new Failed('conflict', 'this user has as many names as there may be');
  return ports.peopleOf(tenant);
}
