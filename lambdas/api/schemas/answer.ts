import * as z from 'zod';

/** What went wrong, for a program, and in a sentence for a person. */
export const failures = [
  'bad_request',
  'not_signed_in',
  'not_allowed',
  'not_found',
  'conflict',
  'refused',
  'unavailable',
] as const;

/** Every answer that is no success. A conflict carries what is stored now. */
export const Failure = z.object({
  success: z.literal(false),
  code: z.enum(failures),
  error: z.string().describe('One sentence, without anything of a lead in it'),
  data: z.unknown().optional(),
});
export type Failure = z.infer<typeof Failure>;

/** An answer with one thing in it. */
export const answerOf = <T extends z.ZodType>(data: T) => z.object({ success: z.literal(true), data });

/** An answer with a page of things; `count` is of this page. */
export const pageOf = <T extends z.ZodType>(row: T) =>
  z.object({
    success: z.literal(true),
    data: z.array(row),
    count: z.int(),
    cursor: z.string().nullable().describe('Where the next page begins; null after the last one'),
  });

/** A day of the tenant’s calendar. */
export const Day = z.iso.date();
/** ISO 8601 in UTC with `Z`. */
export const Time = z.iso.datetime();
/** Text of a person, trimmed, on one line. */
export const Line = (most: number) =>
  z
    .string()
    .trim()
    .min(1)
    .max(most)
    .regex(/^[^\p{Cc}\p{Zl}\p{Zp}]+$/u, 'must be on one line');
