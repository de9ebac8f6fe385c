import * as z from 'zod';
import type { Asked } from './asked.ts';
import { columnOf, contactFilters } from './contact-filters.ts';
import { jsonIn } from '../../console/read-json.ts';
import type { Listed } from './listed-records.ts';
import { accountOf, type ListPorts, ok, ownersFor, type Said } from './list-ports.ts';

/** Beyond these HubSpot lists nothing. */
const MOST_RESULTS = 10_000;
/** Given for each contact, whatever is asked for. */
const always = ['createdate', 'hs_object_id', 'lastmodifieddate'];
const standard = ['createdate', 'email', 'firstname', 'hs_object_id', 'lastmodifieddate', 'lastname'];

const name = z.string().regex(/^\w{1,100}$/);
const Search = z.object({
  filterGroups: z
    .array(
      z.object({
        filters: z
          .array(
            z.object({
              propertyName: name,
              operator: z.string(),
              value: z.coerce.string().optional(),
              highValue: z.coerce.string().optional(),
              values: z.array(z.coerce.string()).optional(),
            }),
          )
          .max(6),
      }),
    )
    .max(5)
    .default([]),
  sorts: z
    .array(z.object({ propertyName: name, direction: z.enum(['ASCENDING', 'DESCENDING']).default('ASCENDING') }))
    .max(1)
    .default([]),
  properties: z.array(z.string()).default(standard),
  limit: z.coerce.number().int().min(0).max(200).default(10),
  after: z.coerce.number().int().min(0).default(0),
});
type Search = z.infer<typeof Search>;

/** HubSpot's search over the contacts that were set (https://developers.hubspot.com/docs/api-reference/search/guide). */
export function contactSearch(asked: Asked, ports: ListPorts): Said {
  if (asked.body.length > 3000) return refused('The body is longer than 3000 characters.');
  const search = Search.safeParse(jsonIn(asked.body)).data;
  if (!search) return refused('Invalid input JSON: the request is no search, or goes beyond its limits.');
  if (search.after + search.limit > MOST_RESULTS)
    return refused('Paging through results is limited to 10000 total results.');
  const filters = contactFilters(search.filterGroups);
  if (!filters) return refused('A filter has an operator that is not known here.');
  const [owner, nobody] = ownersFor(accountOf(asked, ports), asked, ports);
  const selection = { where: `owner IN (?, ?) AND (${filters.where})`, values: [owner, nobody, ...filters.values] };
  const total = ports.records.count('hubspot', selection);
  const { limit, after: offset } = search;
  const found = ports.records.select('hubspot', { ...selection, order: orderOf(search), limit, offset });
  const after = String(offset + found.length);
  return ok({
    total,
    results: found.map((contact) => shownOf(contact, search)),
    ...(Number(after) < total && { paging: { next: { after, link: `?after=${after}` } } }),
  });
}

function orderOf({ sorts: [sort] }: Search): string {
  const [by, direction] = sort
    ? [columnOf(sort.propertyName), sort.direction === 'DESCENDING' ? 'DESC' : 'ASC']
    : ['made', 'ASC'];
  return `${by} ${direction}, CAST(id AS INTEGER)`;
}

/** A contact has a value, or none, for each property that was asked for. */
function shownOf({ id, made, changed, content }: Listed, { properties }: Search) {
  const [createdAt, updatedAt] = [new Date(made).toISOString(), new Date(changed).toISOString()];
  const own = (content['properties'] ?? {}) as Record<string, unknown>;
  const known: Record<string, unknown> = {
    createdate: createdAt,
    lastmodifieddate: updatedAt,
    ...own,
    hs_object_id: id,
  };
  return {
    id,
    properties: Object.fromEntries([...new Set([...always, ...properties])].map((one) => [one, known[one] ?? null])),
    createdAt,
    updatedAt,
    archived: false,
  };
}

const refused = (message: string): Said => ({
  status: 400,
  json: { status: 'error', message, correlationId: 'local', category: 'VALIDATION_ERROR' },
});
