import * as z from 'zod';
import type { Again } from './again.ts';
import { categories, type Category } from './category.ts';
import type { Rescue } from './rescue.ts';

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
  /** As the vendor names it: `customer`. */
  lifecycle_stage: text.default(null),
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

/** Earlier leads of the same person: of the tenant, with the same e-mail address or phone number. */
export const SeenBefore = z.object({
  leads: z.int().min(1),
  last_at: time,
  last_owner: text,
});
export type SeenBefore = z.infer<typeof SeenBefore>;

/** A lead as `target/` holds it: the public contract, as JSON Schema in `docs/enriched-lead.schema.json`. */
export const EnrichedLead = LeadFacts.extend({
  schema_version: z.literal(1),
  lead_id: z.string().min(1).describe('The vendor’s own id, unique across accounts'),
  source: z.string().min(1).describe('close, meta, hubspot, or manual for one that a person added'),
  tenant: z.string().min(1),
  category: z.enum(categories),
  list: text.describe('The list of its tenant that the lead is in'),
  lead_owner: z.string().min(1).describe('Name of the owner; the setting fallbackOwner where nobody owns it'),
  lead_owner_email: text,
  seen_before: SeenBefore.nullable()
    .default(null)
    .describe('How many leads of the same person came before, when the last one did, and whom it was told for'),
  received_at: time.describe('When its delivery came in'),
  enriched_at: time,
  raw_key: z
    .string()
    .min(1)
    .describe('The object in source/ that holds the delivery byte for byte; none has it where a person added the lead'),
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
  /** The event that said that it is new. */
  createdBy?: string | undefined;
  isTest: boolean;
  /** The page or portal that brought it, and whom that names as the owner. */
  account?: string | undefined;
  accountOwner?: { name: string; email: string | null } | undefined;
  list?: string | undefined;
  remark?: string | undefined;
  /** Where the tenant's own people stand with it, and on which day to call: `2026-03-05`, in the tenant's time zone. */
  status?: string;
  nextCallDate?: string;
  notes?: string;
  /** Whom our own people gave it to. */
  assigned?: { name: string };
  /** When somebody first called or wrote, and last. */
  firstTouchAt?: string;
  lastTouchAt?: string;
  /** Counts the changes that people made; the last of them is kept here too until its own row is surely there. */
  edits?: number;
  lastAction?: LeadAction;
  /** Added by a person. */
  isManual?: boolean;
  capturedAt?: string;
  updatedAt?: string;
  lookedUpAt?: string;
  /** The vendor's own id of whoever owns it. */
  ownerId?: string | null | undefined;
  /** Since when the vendor has it no more, and the lead that it became a part of. */
  deletedAt?: string | null | undefined;
  mergedInto?: string | null | undefined;
  /** Came together with many others, and is told together with them. */
  isBulk?: boolean | undefined;
  /** No webhook brought it, and it was fetched: since when its vendor has it. */
  lateSince?: string | undefined;
  /** Whoever had it fetched wants nobody to be told of it. */
  isQuiet?: boolean | undefined;
  category?: Category;
  /** Counts the changes of its category. */
  categoryVersion?: number;
  /** Changes of its category that the topic may not have yet, by version. */
  announcements?: Record<string, CategoryChange>;
  queuedAt?: string;
  /** What the owner directories for leads of its kind said when they were asked last, in their order. */
  lookups?: Lookup[];
  enrichedAt?: string;
  /** What owner directories added; what they did not know is `null`. */
  looked?: Looked;
  toldAt?: string;
  /** When it was found that nobody wants to be told of it. */
  silentAt?: string;
  /** The job that brought it back from what was stored, without telling anybody. */
  silentBy?: string;
  /** Until when its message is held back, where that is long after it was due. */
  waitingUntil?: string;
  /** New starts that it was given after it had got lost, the oldest first. */
  rescues?: Rescue[] | undefined;
  /** The last change of its category that the topic has, and since when. */
  announced?: { version: number; at: string };
  /** When it went to the dead letters since no channel could be told, and why. */
  gaveUp?: { at: string; reason: string };
}

/** What a directory said when it was asked whose a lead is. */
export interface Lookup {
  directory: string;
  /** `nothing`: it never heard of the lead, or could not be asked, such as without a key. `later` and `refused` are no answers. */
  said: 'owner' | 'facts' | 'nothing' | 'refused' | 'later';
  /** Why it did not answer. */
  reason?: string;
  /** ISO 8601, UTC. */
  at: string;
}

/** What a person did to a lead. */
export interface LeadAction {
  version: number;
  /** ISO 8601, UTC. */
  at: string;
  by: { id: string; name: string };
  kind: 'changed' | 'touched' | 'added';
  /** What changed: of a touch how, of notes only that they did. */
  changes: { what: string; from?: string | null; to?: string | null }[];
}

/** A lead that a person added, as of its first moment. */
export type AddedLead = Pick<
  Lead,
  'tenant' | 'lead_id' | 'source' | 'facts' | 'receivedAt' | 'rawKey' | 'notes' | 'status' | 'nextCallDate'
> & { lastAction: LeadAction; isToBeTold: boolean };

/** What an action does to the row of its lead. */
export interface LeadEdit {
  set?: Partial<Pick<Lead, 'status' | 'nextCallDate' | 'notes' | 'assigned' | 'lastTouchAt'>>;
  /** Set only where there is none yet. */
  once?: Partial<Pick<Lead, 'firstTouchAt'>>;
  remove?: ('nextCallDate' | 'notes' | 'assigned')[];
}

/** What is known of a lead beside its facts once its owner was looked up. */
export type Looked = Pick<EnrichedLead, 'display_name' | 'status_label' | 'lead_email' | 'phone' | 'lead_owner'>;

/** A category that a lead got, and what gave it: an event, an import, or the look at its owner. */
export interface CategoryChange {
  version: number;
  category: Category;
  previous: Category | null;
  by: string;
  /** ISO 8601, UTC. */
  at: string;
  /** Until when somebody announces it: milliseconds since 1970. */
  leasedUntil: number;
}

/** What an event adds to a lead; `created` only where the event is the one that made it. */
export interface Captured extends Pick<Lead, 'tenant' | 'lead_id' | 'source' | 'facts'> {
  /** Was stored before, and is run again. */
  again?: Again | undefined;
  /** As of when the facts hold. */
  asOf: string;
  /** What the contact says beside its facts; absent where the source has no contacts. */
  contact?: Pick<Lead, 'ownerId' | 'deletedAt' | 'mergedInto'>;
  created?: Pick<Lead, 'receivedAt' | 'dueAt' | 'rawKey' | 'isTest'> &
    Partial<
      Pick<
        Lead,
        | 'createdBy'
        | 'account'
        | 'accountOwner'
        | 'list'
        | 'remark'
        | 'status'
        | 'nextCallDate'
        | 'isBulk'
        | 'lateSince'
        | 'isQuiet'
        | 'rescues'
      >
    >;
}
