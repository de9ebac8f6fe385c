import { foldedName, ownerKey } from '../core/owner-key.ts';
import type * as z from 'zod';
import type { Actor } from './actor.ts';
import type { Owner } from './schemas/lead.ts';
import { keysOf } from './viewer.ts';

export interface OwnerPorts {
  usersOf: (tenant: string) => Promise<{ id: string; name: string; names: string[] }[]>;
  /** The names of those who own leads. */
  ownerNamesOf: (tenant: string) => Promise<string[]>;
}

/** Everybody who may own leads, each under every name that leads have of them, sorted by name. */
export async function listOwners(actor: Actor, ports: OwnerPorts): Promise<z.infer<typeof Owner>[]> {
  const { tenant } = actor;
  const [users, owners] = await Promise.all([ports.usersOf(tenant), ports.ownerNamesOf(tenant)]);
  const me = users.find(({ id }) => id === actor.id);
  const mine = keysOf(actor, me ? [me.name, ...me.names] : []);
  const theirs = new Set(users.flatMap(({ name, names }) => [name, ...names].map(foldedName)));
  const names = [...users.map(({ name }) => name), ...owners].filter((name) => name.trim() !== '');
  const byKey = new Map(names.toReversed().map((name) => [ownerKey(tenant, name), name]));
  return [...byKey]
    .map(([key, name]) => ({ key, name, is_me: mine.has(key), is_user: theirs.has(foldedName(name)) }))
    .sort((a, b) => a.name.localeCompare(b.name, 'en'));
}
