import './styles.ts';
import { Group, SegmentedControl, Stack } from '@mantine/core';
import { useLocation, useSearch } from 'wouter';
import type { Stats } from '../../../lambdas/api/schemas/stats.ts';
import { useResource } from '../api/use-resource.ts';
import { Loaded } from '../parts/loaded.tsx';
import { periodOf, periods } from './period.ts';
import { StatsView } from './stats-view.tsx';

const choices = Object.entries(periods).map(([value, label]) => ({ value, label }));

/** How many leads came, from where, whose they are, and how soon somebody was told and spoke to them. */
export function StatsPage() {
  const [path, go] = useLocation();
  const period = periodOf(useSearch());
  const stats = useResource<Stats>('/stats');
  return (
    <Stack gap="md">
      <Group justify="space-between">
        <h1>Statistics</h1>
        <SegmentedControl
          aria-label="Leads of"
          size="xs"
          data={choices}
          value={period}
          onChange={(value) => go(`${path}?period=${value}`, { replace: true })}
        />
      </Group>
      <Loaded of={stats}>{(data) => <StatsView stats={data} period={period} />}</Loaded>
    </Stack>
  );
}
