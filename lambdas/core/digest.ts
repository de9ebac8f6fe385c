import type { Category } from './category.ts';

/** Leads of a tenant that a channel tells of together: those of one stretch of time. */
export interface DigestPlace {
  tenant: string;
  channel: string;
  /** Number of the stretch, counted from 1970; stretches of an import are longer ones. */
  window: number;
}

/** The id under which a digest is told: no lead has it. */
export const digestId = ({ channel, window }: Pick<DigestPlace, 'channel' | 'window'>): string =>
  `digest_${channel}_${window}`;

/** A lead in a digest. */
export interface DigestEntry {
  lead_id: string;
  source: string;
  name: string | null;
  owner: string;
  category: Category;
  isTest: boolean;
  /** Came by an import, rather than being one too many. */
  isBulk: boolean;
  /** No webhook brought it, and it was fetched. */
  isLate?: boolean | undefined;
}

/** A row of a digest: its leads by their ids, whether it takes no more, and whether it only stands behind the last one. */
export interface DigestPart {
  leads: Record<string, DigestEntry>;
  isClosed: boolean;
  isEnd: boolean;
}

/** An import that comes in for longer than this is told in several digests: milliseconds. */
export const LONGEST_IMPORT = 15 * 60_000;

/** The most leads in one row of a digest: a row is read and written as a whole. */
export const PART_SIZE = 100;
