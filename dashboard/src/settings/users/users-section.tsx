import { Code, Stack, Text } from '@mantine/core';
import type { User } from '../../../../lambdas/api/schemas/settings.ts';
import { useResource } from '../../api/use-resource.ts';
import { Loaded } from '../../parts/loaded.tsx';
import { Panel } from '../panel.tsx';
import type { UnmatchedOwner } from '../types.ts';
import { UnmatchedOwners } from './unmatched-owners.tsx';
import { UsersTable } from './users-table.tsx';

/** The people of the tenant, by which names other systems know them, and owners that nobody is called. */
export function UsersSection() {
  const users = useResource<User[]>('/settings/users');
  const owners = useResource<UnmatchedOwner[]>('/settings/unmatched-owners');
  return (
    <Stack gap="md">
      <Panel
        title="Users"
        says="The names under which CRMs know somebody make “mine”, mentions in Slack and statistics right."
      >
        <Loaded of={users}>{(all) => <UsersTable users={all} />}</Loaded>
        <Text size="sm" c="dimmed">
          The platform team adds people: <Code>npm run users -- add</Code>
        </Text>
      </Panel>
      <Panel
        title="Owners that nobody is matched with"
        says="Leads name them as their owner, and no user is called so."
      >
        <Loaded of={owners}>
          {(unmatched) => <Loaded of={users}>{(all) => <UnmatchedOwners owners={unmatched} users={all} />}</Loaded>}
        </Loaded>
      </Panel>
    </Stack>
  );
}
