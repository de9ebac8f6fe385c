import type { Trace } from '../../../lambdas/api/schemas/trace.ts';
import { Facts } from '../lead/facts.tsx';
import { StateBadge } from '../parts/state-badge.tsx';
import { useMe } from '../session/me.ts';
import { fullTime } from '../time/when.ts';

const states = {
  done: { label: 'At its end', color: 'teal' },
  waits: { label: 'On its way', color: 'orange' },
  stuck: { label: 'Stuck', color: 'red' },
} as const;

/** Where a lead is, what it waits for, and since when. */
export function StandingCard({ trace: { id, source_label, standing } }: { trace: Trace }) {
  const { time_zone } = useMe();
  return (
    <section className="card" aria-labelledby="standing">
      <h2 id="standing">Where it stands</h2>
      <p className="trace-standing">
        <StateBadge {...states[standing.state]} />
        <span>{standing.says}</span>
      </p>
      <Facts
        facts={[
          { label: 'Since', value: standing.since === null ? 'not noted' : fullTime(standing.since, time_zone) },
          { label: 'From', value: source_label },
          { label: 'Lead ID', value: id },
        ]}
      />
    </section>
  );
}
