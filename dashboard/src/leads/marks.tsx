import { Badge } from '@mantine/core';
import type { LeadRow } from '../api/types.ts';

/** What is unusual about a lead. */
export const Marks = ({ is_test, is_deleted }: Pick<LeadRow, 'is_test' | 'is_deleted'>) => (
  <>
    {is_test && (
      <Badge variant="light" color="yellow" size="sm" radius="sm">
        TEST
      </Badge>
    )}
    {is_deleted && (
      <Badge variant="light" color="red" size="sm" tt="none" fw={550} title="The vendor no longer has this lead">
        Deleted there
      </Badge>
    )}
  </>
);
