import type { LeadDetail } from '../api/types.ts';
import { Facts } from './facts.tsx';

/** What the CRM says, beside what is ours: it is read and never written. */
export const CrmCard = ({ crm }: { crm: LeadDetail['crm'] }) => (
  <section className="card" aria-labelledby="crm">
    <h2 id="crm">In {crm.label}</h2>
    <Facts
      facts={[
        { label: 'Status', value: crm.status ?? '–' },
        { label: 'Owner', value: crm.owner ?? 'nobody' },
      ]}
    />
    {crm.link && (
      <p>
        <a href={crm.link} target="_blank" rel="noopener noreferrer">
          Open in {crm.label}
        </a>
      </p>
    )}
    <p className="quiet small">Nothing is written back to {crm.label}.</p>
  </section>
);
