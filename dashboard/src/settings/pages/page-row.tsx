import { Button, Table, Text } from '@mantine/core';
import { useId, useState } from 'react';
import type { Page } from '../../../../lambdas/api/schemas/settings.ts';
import { StateBadge } from '../../parts/state-badge.tsx';
import classes from '../settings.module.css';
import { PageDetails } from './page-details.tsx';
import { tokenStates, waitingLeads } from './token-state.ts';

/** One page; what can be done with it is in the row beneath, which opens. */
export function PageRow({ page }: { page: Page }) {
  const [isOpen, setIsOpen] = useState(false);
  const details = useId();
  return (
    <>
      <Table.Tr>
        <Table.Th scope="row" fw={500} className={classes.text}>
          {page.name ?? 'Without a name'}
          <Text size="xs" c="dimmed">
            {page.id}
          </Text>
        </Table.Th>
        <Table.Td className={classes.roomy}>{page.owner ?? '–'}</Table.Td>
        <Table.Td className={classes.roomy}>{page.country ?? '–'}</Table.Td>
        <Table.Td>
          <StateBadge {...tokenStates[page.token]} />
        </Table.Td>
        <Table.Td className={classes.roomy}>{waitingLeads(page.waiting)}</Table.Td>
        <Table.Td>
          <Button
            size="xs"
            variant="default"
            aria-expanded={isOpen}
            aria-controls={details}
            aria-label={`${isOpen ? 'Close' : 'Open'} ${page.name ?? page.id}`}
            onClick={() => setIsOpen(!isOpen)}
          >
            {isOpen ? 'Close' : 'Open'}
          </Button>
        </Table.Td>
      </Table.Tr>
      <Table.Tr id={details} hidden={!isOpen}>
        <Table.Td colSpan={6}>{isOpen && <PageDetails page={page} />}</Table.Td>
      </Table.Tr>
    </>
  );
}
