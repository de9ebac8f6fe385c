import * as z from 'zod';
import { Day } from './answer.ts';

const Count = z.object({ key: z.string(), name: z.string(), count: z.int() });
const Bucket = z.object({ label: z.string().describe('under 1 min, 1 to 5 min …'), count: z.int() });

/** Leads that came in a stretch of days, test leads left out. */
export const Period = z.object({
  total: z.int(),
  by_source: z.array(Count),
  by_owner: z.array(Count).describe('The key is that of a filter; of leads that nobody owns it is empty'),
  by_category: z.array(Count),
  to_alert: z.array(Bucket).describe('From the form to the alert'),
  to_touch: z.array(Bucket).describe('From the form to the first touch; the last one: not yet'),
});
export type Period = z.infer<typeof Period>;

/** Counters, kept as leads come in; a week begins on Monday in the tenant’s time zone. */
export const Stats = z.object({
  today: Period,
  week: Period,
  month: Period.describe('The last 30 days'),
  days: z.array(z.object({ day: Day, total: z.int() })).describe('The last 30 days, oldest first'),
});
export type Stats = z.infer<typeof Stats>;
