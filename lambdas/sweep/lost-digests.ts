import type { ChannelRecord } from '../core/channel.ts';
import { type DigestPlace, LONGEST_IMPORT } from '../core/digest.ts';
import type { Lead } from '../core/lead.ts';
import { isGivenUp, isOver } from '../core/rescue.ts';

export interface DigestLookPorts {
  /** How much time a digest is about: milliseconds. */
  digestTime: number;
  /** What came of telling a digest so far. */
  digestRecord: (place: DigestPlace) => Promise<ChannelRecord | undefined>;
}

/** The record of a lead that is told together with others. */
export type InDigest = ChannelRecord & { window: number };

/** Whether a lead is told together with others on a channel. */
export const isInDigest = (record: ChannelRecord): record is InDigest =>
  record.state === 'digest' && record.window !== undefined;

/** Whether nobody will tell the digest any more, or give its leads their records: its time is over, and it neither waits nor was given up. */
export async function isLostDigest(
  { tenant, isBulk = false }: Pick<Lead, 'tenant' | 'isBulk'>,
  { channel, window }: InDigest,
  { now, lostAfter }: { now: number; lostAfter: number },
  { digestTime, digestRecord }: DigestLookPorts,
): Promise<boolean> {
  // An import is told a quarter of an hour after its last stretch began, if not sooner.
  const end = isBulk ? (window + 2) * LONGEST_IMPORT : (window + 1) * digestTime;
  if (end + lostAfter > now) return false;
  const record = await digestRecord({ tenant, channel, window });
  return record === undefined || (!isGivenUp(record) && isOver([record.waitingUntil], now, lostAfter));
}
