import { createHash } from 'node:crypto';
import * as z from 'zod';
import type { SourceEvent } from '../../core/event.ts';
import { Broken, Rejected } from '../../core/failures.ts';
import { isUsableId } from '../../core/id.ts';
import { parseJson } from '../../core/json.ts';

/** Ids come as strings or as numbers; an ad's is 0 or absent where there is none. */
const Id = z.union([z.string(), z.number()]).transform(String);

/** Of a delivery only what we use. What does not fit is for each change by itself to say, so that a bad one hurts no other. */
const Delivery = z.object({ object: z.string(), entry: z.array(z.record(z.string(), z.unknown()).catch({})) });
const Change = z.object({ field: z.string(), value: z.unknown().optional() });
const LeadGen = z.object({
  leadgen_id: Id,
  page_id: Id.nullish().catch(null),
  created_time: z.number().nullish().catch(null),
  /** Set by `npm run send -- meta --test`, under the signature like the rest. */
  lead_relay: z.object({ test: z.literal(true), record: z.record(z.string(), z.unknown()) }).optional(),
});

function read(body: Buffer): z.infer<typeof Delivery> {
  const result = Delivery.safeParse(parseJson(body));
  if (!result.success) throw new Rejected(400, 'not a delivery of Meta');
  return result.data;
}

/** `meta_event_{leadgen_id}.json` for a single lead, with the body's digest for everything else. */
export function nameOf(body: Buffer): string {
  const [event, ...more] = eventsOf(read(body));
  const isSingle = event?.effect === 'new_lead' && more.length === 0 && isUsableId(event.leadId);
  const id = isSingle ? event.leadId : createHash('sha256').update(body).digest('hex');
  return `meta_event_${id}.json`;
}

/** Each change with its entry. */
export function parts(body: Buffer): unknown[] {
  const { object, entry } = read(body);
  const changes = entry.flatMap((one) => changesOf(one).map((change) => ({ ...one, changes: [change] })));
  return changes.length > 0 ? changes : [{ object }];
}

/** The delivery without the changes about this lead, in whose places something empty stands; `null` where nothing is left. */
export function without(body: Buffer, leadId: string): Buffer | null {
  const { entry } = read(body);
  if (!entry.some((one) => changesOf(one).some((change) => isAbout(change, leadId)))) return body;
  const kept = entry.map((one) =>
    Array.isArray(one['changes'])
      ? { ...one, changes: changesOf(one).map((change) => (isAbout(change, leadId) ? {} : change)) }
      : one,
  );
  const isEmpty = kept.flatMap(changesOf).every((change) => JSON.stringify(change) === '{}');
  return isEmpty ? null : Buffer.from(JSON.stringify({ ...(parseJson(body) as object), entry: kept }));
}

/** An entry without changes is about something else, as one change that says nothing. */
const changesOf = ({ changes }: Record<string, unknown>): unknown[] => (Array.isArray(changes) ? changes : [undefined]);

const isAbout = (change: unknown, leadId: string) =>
  LeadGen.safeParse(Change.safeParse(change).data?.value).data?.leadgen_id === leadId;

/** One event a change, all of all entries. */
export function events(body: Buffer): SourceEvent[] {
  try {
    return eventsOf(read(body));
  } catch (error) {
    throw new Broken(error instanceof Error ? error.message : 'not a delivery of Meta', { cause: error });
  }
}

function eventsOf({ object, entry }: z.infer<typeof Delivery>): SourceEvent[] {
  const changes = entry.flatMap((one) => changesOf(one).map((change) => ({ page: one['id'], change })));
  const found = changes.length > 0 ? changes : [{ page: undefined, change: undefined }];
  return found.map(({ page, change }, index) => {
    const { data } = Change.safeParse(change);
    if (object !== 'page' || data?.field !== 'leadgen') {
      return { id: `change_${index}`, type: `${object}.${data?.field ?? 'unknown'}`, effect: 'none' };
    }
    return leadEvent(data.value, page);
  });
}

/** The id of a change that names no lead is empty: nothing can be made of it. */
function leadEvent(value: unknown, page: unknown): SourceEvent {
  const type = 'page.leadgen';
  const { data } = LeadGen.safeParse(value);
  if (!data) return { id: '', type, effect: 'new_lead' };
  const { leadgen_id: id, page_id, created_time, lead_relay } = data;
  const account = page_id || Id.safeParse(page).data || '';
  const occurredAt = created_time && isoOf(created_time);
  return {
    id,
    leadId: id,
    type,
    effect: 'new_lead',
    account,
    ...(occurredAt && { occurredAt }),
    ...(lead_relay && { isTest: true, record: JSON.stringify(lead_relay.record) }),
  };
}

/** Seconds since 1970; nothing where they lie outside what a date can be. */
function isoOf(seconds: number): string | undefined {
  const date = new Date(seconds * 1000);
  return Number.isNaN(date.getTime()) || date.getUTCFullYear() > 9999 || date.getUTCFullYear() < 1970
    ? undefined
    : date.toISOString();
}
