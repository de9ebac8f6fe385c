import { SegmentedControl } from '@mantine/core';
import { useLocation, useSearch } from 'wouter';
import type { Stats } from '../../../lambdas/api/schemas/stats.ts';
import { useResource } from '../api/use-resource.ts';
import { Loaded } from '../parts/loaded.tsx';
import { PageHead } from '../shell/page-head.tsx';
import { periodOf, periods } from './period.ts';
import { StatsView } from './stats-view.tsx';
import './styles.ts';

const choices = Object.entries(periods).map(([value, label]) => ({ value, label }));

/** How many leads came in, from where, whose they are, and how soon they were told and touched. */
export function StatsPage() {
  const [path, go] = useLocation();
  const period = periodOf(useSearch());
  const stats = useResource<Stats>('/stats');
  return (
    <>
      <PageHead title="Stats">
        <SegmentedControl
          aria-label="Leads of"
          size="xs"
          data={choices}
          value={period}
          onChange={(value) => go(`${path}?period=${value}`, { replace: true })}
        />
      </PageHead>
      <Loaded of={stats}>{(data) => <StatsView stats={data} period={period} />}</Loaded>
    </>
  );
}
