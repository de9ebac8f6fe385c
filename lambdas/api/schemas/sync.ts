import * as z from 'zod';
import { Time } from './answer.ts';

/** A comparison with the vendors that somebody asked for. */
export const SyncJob = z.object({
  id: z.uuid(),
  state: z.enum(['waiting', 'running', 'done', 'failed']),
  vendor: z.int().describe('Leads that the vendors have, of those that were compared'),
  ours: z.int().describe('How many of these are here'),
  missing: z.int().describe('Those that are still not here'),
  fetched: z.int().describe('Deliveries that no webhook had brought, and that were fetched'),
  said: z.string().nullable().describe('What people should know of it, such as why a vendor could not be asked'),
});
export type SyncJob = z.infer<typeof SyncJob>;

/** Whether all leads of an account are here that its vendor has. */
export const Completeness = z.object({
  source: z.string(),
  source_label: z.string(),
  account: z.string().nullable().describe('A page or a portal; null where the tenant has only one at the vendor'),
  account_name: z.string().nullable(),
  since: Time.nullable().describe('Leads made from then on are counted; null where nothing was compared yet'),
  vendor: z.int().describe('Leads that the vendor counts'),
  ours: z.int().describe('How many of these are here, or were erased here'),
  difference: z.int(),
  compared_until: Time.nullable().describe('Up to when the vendor was asked'),
  fetched: z.int().describe('Deliveries that no webhook had brought, and that were fetched'),
  last_fetched_at: Time.nullable(),
  trouble: z.string().nullable().describe('Why the vendor can not be asked just now'),
  trouble_since: Time.nullable(),
  webhook: z
    .enum(['active', 'woken', 'off'])
    .nullable()
    .describe('Whether the vendor posts to us; null where it does not say'),
  webhook_reason: z.string().nullable(),
});
export type Completeness = z.infer<typeof Completeness>;
