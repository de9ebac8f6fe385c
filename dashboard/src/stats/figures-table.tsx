import { Table } from '@mantine/core';

export interface Figures {
  head: [string, string];
  rows: [string, number][];
}

/** The figures of a chart, for who reads better than looks. */
export const FiguresTable = ({ title, figures: { head, rows } }: { title: string; figures: Figures }) => (
  <Table aria-label={title} verticalSpacing={4} fz="sm">
    <Table.Thead>
      <Table.Tr>
        <Table.Th scope="col">{head[0]}</Table.Th>
        <Table.Th scope="col" ta="right">
          {head[1]}
        </Table.Th>
      </Table.Tr>
    </Table.Thead>
    <Table.Tbody>
      {rows.map(([label, count]) => (
        <Table.Tr key={label}>
          <Table.Th scope="row" fw={400}>
            {label}
          </Table.Th>
          <Table.Td ta="right">{count}</Table.Td>
        </Table.Tr>
      ))}
    </Table.Tbody>
  </Table>
);
