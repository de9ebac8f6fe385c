import type { Stage } from './stage.ts';

/** A lead that a vendor might send. */
export interface SampleLead {
  id: string;
  name: string;
  /** The delivery that it comes in, which others may share. */
  body: Buffer;
  /** Who has it and how that is known; a lead without one is told as unassigned. */
  owner: { name: string; known: string } | undefined;
}

export interface SampleOptions {
  count: number;
  /** How many leads a delivery brings, at most. */
  batch: number;
  /** Marks them, so that the alert says TEST and no statistic counts them. */
  isTest: boolean;
  /** Whether they come as from an import, of which people are told together. */
  isImport: boolean;
}

/** How sample leads of a source come about. */
export interface Samples {
  /** The most leads that the vendor puts into one delivery. */
  largestBatch: number;
  /** Makes leads for a stage and puts what it will look up of them where it looks. Throws a sentence where it can't. */
  make(stage: Stage, options: SampleOptions): Promise<SampleLead[]>;
  /** The headers of a delivery to this address as the vendor sends them, signed with this key. */
  headersOf(body: Buffer, key: string, now: number, url: string): Record<string, string>;
}
