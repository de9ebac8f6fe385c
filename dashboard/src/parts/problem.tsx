import { Alert } from '@mantine/core';
import type { ReactNode } from 'react';

/** What went wrong, said at once by screen readers too; nothing where nothing did. */
export const Problem = ({ says, children }: { says: string | null | undefined; children?: ReactNode }) =>
  says ? (
    <Alert color="red" role="alert" p="xs">
      {says}
      {children}
    </Alert>
  ) : null;
