import * as z from 'zod';
import { categories } from './category.ts';

const text = z.string().min(1).nullable();
const time = z.iso.datetime();
const named = z.record(z.string(), z.string()).nullable();

/** One answer of a form or one custom field; `question` is `null` where nobody named it. */
export const Answer = z.object({ question: text, answer: z.string().min(1) });
export type Answer = z.infer<typeof Answer>;

/** What a vendor says of a lead; what it does not say is `null`. */
export const LeadFacts = z.object({
  display_name: text,
  status_label: text,
  date_created: time.nullable(),
  lead_email: text,
  phone: text,
  company: text,
  funnel: text,
  utm: named,
  attribution: named,
  answers: z.array(Answer),
});
export type LeadFacts = z.infer<typeof LeadFacts>;

/** A lead as `target/` holds it: the public contract, as JSON Schema in `docs/enriched-lead.schema.json`. */
export const EnrichedLead = LeadFacts.extend({
  schema_version: z.literal(1),
  lead_id: z.string().min(1).describe('The vendor’s own id, unique across accounts'),
  source: z.string().min(1).describe('close, meta or hubspot'),
  tenant: z.string().min(1),
  category: z.enum(categories),
  list: text.describe('The list of its tenant that the lead is in'),
  lead_owner: z.string().min(1).describe('Name of the owner; the setting fallbackOwner where nobody owns it'),
  lead_owner_email: text,
  received_at: time.describe('When its delivery came in'),
  enriched_at: time,
  raw_key: z.string().min(1).describe('The object in source/ that holds the delivery byte for byte'),
  is_test: z.boolean(),
}).describe(
  'A lead with its owner, as Lead Relay stores it in target/. Dates are ISO 8601 in UTC with Z; what is not known is null.',
);
export type EnrichedLead = z.infer<typeof EnrichedLead>;

/** A lead as the table holds it. Times are ISO 8601 in UTC. */
export interface Lead {
  tenant: string;
  lead_id: string;
  source: string;
  facts: LeadFacts;
  receivedAt: string;
  dueAt: string;
  rawKey: string;
  isTest: boolean;
  /** The page or portal that brought it, and whom that names as the owner. */
  account?: string | undefined;
  accountOwner?: { name: string; email: string | null } | undefined;
  list?: string | undefined;
  remark?: string | undefined;
  /** Where the tenant's own people stand with it, and on which day to call: `2026-03-05`, in the tenant's time zone. */
  status?: string;
  nextCallDate?: string;
  queuedAt?: string;
  enrichedAt?: string;
  toldAt?: string;
}

/** What an event adds to a lead; `created` only where the event is the one that made it. */
export interface Captured extends Pick<Lead, 'tenant' | 'lead_id' | 'source' | 'facts'> {
  /** As of when the facts hold. */
  asOf: string;
  created?: Pick<Lead, 'receivedAt' | 'dueAt' | 'rawKey' | 'isTest'> &
    Partial<Pick<Lead, 'account' | 'accountOwner' | 'list' | 'remark' | 'status' | 'nextCallDate'>>;
}
