import { Text } from '@mantine/core';
import type { Period } from '../../../lambdas/api/schemas/stats.ts';
import { middleOf } from './buckets.ts';
import classes from './stats.module.css';

/** The figures that one looks for first. */
export const Total = ({ period, label }: { period: Period; label: string }) => (
  <dl className={`card ${classes.wide} ${classes.total}`}>
    <Figure term={`Leads, ${label.toLowerCase()}`} value={String(period.total)} />
    <Figure term="Told after" value={middleOf(period.to_alert) ?? '–'} />
    <Figure term="First touched after" value={middleOf(period.to_touch) ?? '–'} />
  </dl>
);

const Figure = ({ term, value }: { term: string; value: string }) => (
  <div>
    <Text component="dt" size="xs" c="dimmed">
      {term}
    </Text>
    <Text component="dd" m={0} fz={22} fw={600}>
      {value}
    </Text>
  </div>
);
