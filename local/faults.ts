import { setTimeout as wait } from 'node:timers/promises';
import type { FastifyReply, FastifyRequest } from 'fastify';
import * as z from 'zod';

/** What a fault can be put on: the sender's way in, the vendors, the services, and what S3 says of new objects, which is lost then. */
export const faultTargets = [
  'webhooks',
  'slack',
  'graph',
  'hubspot',
  'close',
  's3',
  'sqs',
  'sns',
  'dynamodb',
  'secretsmanager',
  'announcements',
] as const;
export type FaultTarget = (typeof faultTargets)[number];

export const FaultBody = z
  .strictObject({
    status: z.int().min(100).max(599).optional(),
    headers: z.record(z.string(), z.string()).default({}),
    body: z.string().optional(),
    delayMs: z.number().min(0).optional(),
    hang: z.boolean().optional(),
    /** How many calls go so; until it is deleted where this is absent. */
    times: z.int().positive().optional(),
  })
  .refine(({ status, delayMs, hang }) => status !== undefined || delayMs !== undefined || hang === true, {
    error: 'A fault needs one of "status", "delayMs" and "hang".',
  });
export type Fault = z.output<typeof FaultBody>;

/** How the next calls to each service shall go. */
export class Faults {
  readonly #faults = new Map<FaultTarget, Fault>();

  set(target: FaultTarget, fault: Fault) {
    this.#faults.set(target, { ...fault });
  }

  clear(target: FaultTarget) {
    this.#faults.delete(target);
  }

  /** The fault that this call meets, if any; it is counted. */
  next(target: FaultTarget): Fault | undefined {
    const fault = this.#faults.get(target);
    if (!fault?.times) return fault;
    fault.times -= 1;
    if (fault.times === 0) this.#faults.delete(target);
    return fault;
  }
}

/** Takes the time that a fault takes. False where the caller has gone meanwhile: then the call is not carried out. */
export async function takeTime({ hang, delayMs = 0 }: Fault, { raw }: FastifyRequest): Promise<boolean> {
  const { promise: gone, resolve } = Promise.withResolvers<boolean>();
  const leave = () => resolve(false);
  raw.socket.once('close', leave);
  const isThere = await (hang ? gone : Promise.race([gone, wait(delayMs, true)]));
  raw.socket.off('close', leave);
  return isThere;
}

/** Lets a call to something other than an AWS service meet its fault. True where that was the answer. */
export async function meetsFault(
  faults: Pick<Faults, 'next'>,
  target: FaultTarget,
  request: FastifyRequest,
  reply: FastifyReply,
): Promise<boolean> {
  const fault = faults.next(target);
  if (!fault) return false;
  if (!(await takeTime(fault, request))) return Boolean(reply.hijack());
  if (fault.status === undefined) return false;
  reply
    .status(fault.status)
    .headers(fault.headers)
    .send(fault.body ?? '');
  return true;
}
