import type { ChannelRecord } from '../core/channel.ts';
import type { Lead } from '../core/lead.ts';
import type { Loss } from '../core/rescue.ts';

/** Something that was lost, and what was done about it: `found` where it was only looked for, `in_vain` where nothing more is tried. */
export interface Finding {
  loss: Loss;
  verdict: 'rescued' | 'found' | 'in_vain';
  /** How many leads or events it is. */
  count: number;
  tenant?: string | undefined;
  lead_id?: string | undefined;
  raw_key?: string | undefined;
  source?: string | undefined;
  /** When it was started again last: ISO 8601, UTC. */
  rescuedAt?: string | undefined;
}

/** What every part of a sweep has in common. */
export interface SweepTools {
  /** Milliseconds since 1970. */
  now: () => number;
  /** How long this function may still run: milliseconds. */
  timeLeft: () => number;
  /** After how long without a sign something is lost, unless a message says otherwise: milliseconds. */
  lostAfter: number;
  /** Only looks: nothing is claimed, sent or noted. */
  isDry: boolean;
  found: (finding: Finding) => void;
  /** A lead with what was told of it, as of this moment. */
  leadOf: (lead: Pick<Lead, 'tenant' | 'lead_id'>) => Promise<{ lead: Lead; channels: ChannelRecord[] } | undefined>;
  /** Messages that wait for their turn: deliveries and leads. */
  waiting: () => Promise<{ capture: number; owner: number }>;
}

/** What is left of the time when a sweep stops, so that the next message goes on: milliseconds. */
export const RESERVE = 30_000;

/** Behind so many messages something need not be lost because nobody has worked on it yet: it is looked at when there are fewer. */
export const BACKLOG = 100;
