import type { Alert } from './alert.ts';

/** What an alert is about: a lead, or a digest of many, whose id begins with `digest_`. */
export interface About {
  tenant: string;
  lead_id: string;
  source: string;
  category: string;
}

/** One way of telling people of a lead. */
export interface Channel {
  id: string;
  /** Tells them and returns the receipt. Throws `Later` where the channel can't now, `Refused` where it never will. */
  send(alert: Alert, about: About): Promise<string>;
}

/** What came of telling a lead on one channel; `digest` is told together with others. */
export interface ChannelRecord {
  channel: string;
  state: 'leased' | 'waiting' | 'told' | 'refused' | 'digest';
  /** Which digest it is in. */
  window?: number;
  /** Until when somebody is sending: milliseconds since 1970. */
  leasedUntil?: number;
  attempts: number;
  /** Of the record of a digest: until when its message is held back, and when and why it was given up. ISO 8601, UTC. */
  waitingUntil?: string;
  gaveUp?: { at: string; reason: string };
}
