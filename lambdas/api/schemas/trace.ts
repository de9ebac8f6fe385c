import * as z from 'zod';
import { Time } from './answer.ts';
import { LeadId } from './lead.ts';

/** A point on the way of a lead. */
export const TracePoint = z.object({
  at: Time.nullable().describe('null where nobody noted it; it then stands where it must have been'),
  what: z.string().describe('What people read'),
  detail: z.string().nullable(),
  outcome: z.enum(['done', 'waits', 'failed', 'skipped']),
  after_ms: z.int().nullable().describe('Milliseconds since the former point whose time is known'),
});

/** What happened to a lead, the oldest first, and where it stands now. */
export const Trace = z.object({
  id: LeadId,
  name: z.string().nullable(),
  source_label: z.string(),
  is_lead: z.boolean().describe('false where nothing but events is known of it (yet)'),
  standing: z.object({
    state: z.enum(['done', 'waits', 'stuck']),
    says: z.string().describe('Where it is, or what it waits for'),
    since: Time.nullable(),
  }),
  points: z.array(TracePoint),
});
export type Trace = z.infer<typeof Trace>;
