import { Table, Text } from '@mantine/core';
import { useQueryClient } from '@tanstack/react-query';
import type { User } from '../../../../lambdas/api/schemas/settings.ts';
import { useSubmit } from '../../api/use-submit.ts';
import { Problem } from '../../parts/problem.tsx';
import classes from '../settings.module.css';
import type { UnmatchedOwner } from '../types.ts';
import { MatchButtons } from './match-buttons.tsx';
import { dataOf } from '../../api/data-of.ts';

/** Owners that no user is called, each with a click away from being matched. */
export function UnmatchedOwners({ owners, users }: { owners: UnmatchedOwner[]; users: User[] }) {
  const client = useQueryClient();
  const { isBusy, problem, submit } = useSubmit();
  const match = (key: string, user: string) =>
    void submit(async () => {
      client.setQueryData(
        ['/settings/users'],
        await dataOf<User[]>(`/settings/unmatched-owners/${key}`, { method: 'POST', body: { user } }),
      );
      await client.invalidateQueries({ queryKey: ['/settings/unmatched-owners'] });
    });
  if (owners.length === 0) return <Text size="sm">Every owner is matched with a user.</Text>;
  return (
    <>
      <Table aria-label="Owners that nobody is matched with" className={classes.table} verticalSpacing={6}>
        <Table.Thead>
          <Table.Tr>
            <Table.Th scope="col">Owner</Table.Th>
            <Table.Th scope="col">Leads</Table.Th>
            <Table.Th scope="col">This is</Table.Th>
          </Table.Tr>
        </Table.Thead>
        <Table.Tbody>
          {owners.map((owner) => (
            <Table.Tr key={owner.key}>
              <Table.Th scope="row" fw={500}>
                {owner.name}
              </Table.Th>
              <Table.Td>{owner.leads}</Table.Td>
              <Table.Td>
                <MatchButtons
                  owner={owner.name}
                  users={users}
                  isBusy={isBusy}
                  onMatch={(user) => match(owner.key, user)}
                />
              </Table.Td>
            </Table.Tr>
          ))}
        </Table.Tbody>
      </Table>
      <Problem says={problem} />
    </>
  );
}
