import * as z from 'zod';
import { LeadFilter } from './lead.ts';

export const ExportRequest = z.strictObject({ filter: LeadFilter.prefault({}) });

/** An export: the CSV itself where it is small, else a job with a link that is good for some minutes. */
export const Export = z.object({
  id: z.uuid(),
  state: z.enum(['running', 'done', 'failed']),
  count: z.int(),
  csv: z.string().nullable(),
  url: z.url().nullable(),
});
export type Export = z.infer<typeof Export>;
