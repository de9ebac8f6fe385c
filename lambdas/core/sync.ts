import * as z from 'zod';

const time = z.int().min(0);
const Count = z.object({ vendor: z.int(), ours: z.int() });

/** Compare the accounts of a stage, of a tenant or of a source with their vendors. Times are milliseconds since 1970. */
export const Comparing = z.object({
  v: z.literal(1),
  compare: z.object({ tenant: z.string().optional(), source: z.string().optional() }),
  /** Leads made at the vendor from then on, instead of those behind the watermark. */
  from: time.optional(),
  /** What is missing is kept and told to nobody. */
  quiet: z.boolean().optional(),
  /** Who asked waits for this job. */
  job: z.uuid().optional(),
});
export type Comparing = z.infer<typeof Comparing>;

/** The comparison of one account, on its way through the vendor's list. */
export const Round = z.object({
  v: z.literal(1),
  round: z.object({ tenant: z.string(), source: z.string(), account: z.string() }),
  /** What the row said when it began: another value there means that somebody else was quicker. */
  since: time,
  settledUntil: time,
  /** Of which leads; those made before `settle` are counted for good. */
  from: time,
  to: time,
  settle: time,
  /** A lead that was made from then on and is not here may have its webhook under way: it neither counts nor is put. */
  patient: time,
  cursor: z.string().optional(),
  tally: z.object({ settled: Count, recent: Count, missing: z.int(), put: z.int(), changed: z.int() }),
  /** How often it was looked already whether what was put is here; the first time through, what is missing is put. */
  checks: z.int().min(0),
  /** How often its list had to be begun anew. */
  restarts: z.int().min(0),
  /** Since when it waits for the vendor, ISO 8601 as all that queues hold back. */
  waitsSince: z.iso.datetime().optional(),
  notBefore: z.iso.datetime().optional(),
  quiet: z.boolean().optional(),
  job: z.uuid().optional(),
});
export type Round = z.infer<typeof Round>;

export const SyncMessage = z.union([Comparing, Round]);
export type SyncMessage = z.infer<typeof SyncMessage>;

/** A vendor's list may show a lead some time after it was made: so far behind the present stays the watermark. Milliseconds. */
export const OVERLAP = 15 * 60_000;

/** For so long the watermark waits for what was put and is not here; then the difference is counted for good. Milliseconds. */
export const HELD = 60 * 60_000;

/** Seconds until it is looked whether what was put is here. */
export const CHECKS = [5, 15, 30, 60];
/** The same after an import, for an hour. */
export const IMPORT_CHECK = 15;

/** What stands for the one account that a tenant has at Close. */
export const ORGANIZATION = 'organization';
