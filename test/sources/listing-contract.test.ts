import { describe, expect, it } from '@jest/globals';
import type { SourceEvent } from '../../lambdas/core/event.ts';
import type { ListedLead, Listing } from '../../lambdas/core/listing.ts';
import type { Source } from '../../lambdas/core/source.ts';
import { listings, subscriptions } from '../../lambdas/sources/listings.ts';
import { sources } from '../../lambdas/sources/registry.ts';
import { searchIn } from '../fixtures/hubspot-search.ts';
import { everyPage, json, vendor } from '../fixtures/listing-world.ts';
import { deliveriesOf } from '../fixtures/source-fixture.ts';

const fields = { names: {} };
const window = { from: 0, to: Date.parse('2100-01-01T00:00:00Z') };
const sourceOf = (id: string): Source => {
  const source = Object.values<Source>(sources).find((one) => one.id === id);
  if (!source) throw new Error(`there is no source ${id}`);
  return source;
};

/** A new lead that a vendor posted, and the delivery it came in. */
interface PostedLead {
  body: Buffer;
  event: SourceEvent & { leadId: string };
  isSingle: boolean;
}

/** The new leads in the deliveries that were really posted. */
const postedBy = (source: Source): PostedLead[] =>
  deliveriesOf(source.id).flatMap(({ body }) => {
    const events = source.events(body, fields);
    return events.flatMap((event) =>
      event.effect === 'new_lead' && event.leadId !== undefined
        ? [{ body, event: { ...event, leadId: event.leadId }, isSingle: events.length === 1 }]
        : [],
    );
  });

/** The vendors' lists with such leads in them. */
const lists: Record<string, (leads: PostedLead[]) => ReturnType<typeof vendor>> = {
  close: (leads) =>
    vendor(() => json({ data: leads.map(({ body }) => (JSON.parse(body.toString()) as { event: unknown }).event) })),
  meta: (leads) =>
    vendor(
      ({ path }) =>
        path.endsWith('leadgen_forms')
          ? json({ data: [{ id: '9114' }] })
          : json({ data: leads.map(({ event }) => ({ id: event.leadId, created_time: event.occurredAt })) }),
      leads[0]?.event.account,
    ),
  hubspot: (leads) =>
    vendor((asked) => {
      const contacts = leads.map(({ event: { objectId = '', occurredAt = '' } }) => ({
        id: objectId,
        properties: { createdate: occurredAt, lastmodifieddate: occurredAt },
      }));
      return searchIn(contacts, asked);
    }, leads[0]?.event.account),
};

it('every list and every subscription is that of a source', () => {
  for (const id of [...Object.keys(listings), ...Object.keys(subscriptions)]) expect(sourceOf(id).id).toBe(id);
  expect(Object.keys(listings).toSorted()).toEqual(Object.keys(lists).toSorted());
});

describe.each(Object.entries<Listing>(listings))('%s', (id, listing) => {
  const source = sourceOf(id);
  const all = postedBy(source);
  // One page or portal is listed at a time.
  const posted = all.filter(({ event }) => event.account === all[0]?.event.account);
  const list = async () => {
    const { api } = lists[id]?.(posted) ?? vendor(() => new Error('no list'));
    return { api, leads: (await everyPage(listing, window, api)).leads };
  };
  const deliveries = (leads: ListedLead[], account: string) =>
    Array.from({ length: Math.ceil(leads.length / listing.together) }, (_, index) =>
      listing.delivery(leads.slice(index * listing.together, (index + 1) * listing.together), account),
    );

  it('has new leads to test it with, and lists each of them once', async () => {
    const { leads } = await list();
    expect(leads.length).toBeGreaterThan(0);
    expect(leads.map(({ leadId }) => leadId).toSorted()).toEqual(
      [...new Set(posted.map(({ event }) => event.leadId))].toSorted(),
    );
  });

  it('makes deliveries that its source understands as new leads of this account', async () => {
    const { api, leads } = await list();
    const events = deliveries(leads, api.account).flatMap((body) => source.events(body, fields));
    expect(events.map(({ leadId, effect }) => [leadId, effect])).toEqual(
      leads.map(({ leadId }) => [leadId, 'new_lead']),
    );
    for (const { account } of events) expect(account).toBe(source.account && api.account);
  });

  it('says of each lead when it was made, as the vendor’s own event does', async () => {
    const { leads } = await list();
    for (const { leadId, createdAt } of leads) {
      const own = posted.find(({ event }) => event.leadId === leadId)?.event.occurredAt ?? '';
      expect(Math.abs(createdAt - Date.parse(own))).toBeLessThan(1000);
    }
  });

  it('makes the same delivery of the same leads each time, under a name that may be a key', async () => {
    const { api, leads } = await list();
    const names = [1, 2].map(() => deliveries(leads, api.account).map((body) => source.nameOf(body)));
    expect(names[0]).toEqual(names[1]);
    for (const name of names.flat()) expect(name).toMatch(/^[a-z]+_event_[A-Za-z0-9_-]+\.json$/);
  });

  it('names a lead’s delivery as the vendor’s own one is named, where that is by its lead', async () => {
    const { api, leads } = await list();
    const single = posted.filter(({ isSingle, event, body }) => isSingle && source.nameOf(body).includes(event.leadId));
    for (const { body, event } of single) {
      const lead = leads.find(({ leadId }) => leadId === event.leadId);
      expect(source.nameOf(listing.delivery(lead ? [lead] : [], api.account))).toBe(source.nameOf(body));
    }
    // HubSpot's deliveries have no names but their digests.
    expect(single.length > 0).toBe(id !== 'hubspot');
  });
});
