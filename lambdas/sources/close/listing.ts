import * as z from 'zod';
import { isoUtc } from '../../core/dates.ts';
import { Gone, Later } from '../../core/failures.ts';
import { isUsableId } from '../../core/id.ts';
import { CursorExpired, type ListedLead, type Listing, type ListingApi, type Window } from '../../core/listing.ts';
import { call, NotTaken } from './api.ts';

/** The most that Close gives at once. */
const LIMIT = '50';

const Answer = z.object({
  data: z.array(z.record(z.string(), z.unknown()).catch({})),
  cursor_next: z.string().nullish(),
});
const Created = z.object({
  id: z.string().refine(isUsableId),
  object_type: z.literal('lead'),
  action: z.literal('created'),
  object_id: z.string().nullish(),
  lead_id: z.string().nullish(),
});
const Posted = z.object({ event: z.object({ data: z.record(z.string(), z.unknown()).nullish() }).loose() }).loose();

/**
 * New leads of an organisation, out of its event log: the latest first, up to 30 days back. An event that is older than an hour has no
 * `data` where the API key is not that of an administrator (https://developer.close.com/resources/event-log).
 */
export const listing: Listing = {
  together: 1,

  async page(window, cursor, api) {
    const { data, cursor_next } = await eventsAt(window, cursor, api);
    const times = data.map(changedAt);
    const leads = data.flatMap((event, index) => leadIn(event, times[index], window));
    // A cursor goes on beyond the window.
    const isEnd = !cursor_next || times.some((time) => time !== undefined && time < window.from);
    return {
      leads: [...new Map(leads.map((lead) => [lead.leadId, lead])).values()],
      ...(!isEnd && { cursor: cursor_next }),
    };
  },

  async complete(lead, api) {
    const { data: posted } = Posted.safeParse(lead.posted);
    if (!posted || (posted.event.data && Object.keys(posted.event.data).length > 0)) return lead;
    const data = await dataOf(lead.leadId, api);
    return data ? { ...lead, posted: { ...posted, event: { ...posted.event, data } } } : lead;
  },

  delivery: ([lead]) => Buffer.from(JSON.stringify(lead?.posted ?? null)),
};

/** With a cursor Close takes every filter but that by date. */
async function eventsAt({ from, to }: Window, cursor: string | undefined, api: ListingApi) {
  const dates = { date_updated__gte: new Date(from).toISOString(), date_updated__lt: new Date(to).toISOString() };
  const place: Record<string, string> = cursor === undefined ? dates : { _cursor: cursor };
  const query = new URLSearchParams({ object_type: 'lead', action: 'created', ...place, _limit: LIMIT });
  const answer = await call(`event/?${query.toString()}`, api).catch((error: unknown) => {
    if (cursor !== undefined && (error instanceof NotTaken || error instanceof Gone))
      throw new CursorExpired(error.message);
    throw error instanceof Gone ? new Later(error.message) : error;
  });
  const { data } = Answer.safeParse(answer);
  if (!data) throw new Later('Close API: no event log');
  return data;
}

const timeOf = (text: unknown): number | undefined => Date.parse(isoUtc(text) ?? '') || undefined;

/** The log is in the order of these, its times have no zone and are UTC. */
const changedAt = (event: Record<string, unknown>) => timeOf(event['date_updated']) ?? timeOf(event['date_created']);

function leadIn(event: Record<string, unknown>, at: number | undefined, { from, to }: Window): ListedLead[] {
  const { data } = Created.safeParse(event);
  const isMeant = at === undefined || (at >= from && at < to);
  const leadId = data?.lead_id ?? data?.object_id;
  if (!isUsableId(leadId) || !isMeant) return [];
  const createdAt = timeOf(event['date_created']) ?? at ?? to - 1;
  return [{ leadId, createdAt, posted: { subscription_id: null, event } }];
}

/** A lead as an event shows it: with the ids of its people only. Nothing where Close has it no longer. */
async function dataOf(leadId: string, api: ListingApi): Promise<Record<string, unknown> | undefined> {
  const answer = await call(`lead/${leadId}/`, api).catch((error: unknown) => {
    if (error instanceof Gone) return undefined;
    throw error;
  });
  const { data } = z
    .object({ id: z.literal(leadId) })
    .loose()
    .safeParse(answer);
  if (!data) return undefined;
  const { contacts: _contacts, opportunities: _opportunities, tasks: _tasks, ...lead } = data;
  return lead;
}
