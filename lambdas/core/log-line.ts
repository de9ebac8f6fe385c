/** What a line may say: ids, outcomes and numbers, never what a person or a vendor wrote. */
export interface LogLine {
  step: 'ingest' | 'capture' | 'process' | 'erase' | 'api' | 'export' | 'replay' | 'sync' | 'sweep' | 'doctor';
  outcome: string;
  reason?: string | undefined;
  source?: string | undefined;
  tenant?: string | undefined;
  lead_id?: string | undefined;
  event_id?: string | undefined;
  raw_key?: string | undefined;
  correlation_id?: string | undefined;
  /** The pattern of a route, never what stood in it: `GET /api/leads/:id`. */
  route?: string | undefined;
  attempt?: number | undefined;
  ms?: number | undefined;
}
