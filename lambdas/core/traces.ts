import type { DigestPlace } from './digest.ts';

/** Where a lead left something. */
export interface LeadTraces {
  /** Where it came from; absent where nothing is known of it. */
  source?: string;
  /** Its own rows of the table. */
  rows: { PK: string; SK: string }[];
  /** Deliveries in `source/` that tell of it. */
  rawKeys: string[];
  /** Partitions of the table in which something is remembered of its person. */
  persons: string[];
  /** Rows of its events where they are parked, or were. */
  parked: LeadTraces['rows'];
  /** Digests that it waits in. */
  digests: DigestPlace[];
}

/** An object of the bucket with what is kept beside it. */
export interface KeptObject {
  body: Buffer;
  metadata: Record<string, string>;
  versionId: string;
}

/** What was removed of a lead. */
export interface Removed {
  rows: number;
  /** Versions of objects. */
  objects: number;
  /** Deliveries that tell of others too, and were written anew without it. */
  rewritten: number;
  /** Lists of leads that people had made, with it or without it: all of its tenant. */
  exports: number;
  /** The deliveries that told of it. */
  rawKeys: string[];
}
