import { given } from './given.ts';
import type { Lead, LeadFacts } from './lead.ts';

/** What a directory knows of a lead; what it does not know is `null` or absent. */
export type OwnerAnswer = Partial<LeadFacts> & {
  lead_owner?: string | null;
  lead_owner_email?: string | null;
  /** The CRM's own id of the owner. */
  lead_owner_id?: string | null;
};

/** The first answer that names an owner; address and id are the owner's only in the words of who named the owner. */
export const ownerAmong = (known: OwnerAnswer[]): OwnerAnswer | undefined =>
  known.find((answer) => given(answer.lead_owner) !== null);

/** Somewhere that knows who owns a lead. */
export interface OwnerDirectory {
  id: string;
  /** Whether it may know leads of this kind at all; absent where it may know any. */
  isFor?(lead: Lead): boolean;
  /** What it knows, `undefined` where it has never heard of the lead. Throws `Later` where it can't answer now, `Refused` where it won't. */
  lookUp(lead: Lead): Promise<OwnerAnswer | undefined>;
}
