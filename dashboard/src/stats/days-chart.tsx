import { BarChart } from '@mantine/charts';
import type { Stats } from '../../../lambdas/api/schemas/stats.ts';
import { ChartFrame } from './chart-frame.tsx';
import { daysInWords, shortDay } from './days.ts';

/** How many leads each of the last 30 days brought. */
export const DaysChart = ({ days }: { days: Stats['days'] }) => (
  <ChartFrame
    isWide
    title="Leads per day"
    says={daysInWords(days)}
    figures={{ head: ['Day', 'Leads'], rows: days.toReversed().map(({ day, total }) => [shortDay(day), total]) }}
  >
    <BarChart
      h={180}
      data={days.map(({ day, total }) => ({ day: shortDay(day), Leads: total }))}
      dataKey="day"
      series={[{ name: 'Leads', color: 'indigo' }]}
      accessibilityLayer={false}
      yAxisProps={{ allowDecimals: false, width: 32 }}
      xAxisProps={{ minTickGap: 24 }}
    />
  </ChartFrame>
);
