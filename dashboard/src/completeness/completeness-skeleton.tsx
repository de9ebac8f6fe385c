import { Skeleton } from '@mantine/core';

const rows = [0, 1, 2];

/** The shape of the table while it is on its way. */
export const CompletenessSkeleton = () => (
  <div className="list-skeleton" role="status" aria-label="Loading the counts">
    {rows.map((row) => (
      <Skeleton key={row} height={64} radius="md" />
    ))}
  </div>
);
