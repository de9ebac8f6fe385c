import { randomInt } from 'node:crypto';
import type { Account } from '../../lambdas/core/account.ts';
import { leadIdOf } from '../../lambdas/sources/hubspot/lead-id.ts';
import { owners, people, pick } from '../sample-people.ts';
import { type Contact, contactOf } from './contact.ts';

/** An owner as HubSpot's API answers; a contact names it by `id`, not by `userId`. */
export interface HubspotOwner {
  id: string;
  email: string;
  firstName: string;
  lastName: string;
  userId: number;
}

/** A contact that HubSpot might announce, and what its API says of it. */
export interface HubspotLead {
  /** `{portal}_{contact}`. */
  id: string;
  name: string;
  portal: Account;
  contact: Contact;
  owner: HubspotOwner | undefined;
  created: Date;
}

interface HubspotLeadOptions {
  /** How many; every fourth has no owner. */
  count: number;
  /** The contact of a test comes along with the event, but an owner does not: then none has one. */
  isTest: boolean;
}

/** New contacts of these portals in turns, each another person. */
export function hubspotLeads(portals: [Account, ...Account[]], { count, isTest }: HubspotLeadOptions): HubspotLead[] {
  const first = randomInt(people.length);
  return Array.from({ length: count }, (_, index) => {
    const person = pick(people, first + index);
    const portal = pick(portals, index);
    const owner = isTest || index % 4 === 3 ? undefined : pick(hubspotOwners, first + index);
    const [objectId, created] = [String(randomInt(100_000_000_000, 1_000_000_000_000)), new Date()];
    const contact = contactOf(person, index, { id: objectId, created, ownerId: owner?.id ?? null });
    return { id: leadIdOf(portal.id, objectId), name: person[0], portal, contact, owner, created };
  });
}

const hubspotOwners = owners.map((name, index): HubspotOwner => {
  const [firstName = '', lastName = ''] = name.split(' ');
  const email = `${name.normalize('NFD').replaceAll(/\p{M}/gu, '').replace(' ', '.').toLowerCase()}@example.org`;
  return { id: String(41_629_701 + index), email, firstName, lastName, userId: 52_530_071 + index };
});
