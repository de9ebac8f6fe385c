import { Table } from '@mantine/core';
import type { User } from '../../../../lambdas/api/schemas/settings.ts';
import classes from '../settings.module.css';
import { UserRow } from './user-row.tsx';

/** Everybody of the tenant; a row opens to be changed. */
export const UsersTable = ({ users }: { users: User[] }) => (
  <Table aria-label="Users" className={classes.table} verticalSpacing={6}>
    <Table.Thead>
      <Table.Tr>
        <Table.Th scope="col">Name</Table.Th>
        <Table.Th scope="col">Role</Table.Th>
        <Table.Th scope="col" className={classes.roomy}>
          Known as
        </Table.Th>
        <Table.Th scope="col" className={classes.roomy}>
          Linked with
        </Table.Th>
        <Table.Th scope="col">Change</Table.Th>
      </Table.Tr>
    </Table.Thead>
    <Table.Tbody>
      {users.map((user) => (
        <UserRow key={user.id} user={user} />
      ))}
    </Table.Tbody>
  </Table>
);
