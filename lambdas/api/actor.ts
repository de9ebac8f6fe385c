import * as z from 'zod';
import { NOBODY } from '../core/account.ts';
import { Role, roles } from './schemas/me.ts';

/** Who is doing it, by the claims that the gateway checked. */
export interface Actor {
  id: string;
  name: string;
  email: string;
  tenant: string;
  role: Role;
}

const Claims = z.object({
  sub: z.string().min(1).max(128),
  name: z.string().default(''),
  email: z.string().default(''),
  // A part of keys. What belongs to nobody yet is nobody’s to see.
  'custom:tenant': z
    .string()
    .regex(/^[a-z0-9][a-z0-9-]{0,30}$/)
    .refine((tenant) => tenant !== NOBODY),
  'custom:role': Role,
  token_use: z.literal('id'),
});

/** The person behind a request; `undefined` where the claims do not say whose and what they are. */
export function actorOf(claims: unknown): Actor | undefined {
  const { data } = Claims.safeParse(claims);
  if (!data) return undefined;
  const { sub: id, name, email, 'custom:tenant': tenant, 'custom:role': role } = data;
  return { id, name: name.trim() || email || id, email, tenant, role };
}

/** Whether a role includes another: an admin is a manager, a manager is a rep. */
export const includes = (role: Role, needed: Role): boolean => roles.indexOf(role) >= roles.indexOf(needed);
