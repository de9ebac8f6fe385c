import { Text } from '@mantine/core';
import type { ReactNode } from 'react';
import { FiguresTable, type Figures } from './figures-table.tsx';
import classes from './stats.module.css';

interface ChartFrameProps {
  title: string;
  /** What the chart shows, in a sentence. */
  says: string;
  figures: Figures;
  isWide?: boolean;
  children: ReactNode;
}

/** A chart with its title, what it shows in words, and the same figures as a table. */
export const ChartFrame = ({ title, says, figures, isWide = false, children }: ChartFrameProps) => (
  <section className={`card ${isWide ? classes.wide : ''}`} aria-label={title}>
    <h2>{title}</h2>
    <Text size="sm" c="dimmed" mb="sm">
      {says}
    </Text>
    <div aria-hidden>{children}</div>
    <details className={classes.figures}>
      <summary>As a table</summary>
      <FiguresTable title={title} figures={figures} />
    </details>
  </section>
);
