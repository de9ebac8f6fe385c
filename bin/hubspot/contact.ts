import { companies, phoneOf, pick } from '../sample-people.ts';

/** A contact as HubSpot's API answers; a property that nobody filled is `null`. */
export interface Contact {
  id: string;
  properties: Record<string, string | null>;
  createdAt: string;
  updatedAt: string;
  archived: boolean;
}

interface ContactParts {
  id: string;
  created: Date;
  ownerId: string | null;
}

/** What HubSpot knows of a person who came in just now. No contact has every property. */
export function contactOf(
  [name, address]: readonly [name: string, address: string],
  index: number,
  { id, created, ownerId }: ContactParts,
): Contact {
  const at = created.toISOString();
  const [firstname = name, ...more] = name.split(' ');
  const properties = {
    hs_object_id: id,
    createdate: at,
    lastmodifieddate: at,
    email: `${address}@example.org`,
    firstname,
    lastname: more.join(' ') || null,
    phone: index % 5 === 4 ? null : phoneOf(index),
    company: pick(companies, index),
    lifecyclestage: pick(['lead', 'marketingqualifiedlead', 'customer', 'subscriber'], index),
    hs_lead_status: pick(['NEW', 'OPEN', null], index),
    hubspot_owner_id: ownerId,
    ...pick(origins, index),
  };
  return { id, properties, createdAt: at, updatedAt: at, archived: false };
}

/** How people came, and what they wrote in the form that brought them; an integration fills in less. */
const origins: Record<string, string>[] = [
  {
    hs_analytics_source: 'PAID_SOCIAL',
    recent_conversion_event_name: 'Pricing: Book a demo',
    utm_source: 'linkedin',
    utm_medium: 'paid',
    utm_campaign: 'spring-teams',
    message: 'We are eleven people and plan with spreadsheets. Can you call this week?',
  },
  {
    hs_analytics_source: 'ORGANIC_SEARCH',
    recent_conversion_event_name: 'Kontakt: Rückruf',
    message: 'Bitte nach 17 Uhr anrufen <3 & danke!',
  },
  { hs_analytics_source: 'OFFLINE' },
];
