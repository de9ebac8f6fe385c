import * as z from 'zod';
import { Again } from './again.ts';

const wait = {
  v: z.literal(1),
  /** Not to be worked on before. */
  notBefore: z.iso.datetime(),
  /** Since when it waits for a channel or a vendor; absent while nothing has failed. */
  since: z.iso.datetime().optional(),
  /** The moments reserved for it on channels with a pace. */
  slots: z.record(z.string(), z.number()).optional(),
};

/** A lead in its wait. Times are ISO 8601 in UTC, slots milliseconds since 1970. */
export const OwnerMessage = z.object({
  ...wait,
  tenant: z.string(),
  lead_id: z.string(),
  /** For the log: which source it came from, and which request brought it. */
  source: z.string().optional(),
  correlation_id: z.string().optional(),
  /** Of many at once: waits in the lane of its own, so that it holds up no other. */
  bulk: z.boolean().optional(),
  /** Was told, or kept from people, and its delivery is run again. */
  again: Again.optional(),
});
export type OwnerMessage = z.infer<typeof OwnerMessage>;

const Place = z.object({ tenant: z.string(), channel: z.string(), window: z.int().min(0) });

/** A digest that is told when its time is over, or its import has come to its end. */
export const DigestMessage = z.object({
  ...wait,
  digest: Place,
  /** When it was to be told first. */
  dueAt: z.iso.datetime(),
  /** How many leads of an import it had at the last look: it is told once there are no more. */
  seen: z.int().min(0).optional(),
});
export type DigestMessage = z.infer<typeof DigestMessage>;

/** Leads of a digest that was told, or refused, each of which gets its record. */
export const SettleMessage = z.object({
  v: z.literal(1),
  settle: Place.extend({ part: z.int().min(0), state: z.enum(['told', 'refused']), detail: z.string() }),
  bulk: z.literal(true),
});
export type SettleMessage = z.infer<typeof SettleMessage>;

export const ProcessMessage = z.union([OwnerMessage, DigestMessage, SettleMessage]);
export type ProcessMessage = z.infer<typeof ProcessMessage>;
