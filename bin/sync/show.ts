import { type Comparison, countOf } from '../../lambdas/core/completeness.ts';
import { inColumns } from '../columns.ts';
import type { ComparedTenant } from './compare-tenant.ts';

/** Whether nothing is left to see to: all accounts could be compared, and both counts are the same. */
export const isWell = ({ job, comparisons }: ComparedTenant): boolean =>
  job.state === 'done' &&
  comparisons.every((row) => difference(row) === 0 && !row.trouble && row.subscription?.state !== 'off');

/** A line for each account. */
export function comparisonsTable(compared: ComparedTenant[]): string {
  const rows = compared.flatMap(({ comparisons }) => comparisons.map(rowOf));
  if (rows.length === 0) return 'There is nothing to compare: no page, no portal, and no API key of Close.';
  return inColumns([
    ['tenant', 'source', 'account', 'here', 'vendor', 'missing', 'until', 'webhook', 'remark'],
    ...rows,
  ]);
}

function rowOf(row: Comparison): string[] {
  const { vendor, ours } = countOf(row);
  const { tenant, source, account, comparedUntil, subscription, trouble } = row;
  const until = comparedUntil === undefined ? 'never' : `${new Date(comparedUntil).toISOString().slice(0, 19)}Z`;
  const remark = trouble?.reason ?? (subscription && 'reason' in subscription ? subscription.reason : '');
  return [
    tenant,
    source,
    account,
    `${ours}`,
    `${vendor}`,
    `${vendor - ours}`,
    until,
    subscription?.state ?? '-',
    remark,
  ];
}

/** The same for a program; times are ISO 8601 in UTC. */
export function jsonOf({ tenant, job, comparisons }: ComparedTenant) {
  const { id, state, counts, said = null } = job;
  return {
    tenant,
    job: { id, state, counts, said },
    accounts: comparisons.map((row) => ({
      source: row.source,
      account: row.account,
      ...countOf(row),
      missing: difference(row),
      since: new Date(row.since).toISOString(),
      compared_until: row.comparedUntil === undefined ? null : new Date(row.comparedUntil).toISOString(),
      fetched: row.backfilled ?? 0,
      trouble: row.trouble?.reason ?? null,
      webhook: row.subscription?.state ?? null,
    })),
  };
}

function difference(row: Comparison): number {
  const { vendor, ours } = countOf(row);
  return vendor - ours;
}
