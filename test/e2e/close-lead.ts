import { createHmac, randomUUID } from 'node:crypto';
import type { LocalRun } from './local-run.ts';

/** In every personal field of the leads that tests send: nothing but stores and messages may ever show it. */
export const MARKER = 'Qx7Zp';

export interface CloseLead {
  id: string;
  name: string;
  body: string;
}

/** A new lead as Close sends it, with Python's spacing. `tell` makes its id and name easy to find. */
export function closeLead(
  tell = 'lead',
  changes: { event?: object; data?: object; envelope?: object } = {},
): CloseLead {
  const id = `lead_${tell}${randomUUID().replaceAll('-', '')}`;
  const name = `Zoë ${MARKER} Müller`;
  const at = new Date().toISOString().slice(0, -1);
  const event = {
    id: `ev_${randomUUID().replaceAll('-', '')}`,
    date_created: `${at}000`,
    date_updated: `${at}000`,
    object_type: 'lead',
    object_id: id,
    lead_id: id,
    action: 'created',
    changed_fields: [],
    data: {
      id,
      display_name: name,
      name: '',
      status_label: 'Potential',
      date_created: `${at}000+00:00`,
      date_updated: `${at}000+00:00`,
      contact_ids: [`cont_${MARKER}`],
      description: `${MARKER} called twice`,
      'custom.cf_JHukP9d2Q7x9GqAONrvYsyZPRPTB3YVrd8FNrytULm8': `As soon as ${MARKER}`,
      ...changes.data,
    },
    previous_data: {},
    ...changes.event,
  };
  return { id, name, body: python({ subscription_id: 'whsub_4byIn2Cu5YRvsAPMrljtT5', ...changes.envelope, event }) };
}

/** JSON with `", "` and `": "` between its parts, which a parse and a stringify would not bring back. */
export function python(value: unknown): string {
  if (Array.isArray(value)) return `[${value.map(python).join(', ')}]`;
  if (typeof value !== 'object' || value === null) return JSON.stringify(value);
  return `{${Object.entries(value)
    .map(([key, item]) => `${JSON.stringify(key)}: ${python(item)}`)
    .join(', ')}}`;
}

/** The headers with which Close signs a body. */
export function signed(body: string, hexKey: string, at = Date.now()): Record<string, string> {
  const timestamp = String(Math.floor(at / 1000));
  const hash = createHmac('sha256', Buffer.from(hexKey, 'hex'))
    .update(timestamp + body)
    .digest('hex');
  return { 'Content-Type': 'application/json', 'Close-Sig-Timestamp': timestamp, 'Close-Sig-Hash': hash };
}

/** Posts a lead with the key of the first tenant, or of another. */
export const postLead = (run: LocalRun, { body }: { body: string }, tenant = 0): Promise<Response> =>
  run.post('/webhooks/close', body, signed(body, run.settings.tenants[tenant]?.closeKey ?? ''));
