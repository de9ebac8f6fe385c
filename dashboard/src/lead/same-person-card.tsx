import { Link } from 'wouter';
import type { LeadDetail } from '../api/types.ts';
import { StatusBadge } from '../leads/status-badge.tsx';
import { useMe } from '../session/me.ts';
import { shortTime } from '../time/when.ts';

/** Other leads with the same number or address. */
export function SamePersonCard({ leads }: { leads: LeadDetail['same_person'] }) {
  const { time_zone } = useMe();
  if (leads.length === 0) return null;
  return (
    <section className="card" aria-labelledby="same-person">
      <h2 id="same-person">The same person</h2>
      <ul className="plain-list">
        {leads.map(({ id, name, received_at, source_label, owner, status }) => (
          <li key={id}>
            <Link href={`/leads/${encodeURIComponent(id)}`}>{name ?? 'Lead without a name'}</Link>{' '}
            <StatusBadge status={status} />
            <div className="quiet small">
              {shortTime(received_at, time_zone)} · {source_label} · {owner ?? 'nobody'}
            </div>
          </li>
        ))}
      </ul>
    </section>
  );
}
