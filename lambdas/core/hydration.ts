import type { Account } from './account.ts';
import type { Contact, ContactChange } from './contact.ts';
import type { SourceEvent } from './event.ts';
import type { LeadFacts } from './lead.ts';
import type { FieldNames } from './source.ts';

/** With what a vendor's API is asked. */
export interface VendorAccess {
  /** Must end by itself, cap what it reads and follow no redirect. */
  fetch: typeof fetch;
  /** Without a slash at its end. */
  baseUrl: string;
  /** The page's or portal's own token; of Close the API key of the organisation. */
  token: string;
  /** What proves that we are the app that the token was given to; absent where nobody filled it in. */
  appSecret?: string | undefined;
}

/** How a vendor's API is reached for one page or portal. */
export interface VendorApi extends VendorAccess {
  /** The vendor's names of the fields that people gave names to. */
  fields: string[];
  /** Remembers for a while what `read` gives, also that it gives nothing: for what many leads share, such as the name of a form. */
  remembered: (what: string, read: () => Promise<string | null>) => Promise<string | null>;
}

/** What a vendor knows of a lead. */
export interface VendorRecord {
  /** The answer as it was received. */
  body: string;
  /** What else was read for people, by attribution: `{"form":"Spring offer"}`; what could not be read is absent. */
  names: Record<string, string>;
  /** Was kept by a release that kept no names. */
  lacksNames?: boolean;
  /** It is what the vendor answered before, since it has no such lead any more. */
  isKept?: boolean;
}

/** Reads the leads of a vendor that sends an id only. */
export interface Hydration {
  /**
   * The vendor's record. Throws `Later` where it can't answer now, `TokenRefused` where it takes the token no longer, `Refused`
   * where the token may not read this lead, `Gone` where there is no such lead (any more).
   */
  read(event: SourceEvent, api: VendorApi): Promise<VendorRecord>;
  /** What the record says. Throws `Broken` where it says nothing of this lead. */
  understand(record: VendorRecord, event: SourceEvent, account: Account): Hydrated;
  /** What a contact says as a lead, where records and events join in one. */
  factsOf?: (contact: Contact, account: Account, fields: FieldNames) => ContactFacts;
}

/** The facts of a lead, or one word more on the contact that is one. */
export type Hydrated = ({ facts: LeadFacts } | { change: ContactChange }) & {
  /** Made by the vendor's own testing tool, or by ours. */
  isTest: boolean;
};

export interface ContactFacts {
  facts: LeadFacts;
  /** The vendor's id of whoever owns the contact. */
  ownerId: string | null;
}
