import * as z from 'zod';
import { isoUtc } from '../../core/dates.ts';
import { Gone, Later } from '../../core/failures.ts';
import { given } from '../../core/given.ts';
import { isUsableId } from '../../core/id.ts';
import { jsonIn } from '../../core/json.ts';
import { CursorExpired, type ListedLead, type Listing, type ListingApi, type Window } from '../../core/listing.ts';
import { call, failureOf, GraphError, pageFailureOf } from './graph-call.ts';
import { type Place, placeIn, textOf } from './list-place.ts';

const LIMIT = '100';

/** One answer of a list; without `next` it is the last one, whatever cursor stands in it. */
const Answer = z.object({
  data: z.array(z.record(z.string(), z.unknown()).catch({})),
  paging: z
    .object({ cursors: z.object({ after: z.string().optional() }).optional(), next: z.string().optional() })
    .optional()
    .catch(undefined),
});

/** Leads of all forms of a page. Forms are listed anew each time, so that a new one is found by itself. */
export const listing: Listing = {
  together: 100,

  async page(window, cursor, api) {
    const place = cursor === undefined ? { forms: [] } : placeIn(cursor);
    const [form, ...others] = place.forms;
    if (form === undefined) return formsAt(place, api);
    const { leads, after } = await leadsOf(form, place.after, window, api);
    const next = after === undefined ? { ...place, forms: others, after } : { ...place, after };
    const isEnd = next.forms.length === 0 && next.more === undefined;
    return { leads, ...(!isEnd && { cursor: textOf(next) }) };
  },

  delivery(leads, account) {
    const time = Math.max(0, ...leads.map(({ createdAt }) => seconds(createdAt)));
    const entry = { id: account, time, changes: leads.map(({ posted }) => posted) };
    return Buffer.from(JSON.stringify({ object: 'page', entry: [entry] }));
  },
};

/** Forms in any state: a form that was archived today may have had a lead yesterday (https://developers.facebook.com/docs/graph-api/reference/page/leadgen_forms). */
async function formsAt({ more }: Place, api: ListingApi) {
  const { items, after } = await read(`${api.account}/leadgen_forms`, { fields: 'id' }, more, api).catch(
    (error: unknown) => {
      throw pageFailureOf(error);
    },
  );
  const forms = [...new Set(items.map(({ id }) => given(id)).filter(isUsableId))];
  const isEnd = forms.length === 0 && after === undefined;
  return { leads: [], ...(!isEnd && { cursor: textOf({ forms, more: after }) }) };
}

/** https://developers.facebook.com/docs/marketing-api/guides/lead-ads/retrieving */
async function leadsOf(form: string, cursor: string | undefined, { from, to }: Window, api: ListingApi) {
  const filtering = [
    { field: 'time_created', operator: 'GREATER_THAN_OR_EQUAL', value: seconds(from) },
    { field: 'time_created', operator: 'LESS_THAN', value: Math.ceil(to / 1000) },
  ];
  const query = { fields: 'id,created_time', filtering: JSON.stringify(filtering) };
  try {
    const { items, after } = await read(`${form}/leads`, query, cursor, api);
    const leads = items.flatMap((item) => leadIn(item, { form, page: api.account, to }));
    const isMeant = ({ createdAt }: ListedLead) => createdAt >= seconds(from) * 1000 && createdAt < to;
    return { leads: [...new Map(leads.filter(isMeant).map((lead) => [lead.leadId, lead])).values()], after };
  } catch (error) {
    const failure = failureOf(error);
    // A form that was deleted since it was listed has no leads any more.
    if (failure instanceof Gone) return { leads: [], after: undefined };
    throw failure;
  }
}

/** One request. Meta's times are whole seconds. */
async function read(path: string, query: Record<string, string>, cursor: string | undefined, api: ListingApi) {
  const parameters = { ...query, limit: LIMIT, ...(cursor !== undefined && { after: cursor }) };
  const text = await call(path, parameters, api).catch((error: unknown) => {
    const isExpired = cursor !== undefined && error instanceof GraphError && error.isParameter;
    throw isExpired ? new CursorExpired(error.message) : error;
  });
  const { data } = Answer.safeParse(jsonIn(text));
  if (!data) throw new Later('Graph API: no list');
  return { items: data.data, after: data.paging?.next === undefined ? undefined : data.paging.cursors?.after };
}

function leadIn(item: Record<string, unknown>, { form, page, to }: { form: string; page: string; to: number }) {
  const id = given(item['id']);
  if (!isUsableId(id)) return [];
  // Of what can't be read it is only known that Meta has it in this window.
  const createdAt = Date.parse(isoUtc(item['created_time']) ?? '') || to - 1;
  const value = { leadgen_id: id, page_id: page, form_id: form, created_time: seconds(createdAt) };
  return [{ leadId: id, createdAt, posted: { field: 'leadgen', value } }];
}

const seconds = (time: number) => Math.floor(time / 1000);
