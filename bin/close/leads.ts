import { randomInt } from 'node:crypto';
import { owners, people, pick } from '../sample-people.ts';
import { closeId, createdDelivery } from './delivery.ts';
import { pythonJson } from './python-json.ts';

/** A lead that Close might send, and what the lookup bucket would know of it. */
export interface CloseLead {
  id: string;
  name: string;
  /** The delivery. */
  body: Buffer;
  /** The object of the lookup bucket; a lead without one is told as unassigned. */
  lookup: { lead_owner: string; [field: string]: string } | undefined;
  /** What Close's API says of it. */
  record: Record<string, unknown>;
}

interface CloseLeadOptions {
  /** How many; every fourth has no owner. */
  count: number;
  /** Marks them, so that the alert says TEST and no statistic counts them. */
  isTest?: boolean;
  /** Custom field that is the funnel: `cf_…`. */
  funnelField: string;
  tenant: string;
}

/** New leads of one organisation, each of another person. */
export function closeLeads({ count, isTest = false, funnelField, tenant }: CloseLeadOptions): CloseLead[] {
  const first = randomInt(people.length);
  // By it the stand-in for Close knows whose lead it is.
  const organization = `orga_${tenant}`;
  const subscription = closeId('whsub', 22);
  return Array.from({ length: count }, (_, index) => {
    const [name, address] = pick(people, first + index);
    const [label, funnel, owner] = [pick(labels, index), pick(funnels, index), pick(owners, first + index)];
    const id = closeId('lead', 43);
    const created = new Date();
    const custom = { [funnelField]: funnel, ...answersOf(index) };
    const delivery = createdDelivery(subscription, { id, organization, created, name, label, custom });
    const marked = isTest ? { lead_relay: { test: true }, ...delivery } : delivery;
    const email = `${address}@example.org`;
    const lookup = {
      lead_id: id,
      display_name: name,
      lead_email: email,
      lead_owner: owner,
      funnel,
      status_label: label,
      date_created: created.toISOString(),
    };
    const [contactId] = delivery.event.data.contact_ids;
    const record = { ...delivery.event.data, contacts: [{ id: contactId, name, emails: [{ type: 'office', email }] }] };
    return { id, name, body: Buffer.from(pythonJson(marked)), lookup: index % 4 === 3 ? undefined : lookup, record };
  });
}

const labels = ['Potential', 'Qualified', 'New', 'Interested'];
const funnels = ['Spring Webinar', 'Direct VSL', 'Referral Programme', 'Newsletter'];

/** What people answered, as custom fields: numbers come as strings, some hold junk, no lead has them all. */
const answersOf = (index: number) =>
  Object.fromEntries(
    Object.entries(answers)
      .filter((_, position) => (index + position) % 3 !== 0)
      .map(([field, values]) => [field, pick(values, index)]),
  );

const answers: Record<string, readonly string[]> = {
  cf_JHukP9d2Q7x9GqAONrvYsyZPRPTB3YVrd8FNrytULm8: ['As soon as possible', 'Within 3 months', 'Später, ab Herbst'],
  cf_o9EOtES0A8In9L4qeP8a749RrrjvuDyf7m4TIYVAWsK: ['150k-250k', 'under 50k', '> 1M'],
  cf_IrgdpYtm7icLYVgVe2luKRrGI5xXsdBCKL7z5sEtTXJ: ['Somewhat Technical', 'Not at all'],
  cf_Wdliv5pLvi89rA68CDtcsHLKeiIuwJp8fpHHaSIm5eJ: ['2', '14', '250'],
  cf_7ZWtXzOYPfLduhXb8fCM0m6L2KawUuubVHq12dKgvI9: ['_______________________'],
  cf_rCyWUZqqs1zp8gS8fk5GTPFgzLBCt6WQhmrSn9tnJMo: ['Central Time (US & Canada)', 'Europe/Berlin', 'São Paulo'],
};
