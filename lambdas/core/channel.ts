import type { Alert } from './alert.ts';
import type { EnrichedLead } from './lead.ts';

/** One way of telling people of a lead. */
export interface Channel {
  id: string;
  /** Tells them and returns the receipt. Throws `Later` where the channel can't now, `Refused` where it never will. */
  send(alert: Alert, lead: EnrichedLead): Promise<string>;
}

/** What came of telling a lead on one channel. */
export interface ChannelRecord {
  channel: string;
  state: 'leased' | 'waiting' | 'told' | 'refused';
  /** Until when somebody is sending: milliseconds since 1970. */
  leasedUntil?: number;
  attempts: number;
}
