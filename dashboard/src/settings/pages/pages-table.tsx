import { Table } from '@mantine/core';
import type { Page } from '../../../../lambdas/api/schemas/settings.ts';
import classes from '../settings.module.css';
import { PageRow } from './page-row.tsx';

/** Every page with the state of its token; a row opens to be changed. */
export const PagesTable = ({ pages }: { pages: Page[] }) => (
  <Table aria-label="Meta pages" className={classes.table} verticalSpacing={6}>
    <Table.Thead>
      <Table.Tr>
        <Table.Th scope="col">Page</Table.Th>
        <Table.Th scope="col" className={classes.roomy}>
          Owner
        </Table.Th>
        <Table.Th scope="col" className={classes.roomy}>
          Country
        </Table.Th>
        <Table.Th scope="col" className={classes.tight}>
          Token
        </Table.Th>
        <Table.Th scope="col" className={classes.roomy}>
          Waiting leads
        </Table.Th>
        <Table.Th scope="col" className={classes.tight}>
          Change
        </Table.Th>
      </Table.Tr>
    </Table.Thead>
    <Table.Tbody>
      {pages.map((page) => (
        <PageRow key={page.id} page={page} />
      ))}
    </Table.Tbody>
  </Table>
);
