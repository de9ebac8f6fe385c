import { ownerKey } from '../core/owner-key.ts';
import { type DayCounts, firstDay } from '../core/stats.ts';
import { type User, userOwning } from '../core/users.ts';
import { dayIn } from '../core/when.ts';
import type { Actor } from './actor.ts';
import { Failed, notFound } from './failed.ts';
import type { UnmatchedOwner } from './schemas/settings.ts';
import type * as z from 'zod';

export interface UnmatchedPorts {
  now: () => number;
  peopleOf: (tenant: string) => Promise<User[]>;
  ownerNamesOf: (tenant: string) => Promise<string[]>;
  timeZoneOf: (tenant: string) => string;
  /** The counters of these days, both included. */
  daysOf: (tenant: string, from: string, to: string) => Promise<DayCounts[]>;
  /** False where there is no such user, or no room for one more name. */
  addName: (of: { tenant: string; id: string }, name: string, by: Actor) => Promise<boolean>;
}

type Unmatched = z.infer<typeof UnmatchedOwner>;

/** Owners that leads of the last days name and nobody of the tenant is called, those with most leads first. */
export async function listUnmatched({ tenant }: Pick<Actor, 'tenant'>, ports: UnmatchedPorts): Promise<Unmatched[]> {
  const today = dayIn(ports.now(), ports.timeZoneOf(tenant));
  const [users, names, days] = await Promise.all([
    ports.peopleOf(tenant),
    ports.ownerNamesOf(tenant),
    ports.daysOf(tenant, firstDay(today), today),
  ]);
  const leadsOf = (key: string) => days.reduce((sum, { counts }) => sum + (counts[`owner#${key}`] ?? 0), 0);
  return names
    .filter((name) => !userOwning(users, { name }))
    .map((name) => ({ key: ownerKey(tenant, name), name, leads: leadsOf(ownerKey(tenant, name)) }))
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
