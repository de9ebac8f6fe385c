import type { SourceEvent } from './event.ts';

/** A request as every source sees it, whatever shape the API delivered it in. */
export interface WebhookRequest {
  method: string;
  /** The address that the vendor called and may have signed: built from `PUBLIC_URL`. */
  url: string;
  /** Names in lower case; a header that came twice has both values, joined by a comma. */
  headers: Record<string, string>;
  query: Record<string, string>;
  /** The bytes as they were sent. */
  body: Buffer;
}

/** A key that may have signed a delivery; the one that did names the tenant. */
export interface SigningKey {
  tenant: string;
  value: string;
}

/** How many seconds a signed time may lie in the past and in the future. */
export interface Tolerance {
  past: number;
  future: number;
}

/** What a signature is held to. */
export interface Verification {
  /** Milliseconds since 1970. */
  now: number;
  tolerance: Tolerance;
  /** The vendor's ways of signing that the stage takes, where it has several; its best one alone where this is absent. */
  schemes?: readonly string[] | undefined;
}

/** What people call a vendor's custom fields, and which of them is the funnel. */
export interface FieldNames {
  funnel?: string | undefined;
  names: Record<string, string>;
}

/** A list of leads, as a tenant has it from the first lead in it. */
export interface LeadList {
  name: string;
  description: string;
  /** What it shows for a lead without a name, and for one without a company. */
  nameless: string;
  companyless: string;
}

/** What people call that which brings leads, its id, its token, and the command for it. */
export interface AccountWords {
  noun: 'page' | 'portal';
  id: string;
  token: string;
  command: string;
  /** Whether each call must prove, with the signing key, which app makes it. */
  provesApp?: boolean;
}

/** What people read of where a lead came from; there is no link where it can be opened nowhere else. */
export type SourceWords = Pick<Source, 'label'> & Partial<Pick<Source, 'linkTo' | 'platforms' | 'list'>>;

/** One CRM. Everything here is pure: clock, keys and bytes come in as arguments. */
export interface Source {
  id: string;
  /** What people read: `From: Close`. */
  label: string;
  /** Routes beside `/webhooks/{id}` under which it is also known, so that an old webhook moves by changing its host. */
  aliases: string[];
  /** Where people open a lead of its. */
  linkTo(leadId: string): string;
  /** The form of its signing key; a secret of another form is treated as missing. */
  keyForm: RegExp;
  /** The headers of its signature, in lower case, the best one first: what comes with none of them is a stranger, not a vendor with another key. */
  signatureHeaders: [string, ...string[]];
  /** What the vendor expects to read when its delivery was taken. */
  reply: string;
  /** That which brings leads and belongs to one tenant; without it the key that signed names the tenant. */
  account?: AccountWords;
  /** The list of its tenant that its leads are in. */
  list?: LeadList;
  /** What is noted on a new lead. */
  remarkOf?(leadId: string): string;
  /** What people read for the vendor's codes of a platform: `{"ig":"Instagram"}`. */
  platforms?: Record<string, string>;
  /** Answers the vendor's test of the address where it has one of these verify tokens, compared in constant time; a source without one has no GET. */
  handshake?(request: WebhookRequest, tokens: SigningKey[]): string | undefined;
  /** The key that signed the request, compared in constant time; nothing where none did or the time is out of tolerance. */
  verify(request: WebhookRequest, keys: SigningKey[], held: Verification): SigningKey | undefined;
  /** The name under which a delivery is kept, the same for each repeat. Throws `Rejected` where the body is not the vendor's. */
  nameOf(body: Buffer): string;
  /** The events of a delivery, in its order. Throws `Broken` where it can never be understood. */
  events(body: Buffer, fields: FieldNames): SourceEvent[];
  /** What a delivery says by each of its events, in their order: what tells of one and not of the others. */
  parts(body: Buffer): unknown[];
  /** A delivery without what it says of a lead, every other event at its old place; `null` where nothing is left. */
  without(body: Buffer, leadId: string): Buffer | null;
}
