import * as z from 'zod';
import { isoUtc } from '../../core/dates.ts';
import type { SourceEvent } from '../../core/event.ts';
import { Broken, Rejected } from '../../core/failures.ts';
import { firstGiven, given } from '../../core/given.ts';
import { isUsableId } from '../../core/id.ts';
import { parseJson } from '../../core/json.ts';
import type { Answer, LeadFacts } from '../../core/lead.ts';
import type { FieldNames } from '../../core/source.ts';

/** Of a delivery only what we use; its times have no zone and are UTC, those inside `data` have one. */
const Delivery = z.object({
  /** Set by `npm run send -- --test`, under the signature like the rest. */
  lead_relay: z.object({ test: z.boolean() }).optional(),
  event: z.object({
    id: z.string(),
    date_created: z.string().optional(),
    date_updated: z.string().optional(),
    object_type: z.string(),
    object_id: z.string().nullish(),
    lead_id: z.string().nullish(),
    action: z.string(),
    data: z.record(z.string(), z.unknown()).nullish(),
  }),
});
type Delivery = z.infer<typeof Delivery>;

function read(body: Buffer): Delivery {
  const result = Delivery.safeParse(parseJson(body));
  if (!result.success) throw new Rejected(400, 'not a Close event');
  return result.data;
}

/** One event a delivery. */
export const parts = (body: Buffer): unknown[] => [parseJson(body)];

/** `crm_event_{lead_id}.json` for a new lead, with the event's id for every other event. */
export function nameOf(body: Buffer): string {
  const { event } = read(body);
  const subject = event.lead_id ?? event.object_id;
  if (!isUsableId(subject)) throw new Rejected(400, 'no usable lead_id');
  if (!isUsableId(event.id)) throw new Rejected(400, 'no usable event id');
  return typeOf(event) === 'lead.created' ? `crm_event_${subject}.json` : `crm_event_${subject}_${event.id}.json`;
}

/** The one event of a delivery. */
export function events(body: Buffer, fields: FieldNames): SourceEvent[] {
  const { event, lead_relay } = readStored(body);
  const occurredAt = isoUtc(event.date_created) ?? isoUtc(event.date_updated);
  const leadId = event.lead_id ?? (event.object_type === 'lead' ? event.object_id : undefined);
  const base = { id: event.id, type: typeOf(event), ...(occurredAt && { occurredAt }), ...(leadId && { leadId }) };
  if (event.object_type !== 'lead' || !leadId) return [{ ...base, effect: 'none' }];
  if (event.action === 'deleted') return [{ ...base, effect: 'deletion' }];
  const isNew = event.action === 'created';
  const data = event.data ?? {};
  // Nothing is known of a lead by an update that says nothing.
  if (!isNew && Object.keys(data).length === 0) return [{ ...base, effect: 'none' }];
  const asOf = isoUtc(data['date_updated']) ?? isoUtc(event.date_updated) ?? occurredAt;
  return [
    {
      ...base,
      effect: isNew ? 'new_lead' : 'update',
      facts: factsOf(data, { ...fields, createdAt: isNew ? occurredAt : null }),
      ...(asOf && { asOf }),
      isTest: lead_relay?.test ?? false,
    },
  ];
}

/** A delivery is one event, so of one about this lead nothing is left. */
export function without(body: Buffer, leadId: string): Buffer | null {
  const { event } = read(body);
  return [event.lead_id, event.object_id].includes(leadId) ? null : body;
}

const typeOf = (event: Delivery['event']) => `${event.object_type}.${event.action}`;

function readStored(body: Buffer): Delivery {
  try {
    return read(body);
  } catch (error) {
    throw new Broken(error instanceof Error ? error.message : 'not a Close event', { cause: error });
  }
}

/** A lead carries neither e-mail nor phone, only ids of its contacts; custom fields stand flat as `custom.cf_…`. */
function factsOf(data: Record<string, unknown>, fields: FieldNames & { createdAt: string | null }): LeadFacts {
  const custom = Object.entries(data).flatMap(([key, value]) =>
    key.startsWith('custom.') ? [{ field: key.slice('custom.'.length), value: textOf(value) }] : [],
  );
  return {
    display_name: firstGiven(data['display_name'], data['name']),
    status_label: given(data['status_label']),
    lifecycle_stage: null,
    date_created: isoUtc(data['date_created']) ?? fields.createdAt,
    lead_email: null,
    phone: null,
    company: null,
    funnel: custom.find(({ field }) => field === fields.funnel)?.value ?? null,
    utm: null,
    attribution: null,
    answers: custom.flatMap(({ field, value }): Answer[] =>
      value === null || field === fields.funnel ? [] : [{ question: nameFor(field, fields), answer: value }],
    ),
  };
}

const nameFor = (field: string, { names }: FieldNames) => (Object.hasOwn(names, field) ? given(names[field]) : null);

/** A field may hold several values. */
const textOf = (value: unknown): string | null =>
  Array.isArray(value) ? given(value.map(given).filter(Boolean).join(', ')) : given(value);
