import type { Erasure } from '../core/erasure.ts';
import type { Removed } from '../core/traces.ts';
import { eraseLead, type EraseLeadPorts } from './erase-lead.ts';

export interface ErasePorts extends EraseLeadPorts {
  now: () => number;
  /** How long a function may be at work with a lead: milliseconds. */
  longestWork: number;
  /** Sends a message again, held back until its `notBefore`. */
  sendAgain: (message: Erasure) => Promise<void>;
}

/** Erases a lead twice: the second time when whoever was at work with it has ended, and may have written something behind the first. */
export async function erase(message: Erasure, ports: ErasePorts): Promise<Removed | undefined> {
  if (message.notBefore !== undefined && Date.parse(message.notBefore) > ports.now()) {
    await ports.sendAgain(message);
    return undefined;
  }
  const removed = await eraseLead(message.erase, message.rawKeys ?? [], ports);
  if (message.isLast !== true) await ports.sendAgain(secondPass(message, removed.rawKeys, ports));
  return removed;
}

/** The second time. */
export const secondPass = (
  { v, erase: lead }: Erasure,
  rawKeys: string[],
  { now, longestWork }: Pick<ErasePorts, 'now' | 'longestWork'>,
): Erasure => ({
  v,
  erase: lead,
  rawKeys,
  isLast: true,
  notBefore: new Date(now() + 2 * longestWork).toISOString(),
});
