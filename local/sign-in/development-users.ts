import { randomUUID } from 'node:crypto';

/** Somebody of a tenant who may sign in here, without a password. */
export interface DevelopmentUser {
  sub: string;
  email: string;
  name: string;
  role: 'admin' | 'manager' | 'rep';
}

const roles = ['admin', 'manager', 'rep'] as const;

/** Their names in the order of the roles; a rep is who owns the leads of the tenant's Meta page. */
const names: Record<string, readonly [string, string, string]> = {
  north: ['Ada Nordholt', 'Malik Brandt', 'Frauke Lindner'],
  south: ['Sofía Quiroga', 'Mateo Fuentes', 'Ximena Araya'],
};
const otherNames = ['Ines Albrecht', 'Jonas Okafor', 'Robin Marlowe'] as const;

/** The users of a tenant, made up once: admin, manager, rep. */
export const makeUsers = (tenant: string): DevelopmentUser[] =>
  roles.map((role, index) => ({
    sub: randomUUID(),
    email: `${role}@${tenant}.example`,
    name: (names[tenant] ?? otherNames)[index] ?? role,
    role,
  }));

/** Who owns the leads of a tenant's Meta page. */
export const pageOwnerOf = (tenant: string) => (names[tenant] ?? otherNames)[2];

/** A user and the tenant that they belong to. */
export type Member = DevelopmentUser & { tenant: string };

/** What an ID token says of somebody, in the claims of the deployed user pool. */
export const claimsOf = ({ sub, email, name, role, tenant }: Member) => ({
  sub,
  email,
  name,
  token_use: 'id',
  'custom:tenant': tenant,
  'custom:role': role,
});
