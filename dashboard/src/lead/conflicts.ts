import type { LeadDetail } from '../api/types.ts';

/** What people may change of a lead, as the form has it; empty text is nothing. */
export interface FollowUp {
  status: string;
  next_call: string;
  notes: string;
  owner: string;
}

export const fields = ['status', 'next_call', 'notes', 'owner'] as const;

/** What is stored, as the form has it. An owner whom the CRM says is nobody’s choice. */
export const followUpOf = (lead: Pick<LeadDetail, 'status' | 'next_call' | 'notes' | 'owner' | 'crm'>): FollowUp => ({
  status: lead.status,
  next_call: lead.next_call ?? '',
  notes: lead.notes ?? '',
  owner: lead.owner === lead.crm.owner ? '' : (lead.owner ?? ''),
});

/** The fields in which two states differ. */
export const differing = (one: FollowUp, other: FollowUp): (keyof FollowUp)[] =>
  fields.filter((field) => one[field].trim() !== other[field].trim());

/** A field that both changed, and not to the same. */
export interface Conflict {
  field: keyof FollowUp;
  mine: string;
  theirs: string;
}

/** What somebody typed upon one state of a lead, taken over to the state that is stored now. */
export function rebased(base: FollowUp, typed: FollowUp, now: FollowUp) {
  const mine = differing(base, typed);
  const theirs = differing(base, now);
  const conflicts = mine
    .filter((field) => theirs.includes(field) && typed[field].trim() !== now[field].trim())
    .map((field): Conflict => ({ field, mine: typed[field], theirs: now[field] }));
  const kept = Object.fromEntries(mine.map((field) => [field, typed[field]]));
  return { typed: { ...now, ...kept }, conflicts, theirs };
}
