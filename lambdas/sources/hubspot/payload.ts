import { createHash } from 'node:crypto';
import * as z from 'zod';
import type { LifeState } from '../../core/contact.ts';
import type { SourceEvent } from '../../core/event.ts';
import { Broken, Rejected } from '../../core/failures.ts';
import { parseJson } from '../../core/json.ts';
import { leadIdOf } from './lead-id.ts';

/** Ids are numbers; digits as a text are the same id. */
const Id = z.union([z.int().min(0), z.string().regex(/^\d{1,32}$/)]).transform(String);
/** From 1970 to 9999. */
const Milliseconds = z.int().min(0).max(253_402_300_799_999);

/** What stands in an item, and under which name (https://developers.hubspot.com/docs/api-reference/webhooks-webhooks-v3/guide). */
const Item = z.object({
  eventId: Id,
  portalId: Id,
  objectId: Id.optional(),
  occurredAt: Milliseconds,
  subscriptionType: z.string().min(1).max(100),
  /** Of `object.…`: contacts are `0-1`. */
  objectTypeId: z.string().max(50).optional(),
  propertyName: z.string().min(1).max(200).optional(),
  propertyValue: z.union([z.string(), z.number(), z.boolean()]).nullish().catch(undefined),
  isSensitive: z.boolean().optional().catch(undefined),
  changeSource: z.string().optional().catch(undefined),
  primaryObjectId: Id.optional(),
  mergedObjectIds: z.array(Id).optional(),
  newObjectId: Id.nullish(),
  /** Set by `npm run send -- hubspot --test`, under the signature like the rest. */
  lead_relay: z.object({ test: z.literal(true), record: z.record(z.string(), z.unknown()) }).optional(),
});
type Item = z.infer<typeof Item>;

/** What is left of an item that was erased: how many events it was, so that the others keep their places. */
const Erased = z.strictObject({ erased: z.int().min(1) });

function read(body: Buffer): unknown[] {
  const content = parseJson(body);
  if (Array.isArray(content) && content.length > 0) return content;
  throw new Rejected(400, 'not a delivery of HubSpot');
}

/** `hubspot_event_{sha256 of the body}.json`. */
export function nameOf(body: Buffer): string {
  read(body);
  return `hubspot_event_${createHash('sha256').update(body).digest('hex')}.json`;
}

/** One event an item; a merge is one for each contact that it touches. */
export function events(body: Buffer): SourceEvent[] {
  try {
    return read(body).flatMap(eventsOf);
  } catch (error) {
    throw new Broken(error instanceof Error ? error.message : 'not a delivery of HubSpot', { cause: error });
  }
}

/** Each item, as often as it is an event. */
export const parts = (body: Buffer): unknown[] =>
  read(body).flatMap((item, index) => eventsOf(item, index).map(() => item));

/** The delivery without the items about this lead; `null` where nothing is left of it. */
export function without(body: Buffer, leadId: string): Buffer | null {
  const items = read(body);
  const kept = items.map((item, index) => {
    const told = eventsOf(item, index);
    return told.some((event) => event.leadId === leadId) ? { erased: told.length } : item;
  });
  if (kept.every((item, index) => item === items[index])) return body;
  const isEmpty = kept.every((item) => Erased.safeParse(item).success);
  return isEmpty ? null : Buffer.from(JSON.stringify(kept));
}

function eventsOf(content: unknown, index: number): SourceEvent[] {
  const { data: erased } = Erased.safeParse(content);
  if (erased)
    return Array.from({ length: erased.erased }, (_, at) => ({
      id: `erased_${index}_${at}`,
      type: 'erased',
      effect: 'none',
    }));
  const { data: item } = Item.safeParse(content);
  // The id of what can't be read is empty: nothing can be made of it.
  if (!item) return [{ id: '', type: 'unreadable', effect: 'new_lead' }];
  const kind = kindOf(item);
  const [, what = ''] = /^contact\.(\w+)$/.exec(kind) ?? [];
  if (what === 'merge') return mergesOf(item, kind);
  const effect = Object.hasOwn(effects, what) ? effects[what as keyof typeof effects] : undefined;
  if (!effect) return [{ id: identityOf(item, kind, item.objectId), type: item.subscriptionType, effect: 'none' }];
  const isChange = effect === 'update';
  if (item.objectId === undefined || (isChange && item.propertyName === undefined))
    return [{ id: '', type: item.subscriptionType, effect }];
  const { lead_relay } = item;
  const state = lives[effect];
  return [
    {
      ...base(item, kind, item.objectId),
      effect,
      change: { properties: isChange ? propertyOf(item) : {}, ...(state && { life: { state } }) },
      ...(effect === 'new_lead' && isBulk(item) && { isBulk: true }),
      ...(effect === 'new_lead' && lead_relay && { isTest: true, record: JSON.stringify(lead_relay.record) }),
    },
  ];
}

const effects = {
  creation: 'new_lead',
  propertyChange: 'update',
  deletion: 'deletion',
  restore: 'restore',
  privacyDeletion: 'erasure',
} as const;

const lives: Partial<Record<SourceEvent['effect'], LifeState>> = {
  new_lead: 'created',
  deletion: 'deleted',
  restore: 'restored',
};

/** `contact.creation` for the old and the new name of it; what is about other objects keeps their type beside its name. */
function kindOf({ subscriptionType, objectTypeId }: Item): string {
  const [, what] = /^object\.(\w+)$/.exec(subscriptionType) ?? [];
  if (what === undefined) return subscriptionType;
  return objectTypeId === '0-1' ? `contact.${what}` : `${subscriptionType} of ${objectTypeId}`;
}

/** The same for each repeat, which counts up `attemptNumber` only; `eventId` alone is not unique. */
const identityOf = ({ portalId, propertyName = '', eventId, occurredAt }: Item, kind: string, objectId = '') =>
  createHash('sha256')
    .update(JSON.stringify([portalId, kind, objectId, propertyName, eventId, occurredAt]))
    .digest('hex');

/** What each event says of the contact with this id. */
const base = (item: Item, kind: string, objectId: string) => ({
  id: identityOf(item, kind, objectId),
  type: item.subscriptionType,
  occurredAt: new Date(item.occurredAt).toISOString(),
  leadId: leadIdOf(item.portalId, objectId),
  objectId,
  account: item.portalId,
});

/** Every contact that went into another one, and that other one, whose properties must be read anew. */
function mergesOf(item: Item, kind: string): SourceEvent[] {
  const { portalId, objectId, primaryObjectId, mergedObjectIds = [], newObjectId, subscriptionType: type } = item;
  const winner = newObjectId ?? primaryObjectId ?? objectId;
  if (winner === undefined) return [{ id: '', type, effect: 'merge' }];
  const others = [...mergedObjectIds, primaryObjectId, objectId].filter((id) => id !== undefined && id !== winner);
  const into = leadIdOf(portalId, winner);
  return [
    { ...base(item, kind, winner), effect: 'merge', change: { properties: {} }, isRead: true },
    ...[...new Set(others)].map((id): SourceEvent => ({
      ...base(item, kind, id ?? ''),
      effect: 'merge',
      change: { properties: {}, life: { state: 'merged', into } },
    })),
  ];
}

/** What HubSpot holds back for being sensitive is no value. */
function propertyOf({ propertyName = '', propertyValue, isSensitive }: Item): Record<string, string> {
  const isHidden = isSensitive === true || propertyValue === 'REDACTED' || propertyValue === undefined;
  return isHidden ? {} : { [propertyName]: String(propertyValue ?? '') };
}

/** `IMPORT`, `CRM_UI_BULK_ACTION`. */
const isBulk = ({ changeSource = '' }: Item) => /(^|_)(IMPORT|BULK)(_|$)/.test(changeSource);
