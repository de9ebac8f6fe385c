import * as z from 'zod';
import { Time } from './answer.ts';

/** What the doctor found at one place. */
const Finding = z.object({
  id: z.string().describe('Names the check'),
  state: z.enum(['ok', 'wrong', 'unknown']),
  source_label: z.string().nullable(),
  account: z.string().nullable().describe('A page or a portal'),
  cause: z.string(),
  consequence: z.string().nullable().describe('What it means for leads; null where all is well'),
  cure: z.string().nullable().describe('The click or the command that mends it; null where all is well'),
});

/** The last examination of a tenant. */
export const Examination = z.object({
  examined_at: Time.nullable().describe('null before the first one'),
  findings: z.array(Finding),
});
export type Examination = z.infer<typeof Examination>;
