import type { Finding } from './finding.ts';

/** A lead that the doctor made up, and that was taken. */
export interface SentLead {
  tenant: string;
  source: string;
  lead_id: string;
  /** Milliseconds since 1970. */
  sentAt: number;
}

/** What the doctor keeps of its last examination of a tenant; of the stage as a whole under nobody. */
export interface Report {
  /** ISO 8601, UTC. */
  at: string;
  findings: Finding[];
  /** Leads that it made up, and of which it has not seen the end. */
  leads: SentLead[];
}
