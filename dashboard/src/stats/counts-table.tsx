import { Anchor, Table, Text } from '@mantine/core';
import { Link } from 'wouter';
import type { Period } from '../../../lambdas/api/schemas/stats.ts';
import { sharesOf } from './shares.ts';
import classes from './stats.module.css';

interface CountsTableProps {
  title: string;
  /** What each row is. */
  one: string;
  counts: Period['by_source'];
  hrefOf: (key: string) => string;
}

/** How many leads are of each owner, source or category, the most first; each leads to the list of them. */
export const CountsTable = ({ title, one, counts, hrefOf }: CountsTableProps) => (
  <section className="card" aria-label={title}>
    <h2>{title}</h2>
    {counts.length === 0 ? (
      <Text size="sm" c="dimmed">
        No leads in this time.
      </Text>
    ) : (
      <Table aria-label={title} verticalSpacing={4} fz="sm" layout="fixed" className={classes.table}>
        <Table.Thead>
          <Table.Tr>
            <Table.Th scope="col">{one}</Table.Th>
            <Table.Th scope="col" w={72} ta="right">
              Leads
            </Table.Th>
            <Table.Th scope="col" w={72} ta="right">
              Share
            </Table.Th>
          </Table.Tr>
        </Table.Thead>
        <Table.Tbody>
          {sharesOf(counts).map(({ key, name, count, length, percent }) => (
            <Table.Tr key={key}>
              <Table.Th scope="row" fw={400}>
                <Anchor component={Link} href={hrefOf(key)} size="sm" className={classes.name}>
                  {name}
                </Anchor>
                <div className={classes.track} aria-hidden>
                  <div className={classes.bar} style={{ width: `${length * 100}%` }} />
                </div>
              </Table.Th>
              <Table.Td ta="right">{count}</Table.Td>
              <Table.Td ta="right">{percent} %</Table.Td>
            </Table.Tr>
          ))}
        </Table.Tbody>
      </Table>
    )}
  </section>
);
