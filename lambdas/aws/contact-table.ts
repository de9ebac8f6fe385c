import { GetCommand, PutCommand } from '@aws-sdk/lib-dynamodb';
import { type Contact, nobodyYet, valueOf } from '../core/contact.ts';
import type { Lead } from '../core/lead.ts';
import { keyOf, ROW_VERSION, table, unlessConditionFails } from './table.ts';

type Id = Pick<Lead, 'tenant' | 'lead_id'>;

/** A contact, and how often it was written: 0 for one of which nothing is known. */
export async function contactNow(
  tableName: string,
  { tenant, lead_id }: Id,
): Promise<{ contact: Contact; version: number }> {
  const Key = keyOf.contact(tenant, lead_id);
  const { Item } = await table.send(new GetCommand({ TableName: tableName, Key, ConsistentRead: true }));
  if (!Item) return { contact: nobodyYet, version: 0 };
  const { properties, life, version } = Item as Contact & { version: number };
  return { contact: { properties, life }, version };
}

/** Writes a contact over the version that it was made of; false where somebody wrote another one meanwhile. */
export async function saveContact(
  tableName: string,
  { tenant, lead_id }: Id,
  contact: Contact,
  version: number,
  at: string,
): Promise<boolean> {
  const Item = {
    ...keyOf.contact(tenant, lead_id),
    v: ROW_VERSION,
    tenant,
    lead_id,
    ...knownBy(contact),
    ...contact,
    version: version + 1,
    updatedAt: at,
  };
  const condition =
    version === 0
      ? { ConditionExpression: 'attribute_not_exists(PK)' }
      : { ConditionExpression: 'version = :version', ExpressionAttributeValues: { ':version': version } };
  return (
    (await unlessConditionFails(table.send(new PutCommand({ TableName: tableName, Item, ...condition })))) !== undefined
  );
}

/** What a contact is known by, beside all of its properties, for whoever looks into the table. */
function knownBy(contact: Contact) {
  const of = (name: string) => valueOf(contact, name);
  return {
    email: of('email'),
    first_name: of('firstname'),
    last_name: of('lastname'),
    phone: of('phone'),
    lifecycle_stage: of('lifecyclestage'),
    utm_source: of('utm_source'),
    utm_medium: of('utm_medium'),
    utm_campaign: of('utm_campaign'),
    owner_id: of('hubspot_owner_id'),
  };
}
