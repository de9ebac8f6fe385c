import { Group, Table, Text } from '@mantine/core';
import { useKeep } from '../api/use-resource.ts';
import { useSubmit } from '../api/use-submit.ts';
import { ConfirmButton } from '../parts/confirm-button.tsx';
import { Problem } from '../parts/problem.tsx';
import { StateBadge } from '../parts/state-badge.tsx';
import classes from './settings.module.css';
import type { EmailTarget } from './types.ts';
import { dataOf } from '../api/data-of.ts';

const states = {
  confirmed: { label: 'Confirmed', color: 'teal' },
  pending: { label: 'Not confirmed yet', color: 'orange' },
} as const;

/** The addresses, whether they are confirmed, and which can’t be removed here. */
export function EmailsTable({ targets }: { targets: EmailTarget[] }) {
  const keep = useKeep();
  const { isBusy, problem, submit } = useSubmit();
  const remove = (address: string) =>
    submit(async () => {
      keep(
        '/settings/emails',
        await dataOf<EmailTarget[]>('/settings/emails/remove', { method: 'POST', body: { address } }),
      );
    });
  return (
    <>
      <Table aria-label="E-mail addresses" className={classes.table} verticalSpacing={6}>
        <Table.Thead>
          <Table.Tr>
            <Table.Th scope="col">Address</Table.Th>
            <Table.Th scope="col">Remove</Table.Th>
          </Table.Tr>
        </Table.Thead>
        <Table.Tbody>
          {targets.map(({ address, state, is_fixed }) => (
            <Table.Tr key={address}>
              <Table.Td>
                <Group gap={6} className={classes.text}>
                  {address}
                  <StateBadge {...states[state]} />
                </Group>
              </Table.Td>
              <Table.Td>
                {is_fixed ? (
                  <Text size="sm" c="dimmed">
                    Fixed
                  </Text>
                ) : (
                  <ConfirmButton
                    label="Remove"
                    about={address}
                    asks="No more mails there?"
                    yes="Remove"
                    isBusy={isBusy}
                    onYes={() => void remove(address)}
                  />
                )}
              </Table.Td>
            </Table.Tr>
          ))}
        </Table.Tbody>
      </Table>
      {targets.some(({ is_fixed }) => is_fixed) && (
        <Text size="sm" c="dimmed">
          Fixed addresses stand in the settings of the stage (emailSubscribers); the platform team changes them there.
        </Text>
      )}
      <Problem says={problem} />
    </>
  );
}
