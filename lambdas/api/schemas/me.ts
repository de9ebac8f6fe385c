import * as z from 'zod';
import { StatusKey } from './lead.ts';

export const roles = ['rep', 'manager', 'admin'] as const;
export const Role = z.enum(roles);
export type Role = z.infer<typeof Role>;

/** A follow-up status of a tenant. */
export const Status = z.strictObject({
  key: StatusKey,
  label: z.string().trim().min(1).max(40),
  is_closed: z.boolean().describe('No more to be done: Won, Lost, Not a lead'),
});
export type Status = z.infer<typeof Status>;

/** Who is signed in, and what the pages need to know of the tenant. */
export const Me = z.object({
  id: z.string(),
  name: z.string(),
  email: z.string(),
  role: Role,
  tenant: z.string(),
  time_zone: z.string(),
  statuses: z.array(Status),
});
export type Me = z.infer<typeof Me>;
