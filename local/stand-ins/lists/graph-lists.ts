import * as z from 'zod';
import type { Asked } from './asked.ts';
import { jsonIn } from '../../console/read-json.ts';
import type { Listed } from './listed-records.ts';
import { cursorOf, type ListPorts, ok, ownersFor, placeOf, type Said } from './list-ports.ts';

const DEFAULT_LIMIT = 25;
const MOST = 100;

const operators = {
  GREATER_THAN: '>',
  GREATER_THAN_OR_EQUAL: '>=',
  LESS_THAN: '<',
  LESS_THAN_OR_EQUAL: '<=',
};
const Filters = z.array(
  z.object({
    field: z.literal('time_created'),
    operator: z.enum(Object.keys(operators) as (keyof typeof operators)[]),
    value: z.coerce.number().int(),
  }),
);

/** The forms of a page: those of its leads (https://developers.facebook.com/docs/graph-api/reference/page/leadgen_forms). Nothing where there is no such page. */
export function leadForms(page: string, asked: Asked, ports: ListPorts): Said | undefined {
  const limit = limitOf(asked);
  const after = asked.query.get('after');
  const place = after === null ? { id: '' } : placeOf(after);
  if (!place) return badCursor;
  const owners = ownersFor(page, asked, ports);
  const found = ports.records.formsOf(owners, place.id, limit + 1);
  if (found.length === 0 && !ports.accounts.has('graph', page)) return undefined;
  const forms = found.slice(0, limit).map((id) => ({ id, status: 'ACTIVE', locale: 'en_US' }));
  return paged(forms, found.length > limit, asked, ({ id }) => cursorOf({ made: 0, id }));
}

/** The leads of a form, the latest first (https://developers.facebook.com/docs/marketing-api/guides/lead-ads/retrieving). Nothing where there is no such form. */
export function leadsOf(form: string, asked: Asked, ports: ListPorts): Said | undefined {
  const limit = limitOf(asked);
  const after = asked.query.get('after');
  const place = after === null ? undefined : placeOf(after);
  if (after !== null && !place) return badCursor;
  const filters = Filters.safeParse(jsonIn(asked.query.get('filtering') ?? '[]')).data;
  if (!filters) return refused('(#100) Param filtering must be an array of filters on time_created.');
  // A page's token reads that page's forms only.
  const pages = ports.accounts.of('graph', asked.token);
  const owners = (pages.length > 0 ? pages : [ports.accounts.first('graph')]).flatMap((page) =>
    ownersFor(page, asked, ports),
  );
  const ofForm = { where: `form = ? AND owner IN (${owners.map(() => '?').join(', ')})`, values: [form, ...owners] };
  if (!ports.isSet('graph', form) && ports.records.count('graph', ofForm) === 0) return undefined;
  const found = ports.records.select('graph', {
    // Meta's times are whole seconds.
    where: [
      ofForm.where,
      ...filters.map(({ operator }) => `made / 1000 ${operators[operator]} ?`),
      ...(place ? ['(made, id) < (?, ?)'] : []),
    ].join(' AND '),
    values: [...ofForm.values, ...filters.map(({ value }) => value), ...(place ? [place.made, place.id] : [])],
    order: 'made DESC, id DESC',
    limit: limit + 1,
  });
  const leads = found.slice(0, limit);
  const fields = asked.query.get('fields')?.split(',') ?? ['created_time', 'ad_id', 'form_id', 'field_data'];
  const shown = leads.map((lead) => ({ lead, json: shownOf(lead, fields) }));
  return paged(
    shown.map(({ json }) => json),
    found.length > limit,
    asked,
    (_, index) => cursorOf(leads[index] ?? { made: 0, id: '' }),
  );
}

/** The id is given always, other fields where they are asked for. */
const shownOf = ({ id, content }: Listed, fields: string[]) => ({
  ...Object.fromEntries(fields.filter((name) => Object.hasOwn(content, name)).map((name) => [name, content[name]])),
  id,
});

/** A list always has cursors; only where it goes on, it has an address for that. */
function paged<T>(
  data: T[],
  goesOn: boolean,
  { path, query }: Asked,
  cursor: (item: T, index: number) => string,
): Said {
  const [first, last] = [data[0], data.at(-1)];
  if (first === undefined || last === undefined) return ok({ data });
  const after = cursor(last, data.length - 1);
  const address = new URLSearchParams([...query, ['after', after]]);
  const next = `https://graph.facebook.com/v26.0/${path}?${address.toString()}`;
  return ok({ data, paging: { cursors: { before: cursor(first, 0), after }, ...(goesOn && { next }) } });
}

const limitOf = ({ query }: Asked) => Math.min(MOST, Math.max(1, Number(query.get('limit')) || DEFAULT_LIMIT));

const refused = (message: string): Said => ({
  status: 400,
  json: { error: { message, type: 'OAuthException', code: 100, fbtrace_id: 'local' } },
});
const badCursor = refused('(#100) Invalid cursor: it belongs to no list.');
