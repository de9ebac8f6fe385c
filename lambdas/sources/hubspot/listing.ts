import * as z from 'zod';
import { Gone, Later } from '../../core/failures.ts';
import { given } from '../../core/given.ts';
import { jsonIn } from '../../core/json.ts';
import type { ListedLead, Listing, ListingApi, Window } from '../../core/listing.ts';
import { call } from './api.ts';
import { changesOf, creationOf } from './backfill.ts';
import { leadIdOf } from './lead-id.ts';
import { type Place, placeIn, textOf } from './list-place.ts';
import { standard } from './properties.ts';
import { timeOf } from './time.ts';

/** As many as come in one delivery; HubSpot gives up to 200. */
const LIMIT = 100;

const Found = z.object({
  id: z.string().regex(/^\d{1,32}$/),
  properties: z.record(z.string(), z.unknown()),
  createdAt: z.unknown().optional(),
  updatedAt: z.unknown().optional(),
});
const Answer = z.object({
  results: z.array(Found.nullable().catch(null)),
  paging: z
    .object({ next: z.object({ after: z.unknown() }) })
    .nullish()
    .catch(undefined),
});

/**
 * The contacts of a portal that were made or changed: a new one was changed when it was made. HubSpot's own cursors are places in a list
 * that moves while it is read, and end after 10,000; so each request begins where the answer before it ended, by date
 * (https://developers.hubspot.com/docs/api-reference/search/guide).
 */
export const listing: Listing = {
  together: 100,

  async page(window, cursor, api) {
    const place: Place = cursor === undefined ? { from: window.from, seen: [] } : placeIn(cursor);
    const { results, paging } = await search(place, window, api);
    const found = results.filter((one) => one !== null).map((one) => leadIn(one, window, api.account));
    const next = paging ? placeAfter(place, found) : placeAtEnd(place);
    // Those of a moment that one answer does not hold are all read by their ids, these among them.
    const isRead = next?.afterId === undefined || place.afterId !== undefined;
    const leads = isRead ? found.filter((one) => isMeant(one, place, window)) : [];
    return {
      leads: [...new Map(leads.map(({ lead }) => [lead.leadId, lead])).values()],
      ...(next && next.from < window.to && { cursor: textOf(next) }),
    };
  },

  delivery: (leads) => Buffer.from(JSON.stringify(leads.map(({ posted }) => posted))),

  changed(lead, known, account) {
    const changes = changesOf(lead, known, account);
    return changes.length > 0 ? Buffer.from(JSON.stringify(changes)) : undefined;
  },
};

async function search({ from, afterId }: Place, { to }: Window, api: ListingApi) {
  const changed = [
    { propertyName: 'lastmodifieddate', operator: 'GTE', value: String(from) },
    { propertyName: 'lastmodifieddate', operator: 'LT', value: String(afterId === undefined ? to : from + 1) },
  ];
  const beyond = { propertyName: 'hs_object_id', operator: 'GT', value: afterId };
  const answer = await call('crm/v3/objects/contacts/search', api, {
    filterGroups: [{ filters: afterId === undefined ? changed : [...changed, beyond] }],
    sorts: [{ propertyName: afterId === undefined ? 'lastmodifieddate' : 'hs_object_id', direction: 'ASCENDING' }],
    properties: standard,
    limit: LIMIT,
  }).catch((error: unknown) => {
    throw error instanceof Gone ? new Later(error.message) : error;
  });
  const { data } = Answer.safeParse(jsonIn(answer));
  if (!data) throw new Later('HubSpot API: no list of contacts');
  return data;
}

interface FoundLead {
  id: string;
  lead: ListedLead;
}

function leadIn(found: z.infer<typeof Found>, { to }: Window, portal: string): FoundLead {
  const { id, properties } = found;
  const changedAt = earliest(properties['lastmodifieddate'], found.updatedAt);
  // Of what can't be read it is only known that HubSpot has it in this window.
  const createdAt = earliest(properties['createdate'], found.createdAt) ?? changedAt ?? to - 1;
  const lead = { leadId: leadIdOf(portal, id), createdAt, ...(changedAt !== undefined && { changedAt }) };
  return { id, lead: { ...lead, posted: creationOf(lead, portal), properties: saidIn(properties) } };
}

const saidIn = (properties: Record<string, unknown>) =>
  Object.fromEntries(
    Object.entries(properties).filter(
      (entry): entry is [string, string | null] => entry[1] === null || typeof entry[1] === 'string',
    ),
  );

/** The first of these that is a time. */
const earliest = (...texts: unknown[]): number | undefined =>
  texts.map((text) => Date.parse(timeOf(given(text)) ?? '')).find((time) => !Number.isNaN(time));

const isMeant = ({ id, lead: { changedAt } }: FoundLead, { from, seen }: Place, { to }: Window) =>
  changedAt === undefined || (changedAt >= from && changedAt < to && !(changedAt === from && seen.includes(id)));

/** Where to go on when there is more. Throws where the answer does not say. */
function placeAfter({ from, seen, afterId }: Place, found: FoundLead[]): Place {
  const lastId = found.at(-1)?.id;
  if (lastId === undefined) throw new Later('HubSpot API: a list without contacts that goes on');
  if (afterId !== undefined) return { from, seen, afterId: lastId };
  const times = found.flatMap(({ lead }) => lead.changedAt ?? []);
  const [first, last] = [Math.min(...times), Math.max(...times)];
  if (times.length === 0 || first < from) throw new Later('HubSpot API: a list out of order');
  const isOneMoment = first === last;
  if (isOneMoment) return { from: last, seen: last === from ? seen : [], afterId: '0' };
  return { from: last, seen: found.filter(({ lead }) => lead.changedAt === last).map(({ id }) => id) };
}

/** After all of one moment come those that were changed later. */
const placeAtEnd = ({ from, afterId }: Place): Place | undefined =>
  afterId === undefined ? undefined : { from: from + 1, seen: [] };
