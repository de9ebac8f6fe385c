/** What the console says, typed. The shapes are those of the design, written down again on purpose: they are a public contract. */
export interface LocalSettings {
  publicUrl: string;
  aws: string;
  bucket: string;
  lookupBucket: string;
  table: string;
  secrets: {
    close: { signatureKey: string };
    meta: { appSecret: string; verifyToken: string };
    hubspot: { clientSecret: string };
  };
  tenants: { tenant: string; closeKey: string; metaPages: string[]; hubspotPortals: string[]; users: string[] }[];
}

export interface InboxMessage {
  channel: 'slack' | 'email' | 'alarm' | 'topic';
  to: string;
  at: string;
  lead_id: string | null;
  text: string;
  payload: Record<string, unknown>;
}

export interface QueueStatus {
  name: string;
  visible: number;
  delayed: number;
  inFlight: number;
}

export interface OutcomeRow {
  source: string;
  event: string;
  lead_id: string | null;
  outcome: string;
  reason: string | null;
  at: string;
}

export interface AlarmStatus {
  name: string;
  state: 'OK' | 'ALARM' | 'INSUFFICIENT_DATA';
  reason: string;
  since: string;
}

export interface Fault {
  status?: number;
  headers?: Record<string, string>;
  body?: string;
  delayMs?: number;
  hang?: boolean;
  times?: number;
}

export type FaultTarget =
  | 'webhooks'
  | 'slack'
  | 'graph'
  | 'hubspot'
  | 'close'
  | 's3'
  | 'sqs'
  | 'sns'
  | 'dynamodb'
  | 'secretsmanager'
  | 'announcements';

export interface Console {
  readSettings(): Promise<LocalSettings>;
  inbox(): Promise<InboxMessage[]>;
  clearInbox(): Promise<void>;
  queues(): Promise<QueueStatus[]>;
  outcomes(leadId?: string): Promise<OutcomeRow[]>;
  alarms(): Promise<AlarmStatus[]>;
  /** Makes the functions' next calls to a service go wrong. */
  fault(target: FaultTarget, fault: Fault): Promise<void>;
  endFault(target: FaultTarget): Promise<void>;
  /** Sets what a vendor answers at a path. */
  vendor(
    vendor: 'graph' | 'hubspot' | 'close',
    path: string,
    answer: { status?: number; headers?: Record<string, string>; json: unknown },
  ): Promise<void>;
  /** Kills the worker that makes the n-th call from now whose path or body contains the text. */
  crash(text: string, after: number): Promise<void>;
}

/** The console of the run at an address. */
export function consoleAt(url: string): Console {
  const call = async (method: string, path: string, body?: unknown): Promise<unknown> => {
    const init =
      body === undefined
        ? { method }
        : { method, body: JSON.stringify(body), headers: { 'content-type': 'application/json' } };
    const response = await fetch(`${url}/local/${path}`, init);
    const text = await response.text();
    if (!response.ok) throw new Error(`${method} /local/${path}: ${response.status} ${text}`);
    return JSON.parse(text);
  };
  return {
    readSettings: async () => (await call('GET', 'settings')) as LocalSettings,
    inbox: async () => ((await call('GET', 'inbox')) as { messages: InboxMessage[] }).messages,
    clearInbox: async () => void (await call('DELETE', 'inbox')),
    queues: async () => ((await call('GET', 'queues')) as { queues: QueueStatus[] }).queues,
    outcomes: async (leadId) =>
      (
        (await call('GET', `outcomes${leadId === undefined ? '' : `?lead_id=${encodeURIComponent(leadId)}`}`)) as {
          outcomes: OutcomeRow[];
        }
      ).outcomes,
    alarms: async () => ((await call('GET', 'alarms')) as { alarms: AlarmStatus[] }).alarms,
    fault: async (target, fault) => void (await call('PUT', `faults/${target}`, fault)),
    endFault: async (target) => void (await call('DELETE', `faults/${target}`)),
    vendor: async (vendor, path, answer) => void (await call('PUT', `vendors/${vendor}/${path}`, answer)),
    crash: async (text, after) => void (await call('PUT', `crashes/${encodeURIComponent(text)}`, { after })),
  };
}
