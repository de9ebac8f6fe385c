import { BarChart } from '@mantine/charts';
import { type Bucket, inWords } from './buckets.ts';
import { ChartFrame } from './chart-frame.tsx';

const ROW = 30;

/** How long something took, as one bar for each stretch of time. */
export const BucketsChart = ({ title, buckets, color }: { title: string; buckets: Bucket[]; color: string }) => (
  <ChartFrame
    title={title}
    says={inWords(buckets)}
    figures={{ head: ['Time', 'Leads'], rows: buckets.map(({ label, count }) => [label, count]) }}
  >
    <BarChart
      h={buckets.length * ROW}
      orientation="vertical"
      data={buckets.map(({ label, count }) => ({ label, Leads: count }))}
      dataKey="label"
      series={[{ name: 'Leads', color }]}
      accessibilityLayer={false}
      withXAxis={false}
      gridAxis="none"
      withBarValueLabel
      valueFormatter={String}
      barChartProps={{ margin: { right: 36 } }}
      yAxisProps={{ width: 110, interval: 0 }}
    />
  </ChartFrame>
);
