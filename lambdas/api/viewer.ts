import type { Viewer } from '../core/lead-view.ts';
import { ownerKey } from '../core/owner-key.ts';
import type { Actor } from './actor.ts';
import type { Status } from './schemas/me.ts';

export interface ViewerPorts {
  fallbackOwner: string;
  statusesOf: (tenant: string) => Promise<Status[]>;
  /** The names that CRMs know a person by. */
  namesOf: (actor: Pick<Actor, 'tenant' | 'id'>) => Promise<string[]>;
  wordsFrom: Viewer['wordsFrom'];
}

/** In whose words leads are shown, and which of them are one's own. */
export async function viewerOf(actor: Actor, ports: ViewerPorts): Promise<Viewer> {
  const [statuses, names] = await Promise.all([ports.statusesOf(actor.tenant), ports.namesOf(actor)]);
  const { fallbackOwner, wordsFrom } = ports;
  return { statuses, ownKeys: keysOf(actor, names), fallbackOwner, wordsFrom };
}

/** Under which keys somebody owns leads: some CRMs name an owner by the address. */
export const keysOf = (
  { tenant, name, email }: Pick<Actor, 'tenant' | 'name' | 'email'>,
  names: string[],
): Set<string> => new Set([name, email, ...names].filter(Boolean).map((one) => ownerKey(tenant, one)));
