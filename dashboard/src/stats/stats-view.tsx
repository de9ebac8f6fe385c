import { Text } from '@mantine/core';
import type { Stats } from '../../../lambdas/api/schemas/stats.ts';
import { BucketsChart } from './buckets-chart.tsx';
import { CountsTable } from './counts-table.tsx';
import { DaysChart } from './days-chart.tsx';
import { listOf } from './list-link.ts';
import { firstDayOf, type PeriodKey, periods } from './period.ts';
import classes from './stats.module.css';
import { Total } from './total.tsx';

/** All figures of one stretch of days, and the leads of each of the last 30 days. */
export function StatsView({ stats, period: key }: { stats: Stats; period: PeriodKey }) {
  const period = stats[key];
  if (stats.month.total === 0)
    return (
      <div className="card">
        <Text ta="center">No lead came in during the last 30 days. Figures appear here with the first one.</Text>
      </div>
    );
  const from = firstDayOf(key, stats.days);
  return (
    <div className={classes.grid}>
      <Total period={period} label={periods[key]} />
      <DaysChart days={stats.days} />
      <CountsTable title="By owner" one="Owner" counts={period.by_owner} hrefOf={listOf('owner', from)} />
      <CountsTable title="By source" one="Source" counts={period.by_source} hrefOf={listOf('source', from)} />
      <CountsTable title="By category" one="Category" counts={period.by_category} hrefOf={listOf('category', from)} />
      <div className={classes.halves}>
        <BucketsChart title="From the form to the alert" buckets={period.to_alert} color="indigo" />
        <BucketsChart title="From the form to the first touch" buckets={period.to_touch} color="teal" />
      </div>
    </div>
  );
}
