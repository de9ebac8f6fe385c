import { dayIn } from '../../../lambdas/core/when.ts';
import type { LeadFilter, LeadRow, Me } from '../api/types.ts';

/** What decides on a view beside its filter. */
export type Tenant = Pick<Me, 'time_zone' | 'statuses'>;

/** Whether a view shows a lead, as the API would say. Who is done with a lead need not call any more. */
export function fits(row: LeadRow, filter: LeadFilter, { time_zone, statuses }: Tenant): boolean {
  if (row.is_test !== (filter.test === 'true')) return false;
  const day = dayIn(Date.parse(row.received_at), time_zone);
  const isClosed = statuses.some(({ key, is_closed }) => key === row.status && is_closed);
  return (
    isLike(filter.list, row.list) &&
    isLike(filter.source, row.source) &&
    isLike(filter.category, row.category) &&
    isLike(filter.status, row.status) &&
    isLike(filter.owner, row.owner_key) &&
    !(filter.mine && !row.is_mine) &&
    !(filter.unowned && row.owner !== null) &&
    !(filter.untouched && row.first_touch_at !== null) &&
    !(filter.due && (isClosed || row.next_call === null || row.next_call > filter.due)) &&
    !(filter.from && day < filter.from) &&
    !(filter.to && day > filter.to)
  );
}

const isLike = (wanted: string | undefined, has: string | null) => wanted === undefined || wanted === has;
