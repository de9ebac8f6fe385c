import { Badge } from '@mantine/core';
import type { LeadRow } from '../api/types.ts';
import { categoryLabels } from './labels.ts';

const colours = { pending: 'gray', subscribed: 'teal', terminated: 'orange' };

/** Whether the person behind a lead is a member already. */
export const CategoryBadge = ({ category }: Pick<LeadRow, 'category'>) => (
  <Badge variant="light" color={colours[category]} tt="none" fw={550}>
    {categoryLabels[category]}
  </Badge>
);
