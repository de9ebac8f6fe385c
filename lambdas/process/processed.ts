/** What came of a message. */
export interface Processed {
  outcome:
    | 'early'
    | 'repeat'
    | 'told'
    | 'told_again'
    | 'kept_again'
    | 'waiting'
    | 'gave_up'
    | 'gathered'
    | 'silent'
    | 'erased'
    | 'nothing';
  reason?: string;
  /** How many seconds past its time a lead is that must wait on. */
  overdue?: number;
  owner?: string;
  /** How many leads of a digest were told. */
  count?: number;
  /** Channels that refused for good. */
  refused?: string[];
  isTest?: boolean;
}
