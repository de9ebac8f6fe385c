import * as z from 'zod';
import { Time } from './answer.ts';
import { DeliveryName } from './delivery.ts';

/** Which deliveries are run again: named ones, or those stored in a time. */
export const ReplayRequest = z
  .strictObject({
    deliveries: z.array(DeliveryName).min(1).max(500).optional(),
    from: Time.optional(),
    to: Time.optional(),
    source: z.enum(['close', 'meta', 'hubspot']).optional(),
    tell: z.boolean().describe('Whether people are told of its leads once more'),
    dry_run: z.boolean().describe('Says what would change, and changes nothing'),
  })
  .refine(
    ({ deliveries, from, to, source }) =>
      deliveries === undefined
        ? from !== undefined && to !== undefined && from < to
        : from === undefined && to === undefined && source === undefined,
    { message: 'name deliveries, or a time from and to', path: ['deliveries'] },
  );
export type ReplayRequest = z.infer<typeof ReplayRequest>;

/** Long work that somebody asked for. */
export const Job = z.object({
  id: z.uuid(),
  kind: z.enum(['replay', 'redrive']),
  state: z.enum(['waiting', 'running', 'done', 'failed']),
  asked_by: z.string(),
  asked_at: Time,
  ended_at: Time.nullable(),
  counts: z.record(z.string(), z.int()),
  said: z.string().nullable(),
  listed: z
    .array(z.object({ what: z.string(), lead_id: z.string().nullable(), delivery: z.string() }))
    .describe('What would change, or leads that people may never have been told of'),
});
export type Job = z.infer<typeof Job>;

/** Messages of one queue that were given up for the same cause. */
export const DeadGroup = z.object({
  queue: z.string(),
  cause: z.string(),
  count: z.int(),
  oldest: Time,
  messages: z.array(
    z.object({ id: z.string(), sent_at: Time, lead_id: z.string().nullable(), deliveries: z.array(z.string()) }),
  ),
});
export type DeadGroup = z.infer<typeof DeadGroup>;

export const RedriveRequest = z.strictObject({
  queue: z.string().max(40).optional(),
  cause: z.string().max(1000).optional(),
  message: z.string().max(100).optional(),
});
export type RedriveRequest = z.infer<typeof RedriveRequest>;
