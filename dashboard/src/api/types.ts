import type { output } from 'zod';
import type { List as ListSchema, Owner as OwnerSchema } from '../../../lambdas/api/schemas/lead.ts';

export type { LeadChange, LeadDetail, LeadFilter, LeadPage, LeadRow } from '../../../lambdas/api/schemas/lead.ts';
export type { Me } from '../../../lambdas/api/schemas/me.ts';
export type List = output<typeof ListSchema>;
export type Owner = output<typeof OwnerSchema>;

/** An answer with one thing in it. */
export interface Answer<T> {
  success: true;
  data: T;
}
