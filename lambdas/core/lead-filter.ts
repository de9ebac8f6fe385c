import type { Category } from './category.ts';
import { dayStart, nextDay } from './day-start.ts';
import type { LeadView } from './lead-view.ts';
import type { FollowUpStatus } from './statuses.ts';

/** Which leads are meant; what is left out does not matter, but for test leads, which are meant only where they are asked for. */
export interface LeadFilter {
  list?: string | undefined;
  source?: string | undefined;
  category?: Category | undefined;
  status?: string | undefined;
  owner?: string | undefined;
  mine?: 'true' | undefined;
  unowned?: 'true' | undefined;
  untouched?: 'true' | undefined;
  due?: string | undefined;
  test?: 'true' | undefined;
  /** Days of the tenant's calendar; they bound what is read, and are not asked of a lead. */
  from?: string | undefined;
  to?: string | undefined;
}

/** Whether a lead is meant by a filter. A lead with which people are done is not to be called any more. */
export function matches(lead: LeadView, filter: LeadFilter, statuses: FollowUpStatus[]): boolean {
  const isClosed = statuses.find(({ key }) => key === lead.status)?.is_closed ?? false;
  const { due } = filter;
  return (
    lead.is_test === (filter.test === 'true') &&
    isOneOf(filter.list, lead.list) &&
    isOneOf(filter.source, lead.source) &&
    isOneOf(filter.category, lead.category) &&
    isOneOf(filter.status, lead.status) &&
    isOneOf(filter.owner, lead.owner_key) &&
    (filter.mine === undefined || lead.is_mine) &&
    (filter.unowned === undefined || lead.owner === null) &&
    (filter.untouched === undefined || lead.first_touch_at === null) &&
    (due === undefined || (!isClosed && lead.next_call !== null && lead.next_call <= due))
  );
}

const isOneOf = (wanted: string | undefined, value: string | null) => wanted === undefined || wanted === value;

/** Whether leads that came in may be left out, beside test leads. */
export const isNarrow = ({ from: _from, to: _to, ...filter }: LeadFilter): boolean =>
  Object.values(filter).some((value) => value !== undefined);

/** Between which moments leads came in that a filter means. */
export const boundsOf = ({ from, to }: LeadFilter, timeZone: string) => ({
  from: from && new Date(dayStart(from, timeZone)).toISOString(),
  until: to && new Date(dayStart(nextDay(to), timeZone)).toISOString(),
});
