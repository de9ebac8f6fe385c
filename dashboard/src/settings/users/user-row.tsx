import { Button, Table, Text } from '@mantine/core';
import { useId, useState } from 'react';
import type { User } from '../../../../lambdas/api/schemas/settings.ts';
import { useSubmit } from '../../api/use-submit.ts';
import { Problem } from '../../parts/problem.tsx';
import classes from '../settings.module.css';
import { useSaveUser } from './use-save-user.ts';
import { UserForm } from './user-form.tsx';

/** One person; the form is in the row beneath, which opens. */
export function UserRow({ user }: { user: User }) {
  const [isOpen, setIsOpen] = useState(false);
  const form = useId();
  const save = useSaveUser();
  const { isBusy, problem, submit } = useSubmit();
  return (
    <>
      <Table.Tr>
        <Table.Th scope="row" fw={500} className={classes.text}>
          {user.name}
          <Text size="xs" c="dimmed">
            {user.email}
          </Text>
        </Table.Th>
        <Table.Td>{user.role}</Table.Td>
        <Table.Td className={classes.roomy}>{user.names.join(', ') || '–'}</Table.Td>
        <Table.Td className={classes.roomy}>{linkedWith(user) || '–'}</Table.Td>
        <Table.Td>
          <Button
            size="xs"
            variant="default"
            aria-expanded={isOpen}
            aria-controls={form}
            aria-label={`${isOpen ? 'Close' : 'Open'} ${user.name}`}
            onClick={() => setIsOpen(!isOpen)}
          >
            {isOpen ? 'Close' : 'Open'}
          </Button>
        </Table.Td>
      </Table.Tr>
      <Table.Tr id={form} hidden={!isOpen}>
        <Table.Td colSpan={5}>
          {isOpen && (
            <UserForm
              // Begins anew with what is stored once that is another version.
              key={user.version}
              user={user}
              isBusy={isBusy}
              onSave={(change) => void submit(() => save(user.id, change))}
            />
          )}
          <Problem says={problem} />
        </Table.Td>
      </Table.Tr>
    </>
  );
}

const linkedWith = ({ close_user_id, hubspot_owner_id, slack_member_id }: User) =>
  [close_user_id && 'Close', hubspot_owner_id && 'HubSpot', slack_member_id && 'Slack'].filter(Boolean).join(', ');
