import * as z from 'zod';
import { Time } from './answer.ts';

const outcomes = ['done', 'duplicate', 'not_for_us', 'broken', 'no_route', 'parked'] as const;

/** The name of a delivery in `source/`; never a path. */
export const DeliveryName = z.string().regex(/^[a-z]+_event_[A-Za-z0-9_-]{1,300}\.json$/);

/** One event of a delivery, and what became of it. */
export const DeliveryEvent = z.object({
  delivery: DeliveryName,
  at: Time.describe('When its outcome was found first'),
  source: z.string(),
  event: z.string().describe('The vendor’s own name for it'),
  event_id: z.string(),
  lead_id: z.string().nullable(),
  outcome: z.enum(outcomes),
  reason: z.string().nullable(),
  attempts: z.int().nullable().describe('How often it was tried; null where an earlier release kept it'),
  received: z.int().describe('How often its vendor sent it'),
  run_again_at: Time.nullable(),
});
export type DeliveryEvent = z.infer<typeof DeliveryEvent>;

export const DeliveriesQuery = z.strictObject({
  from: Time.optional(),
  to: Time.optional(),
  outcome: z.enum(outcomes).optional(),
  source: z.string().max(20).optional(),
  cursor: z.string().max(400).optional(),
  limit: z.coerce.number().int().min(1).max(200).default(50),
});
export type DeliveriesQuery = z.infer<typeof DeliveriesQuery>;

/** A stored delivery as its tenant may know it. */
export const Delivery = z.object({
  name: DeliveryName,
  source: z.string(),
  origin: z.string().nullable().describe('webhook, backfill or replay'),
  received_at: Time.nullable(),
  size: z.int().describe('Bytes, with what belongs to others'),
  events: z.array(DeliveryEvent),
  broken: z.string().nullable().describe('Why it can not be understood'),
  others: z.int().describe('Events of others, which are not shown'),
  body: z.unknown().describe('What the vendor sent; personal fields are covered until they are revealed'),
  is_masked: z.boolean(),
  reveals: z.array(z.object({ by: z.string(), at: Time })).describe('Who revealed it, the last first'),
});
export type Delivery = z.infer<typeof Delivery>;
