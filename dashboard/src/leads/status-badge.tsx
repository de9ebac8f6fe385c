import { Badge } from '@mantine/core';
import { useMe } from '../session/me.ts';

/** Our follow-up status, by the name that the tenant gave it. */
export function StatusBadge({ status }: { status: string }) {
  const found = useMe().statuses.find(({ key }) => key === status);
  const colour = status === 'new' ? 'indigo' : 'gray';
  return (
    <Badge variant={found?.is_closed ? 'outline' : 'light'} color={colour} tt="none" fw={550} className="status-badge">
      {found?.label ?? status}
    </Badge>
  );
}
