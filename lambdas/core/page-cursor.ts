import { createHash } from 'node:crypto';
import * as z from 'zod';
import type { LeadFilter } from './lead-filter.ts';

const time = z.iso.datetime();
const id = z.string().regex(/^[A-Za-z0-9_-]{1,128}$/);

/** A place among leads by when they came in: behind this lead, of this very list. */
const PagePlace = z.strictObject({ v: z.literal(1), of: z.string(), at: time, id });
/** A place among changes: everything up to `from` was read, and of what came since everything up to `behind`. */
const ChangePlace = z.strictObject({
  v: z.literal(1),
  from: time,
  behind: z.strictObject({ at: time, id }).optional(),
});
export type ChangePlace = Omit<z.infer<typeof ChangePlace>, 'v'>;

/** Where a page ends; `undefined` for a cursor of something else, or of nobody's making. */
export function readPageCursor(cursor: string, list: ListId): { at: string; id: string } | undefined {
  const place = read(cursor, PagePlace);
  return place?.of === markOf(list) ? { at: place.at, id: place.id } : undefined;
}

export const pageCursor = (list: ListId, { at, id: last }: { at: string; id: string }): string =>
  write({ v: 1, of: markOf(list), at, id: last } satisfies z.infer<typeof PagePlace>);

export const readSince = (cursor: string): ChangePlace | undefined => read(cursor, ChangePlace);

export const since = (place: ChangePlace): string => write({ v: 1, ...place } satisfies z.infer<typeof ChangePlace>);

/** What a page is one of. */
export interface ListId {
  tenant: string;
  filter: LeadFilter;
}

/** The same for the same leads, in whatever order the filter was written. */
function markOf({ tenant, filter }: ListId): string {
  const given = Object.entries(filter).filter(([, value]) => value !== undefined);
  const text = JSON.stringify([tenant, given.toSorted(([a], [b]) => (a < b ? -1 : 1))]);
  return createHash('sha256').update(text).digest('hex').slice(0, 16);
}

const write = (place: object) => Buffer.from(JSON.stringify(place)).toString('base64url');

function read<T>(cursor: string, schema: z.ZodType<T>): T | undefined {
  try {
    return schema.safeParse(JSON.parse(Buffer.from(cursor, 'base64url').toString())).data;
  } catch {
    return undefined;
  }
}
