import type { Contact } from '../../core/contact.ts';
import type { ListedLead } from '../../core/listing.ts';
import { objectIdOf } from './lead-id.ts';
import { watched } from './properties.ts';

/** What HubSpot would have posted of a new contact. Its event's id is none of HubSpot's, so that only the contact says whether it is known. */
export const creationOf = (lead: Pick<ListedLead, 'leadId' | 'createdAt'>, portal: string) =>
  itemOf(lead, portal, { subscriptionType: 'contact.creation', occurredAt: lead.createdAt, changeFlag: 'CREATED' });

/** What HubSpot would have posted of what changed in a contact since we heard of it. */
export function changesOf(lead: ListedLead, known: Contact, portal: string) {
  const { changedAt, properties = {} } = lead;
  if (changedAt === undefined) return [];
  return watched.flatMap((propertyName) => {
    const propertyValue = Object.hasOwn(properties, propertyName) ? (properties[propertyName] ?? '') : undefined;
    const { value, at } = knownOf(known, propertyName);
    if (propertyValue === undefined || propertyValue === value || at >= changedAt) return [];
    const change = { subscriptionType: 'contact.propertyChange', occurredAt: changedAt, propertyName, propertyValue };
    return [itemOf(lead, portal, change)];
  });
}

/** A property that nobody told of has no value, since ever. */
const knownOf = ({ properties }: Contact, name: string): { value: string; at: number } =>
  (Object.hasOwn(properties, name) ? properties[name] : undefined) ?? { value: '', at: -1 };

const itemOf = (
  { leadId }: Pick<ListedLead, 'leadId'>,
  portal: string,
  event: { subscriptionType: string; occurredAt: number; [more: string]: unknown },
) => ({
  eventId: 0,
  portalId: idOf(portal),
  objectId: idOf(objectIdOf(leadId)),
  attemptNumber: 0,
  changeSource: 'LEAD_RELAY',
  ...event,
});

/** A number, as HubSpot writes it, where that is exact. */
const idOf = (digits: string): number | string => (Number.isSafeInteger(Number(digits)) ? Number(digits) : digits);
