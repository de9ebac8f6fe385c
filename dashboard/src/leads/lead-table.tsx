import type { LeadRow as Lead } from '../api/types.ts';
import { LeadRow } from './lead-row.tsx';
import './lead-table.css';

const columns = ['Age', 'Name', 'Phone and e-mail', 'Category', 'Source', 'Owner', 'Status', 'Next call', 'Touch'];

/** Leads, one a row; on a phone, one a card. */
export const LeadTable = ({ leads, label }: { leads: Lead[]; label: string }) => (
  <table role="table" className="lead-table" aria-label={label}>
    <thead role="rowgroup">
      <tr role="row">
        {columns.map((column) => (
          <th key={column} role="columnheader" scope="col">
            {column}
          </th>
        ))}
      </tr>
    </thead>
    <tbody role="rowgroup">
      {leads.map((lead) => (
        <LeadRow key={lead.id} lead={lead} />
      ))}
    </tbody>
  </table>
);
