import { Skeleton } from '@mantine/core';

const rows = Array.from({ length: 8 }, (_, index) => index);

/** The shape of a list that is on its way. */
export const ListSkeleton = () => (
  <div className="list-skeleton" role="status" aria-label="Loading leads">
    {rows.map((row) => (
      <Skeleton key={row} height={44} radius="md" />
    ))}
  </div>
);
