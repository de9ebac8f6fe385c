import type { Completeness } from '../../../lambdas/api/schemas/sync.ts';
import { AccountRow } from './account-row.tsx';
import type { Reader } from './advice.ts';
import { columns } from './columns.ts';
import classes from './completeness.module.css';

/** All accounts, one a row; on a phone, one a card. */
export const CompletenessTable = ({ rows, reader }: { rows: Completeness[]; reader: Reader }) => (
  <table role="table" className={`card ${classes.table}`} aria-label="Completeness of each account">
    <thead role="rowgroup">
      <tr role="row">
        {Object.values(columns).map((column) => (
          <th key={column} role="columnheader" scope="col">
            {column}
          </th>
        ))}
      </tr>
    </thead>
    <tbody role="rowgroup">
      {rows.map((row) => (
        <AccountRow key={`${row.source} ${row.account}`} row={row} reader={reader} />
      ))}
    </tbody>
  </table>
);
