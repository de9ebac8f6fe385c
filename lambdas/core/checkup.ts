import type { Look } from './look.ts';

/** A lead that the doctor makes up. */
export interface MadeUp {
  leadId: string;
  body: Buffer;
}

interface MadeOf {
  /** What makes it one of the doctor's, as `syntheticNumber` gives it. */
  number: string;
  /** The page or portal that it is of; empty where the source has none. */
  account: string;
  /** Milliseconds since 1970. */
  now: number;
}

/** How the doctor examines a vendor, and the way of its leads. */
export interface Checkup {
  look: Look;
  /** A delivery of one new lead, marked as a test, with all that is known of it in it. */
  lead(of: MadeOf): MadeUp;
  /** The headers of a delivery to this address as the vendor sends them, signed with this key. */
  headersOf(body: Buffer, key: string, now: number, url: string): Record<string, string>;
}
